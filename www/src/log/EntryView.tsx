import { ApiOutlined, CopyOutlined } from "../kit/icons";
import { Button, Flex, Timeline, Typography } from "antd";
import { openInExplorer } from "../explorer/handover";
import { useMoment, useText } from "../i18n";
import { CodeBlock } from "../kit/CodeBlock";
import { ErrorBox } from "../kit/ErrorBox";
import { useCopy } from "../kit/use-copy";
import { unmasked } from "./mask";
import { StateTag } from "./StateTag";
import { type Attempt, BODY_KEPT, type Entry } from "./store";

/** One call: its attempts, what was sent, what came back. */
export function EntryView({ entry }: { entry: Entry }) {
  const t = useText();
  const moment = useMoment();
  const copy = useCopy();
  return (
    <Flex vertical gap={16} className="entry">
      <Flex gap={8} wrap align="center">
        <StateTag entry={entry} />
        <Typography.Text type="secondary">
          {moment(entry.at)}
          {entry.elapsed !== undefined && ` · ${t.common.ms(entry.elapsed)}`}
        </Typography.Text>
        <span style={{ flex: 1 }} />
        <Button size="small" icon={<CopyOutlined />} onClick={() => void copy(JSON.stringify(entry, null, 2))}>
          {t.log.copyEntry}
        </Button>
        <Button size="small" icon={<ApiOutlined />} onClick={() => openInExplorer(entry.operation, unmasked(entry.params))}>
          {t.log.openInExplorer}
        </Button>
      </Flex>
      {entry.failure && <ErrorBox failure={{ ...entry.failure, body: undefined }} />}
      <div>
        <Typography.Title level={2}>{t.log.attempts}</Typography.Title>
        <Timeline items={attempts(entry.attempts, t)} />
      </div>
      <div>
        <Typography.Title level={2}>{t.log.request}</Typography.Title>
        <CodeBlock text={requestText(entry)} label={t.log.request} />
      </div>
      {entry.answer !== undefined && (
        <div>
          <Typography.Title level={2}>{t.log.response}</Typography.Title>
          <CodeBlock text={pretty(entry.answer)} label={t.log.response} />
          {entry.answer.length >= BODY_KEPT && <Typography.Text type="secondary">{t.log.shortened}</Typography.Text>}
        </div>
      )}
    </Flex>
  );
}

function attempts(all: readonly Attempt[], t: ReturnType<typeof useText>) {
  let count = 0;
  return all.map((attempt, i) => {
    const name = attempt.renewal ? t.log.renewal : t.log.attempt((count += 1));
    const result = attempt.status ?? attempt.error ?? t.log.pending;
    const took = attempt.elapsed === undefined ? "" : ` · ${t.common.ms(attempt.elapsed)}`;
    const waited = attempt.delay === undefined ? "" : ` · ${t.log.waited(t.common.ms(attempt.delay))}`;
    const good = attempt.status !== undefined && attempt.status < 400;
    return { key: i, color: good ? "green" : attempt.status === undefined && !attempt.error ? "gray" : "red", content: `${name}: ${result}${took}${waited}` };
  });
}

function requestText({ method, url, headers, body }: Entry): string {
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join("\n");
  return body ? `${head}\n\n${pretty(body)}` : head;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
