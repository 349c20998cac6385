import { SearchOutlined, UploadOutlined } from "../kit/icons";
import { Alert, Button, Card, Empty, Flex, Input, Select, Tag, Typography, Upload } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { readHour } from "../api/door";
import { failureOf, type Failure } from "../api/failure";
import { href, useQuery } from "../app/router";
import { useMoment, useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { save, stamped, toJsonLines } from "../kit/export";
import { PageHead } from "../kit/PageHead";
import { wordsOf } from "../kit/table/columns";
import { Bubble } from "./Bubble";
import { hourName, type Past, pastOf, readHistory } from "./history";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
/** How many messages are drawn at first; more on request. */
const DRAWN = 200;

/** Reads the messages of one hour. */
export default function History() {
  const t = useText();
  const [time, setTime] = useQuery("time");
  const [date, hour] = time ? [`${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)}`, time.slice(8, 10)] : [lastHour().slice(0, 10), lastHour().slice(11, 13)];
  const [found, setFound] = useState<readonly Past[]>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const pick = (nextDate: string, nextHour: string) => setTime(`${nextDate.replaceAll("-", "")}${nextHour}`);

  const load = async () => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setBusy(true);
    setFailure(undefined);
    setFound(undefined);
    try {
      setFound((await readHour(`${date.replaceAll("-", "")}${hour}`, signal)).map(pastOf));
    } catch (thrown) {
      if (!signal.aborted) setFailure(failureOf(thrown));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
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
          <label className="labelled">
            {t.history.date}
            <Input type="date" value={date} max={hourName(new Date()).replace(/^(\d{4})(\d\d)(\d\d).*/, "$1-$2-$3")} onChange={(e) => e.target.value && pick(e.target.value, hour)} />
          </label>
          <label className="labelled" htmlFor="history-hour">
            {t.history.hour}
            <Select id="history-hour" value={hour} onChange={(next) => pick(date, next)} options={HOURS.map((value) => ({ value, label: `${value}:00` }))} style={{ width: 110 }} />
          </label>
          <Button type="primary" loading={busy} onClick={() => void load()}>
            {t.history.read}
          </Button>
          <Upload showUploadList={false} accept=".gz,.json,.jsonl,.txt" beforeUpload={(file) => (void open(file), false)}>
            <Button icon={<UploadOutlined />}>{t.history.openFile}</Button>
          </Upload>
        </Flex>
      </Card>
      <Flex vertical gap={12} style={{ marginTop: 16 }}>
        {failure && <ErrorBox failure={failure} onRetry={() => void load()} />}
        {failure?.kind === "network" && <Alert type="info" showIcon title={t.history.blocked} />}
        {found && <Messages all={found} />}
      </Flex>
    </>
  );
}

const lastHour = (): string => new Date(Date.now() - 3_600_000).toISOString();

function Messages({ all }: { all: readonly Past[] }) {
  const t = useText();
  const moment = useMoment();
  const [filter, setFilter] = useState("");
  const [drawn, setDrawn] = useState(DRAWN);
  const shown = useMemo(() => {
    const words = wordsOf(filter);
    return all.filter((message) => {
      const text = JSON.stringify(message).toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [all, filter]);
  const kind = (type: string) => (type === "chat" ? t.messages.targets.users : type === "groupchat" ? t.messages.targets.groups : type === "chatroom" ? t.messages.targets.rooms : type);
  const link = ({ chat_type, to }: Past) => href([chat_type === "chat" ? "users" : chat_type === "groupchat" ? "groups" : "rooms", to]);
  return (
    <>
      <Flex gap={8} align="center" wrap>
        <Input data-search allowClear prefix={<SearchOutlined />} placeholder={t.history.filter} aria-label={t.history.filter} value={filter} onChange={(e) => setFilter(e.target.value)} style={{ maxWidth: 320 }} />
        <Typography.Text type="secondary" role="status">
          {t.history.count(shown.length, all.length)}
        </Typography.Text>
        <Button onClick={() => save(stamped("history", "jsonl"), toJsonLines(shown), "application/x-ndjson")}>{t.list.export}</Button>
      </Flex>
      {shown.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.list.empty} />}
      {shown.slice(0, drawn).map((message) => (
        <Card key={message.msg_id} size="small">
          <Flex gap={8} wrap align="center" style={{ marginBottom: 6 }}>
            <a href={href(["users", message.from])}>{message.from}</a>→<a href={link(message)}>{message.to}</a>
            <Tag variant="outlined">{kind(message.chat_type)}</Tag>
            <Typography.Text type="secondary">{moment(message.timestamp)}</Typography.Text>
            <Typography.Text type="secondary" className="mono">
              {message.msg_id}
            </Typography.Text>
          </Flex>
          {message.contents.map((content, i) => (
            <Bubble key={i} content={content} />
          ))}
          {Object.keys(message.ext).length > 0 && <code className="code">{JSON.stringify(message.ext)}</code>}
        </Card>
      ))}
      {shown.length > drawn && <Button onClick={() => setDrawn((n) => n + DRAWN)}>{t.history.more(shown.length - drawn)}</Button>}
    </>
  );
}
