import { Button, Flex, Input, Typography } from "antd";
import { useState } from "react";
import { failureOf, type Failure } from "../api/failure";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { useNotify } from "../kit/notify";
import { ask } from "./ask";
import { Panel } from "./Panel";

const SAMPLE = ["amy", "ben", "cat", "dan"]
  .map((username) => JSON.stringify({ op: "users.register", params: { username, password: "secret-1" } }))
  .concat(JSON.stringify({ op: "groups.create", params: { groupname: "Friends", public: true, owner: "amy", members: ["ben", "cat"] } }))
  .join("\n");

/** Runs lines of operations in an app, without limits and without a token. */
export function Seed({ app, onSeeded }: { app: string | undefined; onSeeded: () => void }) {
  const t = useText();
  const { done } = useNotify();
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const run = async () => {
    setFailure(undefined);
    try {
      const { count } = await ask<{ count: number }>("POST", `seed?app=${encodeURIComponent(app ?? "")}`, text);
      done(t.sandbox.seedDone(count));
      onSeeded();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  return (
    <Panel title={t.sandbox.seed}>
      <Flex vertical gap={10}>
        <Typography.Text type="secondary">{t.sandbox.seedNote}</Typography.Text>
        <Input.TextArea className="mono" aria-label={t.sandbox.seedLabel} autoSize={{ minRows: 3, maxRows: 10 }} value={text} onChange={(e) => setText(e.target.value)} spellCheck={false} />
        {failure && <ErrorBox failure={failure} />}
        <Flex gap={8}>
          <Button onClick={() => void run()} disabled={!text.trim() || app === undefined}>
            {t.sandbox.seedRun}
          </Button>
          <Button onClick={() => setText(SAMPLE)}>{t.sandbox.seedSample}</Button>
        </Flex>
      </Flex>
    </Panel>
  );
}
