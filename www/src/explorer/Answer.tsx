import type { Download } from "agora-chat-admin";
import { Button, Flex, Tag, Typography } from "antd";
import { useState } from "react";
import type { Operation } from "../api/catalog";
import { useHeading } from "./heading";
import { useText } from "../i18n";
import { CodeBlock } from "../kit/CodeBlock";
import { ErrorBox } from "../kit/ErrorBox";
import { save } from "../kit/export";
import { useNotify } from "../kit/notify";
import type { Sending } from "./use-send";

/** What came back, with how long it took. */
export function Answer({ operation, sending }: { operation: Operation; sending: Sending }) {
  const t = useText();
  const level = useHeading();
  const { outcome, failure, next, send } = sending;
  if (!outcome && !failure) return null;
  return (
    <section aria-live="polite">
      <Typography.Title level={level} className="part">{t.explorer.response}</Typography.Title>
      {failure && <ErrorBox failure={failure} onRetry={() => send()} />}
      {outcome && (
        <Flex vertical gap={8}>
          <Flex gap={6} wrap>
            <Tag color="success" variant="outlined">
              {t.explorer.status} {outcome.status}
            </Tag>
            <Tag variant="outlined">
              {t.explorer.time} {t.common.ms(outcome.elapsed)}
            </Tag>
            <Tag variant="outlined">
              {t.explorer.attempts} {outcome.attempts}
            </Tag>
            {itemsOf(outcome.data) !== undefined && <Tag variant="outlined">{t.explorer.items(itemsOf(outcome.data) ?? 0)}</Tag>}
          </Flex>
          {operation.returns.bytes ? (
            <FileAnswer file={outcome.data as Download} />
          ) : outcome.data === undefined ? (
            <Typography.Text>{t.explorer.noContent}</Typography.Text>
          ) : (
            <CodeBlock text={JSON.stringify(outcome.data, null, 2)} label={t.explorer.response} file={`${operation.id}.json`} />
          )}
          {next && (
            <div>
              <Button onClick={() => send(next)}>{t.explorer.nextPage}</Button>
            </div>
          )}
        </Flex>
      )}
    </section>
  );
}

function itemsOf(data: unknown): number | undefined {
  if (Array.isArray(data)) return data.length;
  const items = (data as { items?: unknown } | undefined)?.items;
  return Array.isArray(items) ? items.length : undefined;
}

/** A file can be read once, so it is kept when it is saved. */
function FileAnswer({ file }: { file: Download }) {
  const t = useText();
  const { failed } = useNotify();
  const [blob, setBlob] = useState<Blob>();
  const keep = async () => {
    try {
      const whole = blob ?? (await file.blob());
      setBlob(whole);
      save("download", whole);
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <Flex gap={8} align="center">
      <Button onClick={() => void keep()}>{t.explorer.saveFile}</Button>
      <Typography.Text type="secondary" className="mono">
        {file.contentType} {file.size}
      </Typography.Text>
    </Flex>
  );
}
