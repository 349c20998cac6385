import { CaretRightOutlined, UploadOutlined } from "../kit/icons";
import { Alert, Button, Card, Empty, Flex, Input, Select, Space, Upload } from "antd";
import { useEffect, useRef, useState } from "react";
import { readHour } from "../api/door";
import { failureOf, type Failure } from "../api/failure";
import { useQuery } from "../app/router";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { PageHead } from "../kit/PageHead";
import { MessageTable } from "./MessageTable";
import { hourName, type Past, pastOf, readHistory } from "./history";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
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
          <label className="labelled">
            {t.history.date}
            <Input type="date" style={{ height: 32 }} value={date} max={new Date().toISOString().slice(0, 10)} onChange={(e) => e.target.value && pick(`${e.target.value.replaceAll("-", "")}${hour}`)} />
          </label>
          <label className="labelled" htmlFor="history-hour">
            {t.history.hour}
            <Select id="history-hour" value={hour} onChange={(next) => pick(`${name.slice(0, 8)}${next}`)} options={HOURS.map((value) => ({ value, label: `${value}:00` }))} style={{ width: 110 }} />
          </label>
          <Space.Compact>
            <Button icon={<CaretRightOutlined style={{ transform: "scaleX(-1)" }} />} aria-label={t.history.before} title={t.history.before} onClick={() => step(-1)} />
            <Button icon={<CaretRightOutlined />} aria-label={t.history.after} title={t.history.after} onClick={() => step(1)} disabled={startOf(name) + HOUR > Date.now()} />
          </Space.Compact>
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
        {found ? <MessageTable all={found} onReload={() => void load(name)} /> : !busy && !failure && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.history.pick} />}
      </Flex>
    </>
  );
}
