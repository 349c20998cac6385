import { DeleteOutlined, DownloadOutlined } from "../kit/icons";
import { Button, Card, Checkbox, Drawer, Empty, Flex, Table, Typography } from "antd";
import { useMemo } from "react";
import { go, usePlace, useQuery } from "../app/router";
import { useSpoken, useText } from "../i18n";
import { Ask } from "../kit/Ask";
import { save, stamped, toJsonLines } from "../kit/export";
import { FilterInput } from "../kit/FilterInput";
import { PageHead } from "../kit/PageHead";
import { wordsOf } from "../kit/table/columns";
import { rowKeys } from "../kit/table/rows";
import { EntryView } from "./EntryView";
import { StateTag } from "./StateTag";
import { clearLog, entries, type Entry } from "./store";

/** Every call of this session. */
export default function Log() {
  const t = useText();
  const all = entries.use();
  const [filter, setFilter] = useQuery("q");
  const [failed, setFailed] = useQuery("failed");
  const opened = Number(usePlace().path[1]);
  const shown = useMemo(() => all.filter(matching(filter, failed !== "")), [all, filter, failed]);
  const entry = all.find((e) => e.id === opened);
  const query = { q: filter, failed };
  return (
    <>
      <PageHead title={t.log.title} note={t.log.note} />
      <Card styles={{ body: { padding: 0 } }} className="list">
        <Flex gap={8} align="center" wrap className="toolbar">
          <FilterInput label={t.log.filter} value={filter} onChange={setFilter} />
          <Checkbox checked={failed !== ""} onChange={(e) => setFailed(e.target.checked ? "1" : "")}>
            {t.log.failedOnly}
          </Checkbox>
          <Typography.Text type="secondary" role="status" style={{ flex: "1 0 auto" }}>
            {t.log.count(shown.length, all.length)}
          </Typography.Text>
          <Button
            type="text"
            icon={<DownloadOutlined />}
            disabled={shown.length === 0}
            onClick={() => save(stamped("calls", "jsonl"), toJsonLines(shown), "application/x-ndjson")}
          >
            {t.log.exportJson}
          </Button>
          <Ask title={t.log.clearWhy} okText={t.log.clear} onConfirm={clearLog}>
            <Button type="text" icon={<DeleteOutlined />} disabled={all.length === 0}>
              {t.log.clear}
            </Button>
          </Ask>
        </Flex>
        <Table<Entry>
          size="small"
          rowKey="id"
          columns={useColumns()}
          dataSource={shown as Entry[]}
          pagination={false}
          virtual={shown.length > 200}
          scroll={shown.length > 200 ? { x: 900, y: 600 } : shown.length > 0 ? { x: "max-content" } : undefined}
          onRow={(e) => rowKeys(() => go(["log", String(e.id)], query))}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={all.length ? t.list.noMatch : t.log.empty} /> }}
        />
      </Card>
      <Drawer
        open={entry !== undefined}
        title={<span className="mono">{entry?.operation}</span>}
        aria-label={entry?.operation}
        size={760}
        onClose={() => go(["log"], query)}
      >
        {entry && <EntryView entry={entry} />}
      </Drawer>
    </>
  );
}

function matching(filter: string, failedOnly: boolean): (entry: Entry) => boolean {
  const words = wordsOf(filter);
  return (e) => {
    if (failedOnly && e.state !== "failed") return false;
    const text = `${e.operation} ${e.method} ${e.url} ${e.status ?? ""} ${e.failure?.code ?? ""} ${e.body ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function useColumns() {
  const t = useText();
  const { language } = useSpoken();
  const clock = useMemo(() => new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { timeStyle: "medium" }), [language]);
  return [
    { key: "at", title: t.log.time, width: 100, render: (_: unknown, e: Entry) => clock.format(e.at) },
    { key: "operation", title: t.log.operation, width: 240, render: (_: unknown, e: Entry) => <a href={`#/log/${e.id}`} className="mono">{e.operation}</a> },
    { key: "state", title: t.log.status, width: 150, render: (_: unknown, e: Entry) => <StateTag entry={e} /> },
    { key: "took", title: t.log.took, width: 100, render: (_: unknown, e: Entry) => (e.elapsed === undefined ? "" : t.common.ms(e.elapsed)) },
    { key: "attempts", title: t.log.attempts, width: 90, render: (_: unknown, e: Entry) => e.attempts.filter((a) => !a.renewal).length || "" },
    { key: "url", title: t.log.request, render: (_: unknown, e: Entry) => <span className="mono">{e.method} {pathOf(e.url)}</span> },
  ];
}

function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, "");
}
