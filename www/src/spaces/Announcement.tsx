import { Button, Card, Flex, Skeleton, Typography } from "antd";
import { useEffect, useState } from "react";
import { runFully } from "../api/door";
import { type Failure, failureOf } from "../api/failure";
import { useText } from "../i18n";
import { act } from "../kit/action/action";
import { ErrorBox } from "../kit/ErrorBox";
import { of, self, type Space } from "./space";

/** What everyone in it reads first. */
export function Announcement({ space }: { space: Space }) {
  const t = useText();
  const [text, setText] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const giveUp = new AbortController();
    setFailure(undefined);
    runFully<{ announcement?: string }>(of(space, "announcement.get"), self(space), { signal: giveUp.signal }).then(
      ({ data }) => setText(data.announcement ?? ""),
      (thrown: unknown) => giveUp.signal.aborted || setFailure(failureOf(thrown)),
    );
    return () => giveUp.abort();
  }, [space.kind, space.id, round]);
  const reload = () => setRound((n) => n + 1);
  const change = async () => {
    const done = await act({
      operation: of(space, "announcement.set"),
      title: t.groups.setAnnouncement,
      fixed: self(space),
      start: { announcement: text || undefined },
      done: () => t.groups.done,
    });
    if (done) reload();
  };
  if (failure) return <ErrorBox failure={failure} onRetry={reload} />;
  if (text === undefined) return <Skeleton active />;
  return (
    <Flex vertical gap={12}>
      <div>
        <Button onClick={() => void change()}>{t.groups.setAnnouncement}</Button>
      </div>
      {text ? (
        <Card size="small">
          <Typography.Paragraph data-raw style={{ whiteSpace: "pre-wrap", margin: 0 }}>
            {text}
          </Typography.Paragraph>
        </Card>
      ) : (
        <Typography.Text type="secondary">{t.groups.noAnnouncement}</Typography.Text>
      )}
    </Flex>
  );
}
