import { CaretRightOutlined, SearchOutlined, UploadOutlined } from "../kit/icons";
import { Alert, Button, Card, Dropdown, Empty, Flex, Input, Select, Tag, Typography, Upload } from "antd";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { readHour } from "../api/door";
import { failureOf, type Failure } from "../api/failure";
import { href, useQuery } from "../app/router";
import { useMoment, useText } from "../i18n";
import { RowMenu } from "../kit/detail/RowMenu";
import { ErrorBox } from "../kit/ErrorBox";
import { isoOf, save, stamped, toCsv, toJsonLines } from "../kit/export";
import { PageHead } from "../kit/PageHead";
import { wordsOf } from "../kit/table/columns";
import { useFilter } from "../kit/table/state";
import { Bubble } from "./Bubble";
import { CHAT_TYPES, TARGETS } from "./content";
import { hourName, type Past, pastOf, readHistory } from "./history";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
/** How many messages are drawn at first; more on request. */
const DRAWN = 200;
const HOUR = 3_600_000;

/** The hour of an address such as `2026112109`, and without one the last whole hour. */
const startOf = (time: string): number =>
  /^\d{10}$/.test(time) ? Date.UTC(+time.slice(0, 4), +time.slice(4, 6) - 1, +time.slice(6, 8), +time.slice(8, 10)) : Date.now() - HOUR;

/** Reads the messages of one hour. */
export default function History() {
  const t = useText();
  const [time, setTime] = useQuery("time");
  const name = hourName(new Date(startOf(time)));
  const [date, hour] = [`${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6, 8)}`, name.slice(8)];
  const [found, setFound] = useState<readonly Past[]>();
  const running = useRef<AbortController>(undefined);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const load = async (of: string) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setBusy(true);
    setFailure(undefined);
    setFound(undefined);
    try {
      setFound((await readHour(of, signal)).map(pastOf));
    } catch (thrown) {
      if (!signal.aborted) setFailure(failureOf(thrown));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
  // An address with an hour in it is read at once, and so is the hour that someone goes on to.
  useEffect(() => {
    if (time) void load(name);
    return () => running.current?.abort();
  }, [time]);
  const pick = (next: string) => (next === time ? void load(next) : setTime(next));
  const step = (by: number) => pick(hourName(new Date(startOf(name) + by * HOUR)));
  const open = async (file: Blob) => {
    setFailure(undefined);
    try {
      setFound(await readHistory(file));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };

  return (
    <>
      <PageHead title={t.history.title} note={t.history.note} />
      <Card size="small">
        <Flex gap={8} align="end" wrap>
          <Button icon={<CaretRightOutlined style={{ transform: "scaleX(-1)" }} />} aria-label={t.history.before} title={t.history.before} onClick={() => step(-1)} />
          <label className="labelled">
            {t.history.date}
            <Input type="date" style={{ height: 32 }} value={date} max={new Date().toISOString().slice(0, 10)} onChange={(e) => e.target.value && pick(`${e.target.value.replaceAll("-", "")}${hour}`)} />
          </label>
          <label className="labelled" htmlFor="history-hour">
            {t.history.hour}
            <Select id="history-hour" value={hour} onChange={(next) => pick(`${name.slice(0, 8)}${next}`)} options={HOURS.map((value) => ({ value, label: `${value}:00` }))} style={{ width: 110 }} />
          </label>
          <Button icon={<CaretRightOutlined />} aria-label={t.history.after} title={t.history.after} onClick={() => step(1)} disabled={startOf(name) + HOUR > Date.now()} />
          <Button type="primary" loading={busy} onClick={() => pick(name)}>
            {t.history.read}
          </Button>
          <Upload showUploadList={false} accept=".gz,.json,.jsonl,.txt" beforeUpload={(file) => (void open(file), false)}>
            <Button icon={<UploadOutlined />}>{t.history.openFile}</Button>
          </Upload>
        </Flex>
      </Card>
      <Flex vertical gap={12} style={{ marginTop: 16 }}>
        {failure && <ErrorBox failure={failure} onRetry={() => void load(name)} />}
        {failure?.kind === "network" && <Alert type="info" showIcon title={t.history.blocked} />}
        {found ? <Messages all={found} /> : !busy && !failure && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.history.pick} />}
      </Flex>
    </>
  );
}

/** What of a message a table of text has. */
const HEAD = ["time", "from", "to", "chat_type", "msg_id", "type", "content"];
const cellsOf = ({ timestamp, from, to, chat_type, msg_id, contents }: Past): string[] => [
  isoOf(timestamp), from, to, chat_type, msg_id,
  contents.map(({ type }) => type).join(" "),
  contents.map(({ body }) => (typeof body.msg === "string" ? body.msg : JSON.stringify(body))).join("\n"),
];

function Messages({ all }: { all: readonly Past[] }) {
  const t = useText();
  const [filter, setFilter] = useFilter(true);
  const [drawn, setDrawn] = useState(DRAWN);
  const wanted = useDeferredValue(filter);
  const said = useMemo(() => all.map((message) => JSON.stringify(message).toLowerCase()), [all]);
  const shown = useMemo(() => {
    const words = wordsOf(wanted);
    return words.length ? all.filter((_, i) => words.every((word) => said[i]?.includes(word))) : all;
  }, [all, said, wanted]);
  const exportAs = (format: string) =>
    format === "csv" ? save(stamped("history", "csv"), toCsv(HEAD, shown.map(cellsOf)), "text/csv") : save(stamped("history", "jsonl"), toJsonLines(shown), "application/x-ndjson");
  return (
    <>
      <Flex gap={8} align="center" wrap>
        <Input data-search allowClear prefix={<SearchOutlined />} placeholder={t.history.filter} aria-label={t.history.filter} value={filter} onChange={(e) => setFilter(e.target.value)} style={{ maxWidth: 320 }} />
        <Typography.Text type="secondary" role="status">
          {t.history.count(shown.length, all.length)}
        </Typography.Text>
        <Dropdown
          trigger={["click"]}
          menu={{ items: [{ key: "csv", label: t.list.exportCsv }, { key: "jsonl", label: t.list.exportJsonl }], onClick: ({ key }) => exportAs(key) }}
        >
          <Button>{t.list.export}</Button>
        </Dropdown>
      </Flex>
      {shown.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={all.length ? t.list.noMatch : t.history.none} />}
      {shown.slice(0, drawn).map((message) => (
        <MessageCard key={message.msg_id} message={message} />
      ))}
      {shown.length > drawn && <Button onClick={() => setDrawn((n) => n + DRAWN)}>{t.history.more(shown.length - drawn)}</Button>}
    </>
  );
}

function MessageCard({ message }: { message: Past }) {
  const t = useText();
  const moment = useMoment();
  const [recalled, setRecalled] = useState(false);
  const { msg_id, timestamp, from, to, chat_type, contents, ext } = message;
  const target = TARGETS.find((kind) => CHAT_TYPES[kind] === chat_type);
  const recall = {
    operation: "messages.recall" as const,
    title: t.messages.recall,
    fixed: { msg_id, from, to, chat_type },
    ask: ["force", "sync_device"],
    danger: true,
    done: () => t.messages.recalled,
  };
  return (
    <Card size="small">
      <Flex gap={8} wrap align="center" style={{ marginBottom: 6 }}>
        <a href={href(["users", from])}>{from}</a>→{target ? <a href={href([target, to])}>{to}</a> : <span data-raw>{to}</span>}
        <Tag variant="outlined">{target ? t.history.kinds[target] : chat_type}</Tag>
        {recalled && <Tag variant="outlined">{t.messages.recalledTag}</Tag>}
        <Typography.Text type="secondary">{moment(timestamp)}</Typography.Text>
        <Typography.Text type="secondary" className="mono" style={{ flex: 1 }}>
          {msg_id}
        </Typography.Text>
        {!recalled && <RowMenu name={msg_id} lines={[{ label: recall.title, danger: true, action: recall, then: () => setRecalled(true) }]} />}
      </Flex>
      {contents.map((content, i) => (
        <Bubble key={i} content={content} />
      ))}
      {Object.keys(ext).length > 0 && <code className="code">{JSON.stringify(ext)}</code>}
    </Card>
  );
}
