import { Button, Flex, Table, Tag, Typography } from "antd";
import { useMemo } from "react";
import { useQuery } from "../app/router";
import { useMoment, useText } from "../i18n";
import { CodeBlock } from "../kit/CodeBlock";
import { ErrorBox } from "../kit/ErrorBox";
import { FilterInput } from "../kit/FilterInput";
import { useNotify } from "../kit/notify";
import { wordsOf } from "../kit/table/columns";
import { rowKeys } from "../kit/table/rows";
import { ask, useAsk } from "./ask";
import { Panel } from "./Panel";

interface Entry {
  id: number;
  time: number;
  method: string;
  target: string;
  operation?: string | null;
  status: number;
  error?: string;
  near_miss?: string;
  fault: boolean;
  params?: object;
}

/** What reached the sandbox, the newest first. */
export function Journal() {
  const t = useText();
  const moment = useMoment();
  const { failed } = useNotify();
  const { data, failure, reload } = useAsk<{ entries: readonly Entry[] }>("journal");
  const [filter, setFilter] = useQuery("q");
  const rows = useMemo(() => {
    const words = wordsOf(filter);
    return (data?.entries ?? []).filter((entry) => words.every((word) => textOf(entry).includes(word))).reverse();
  }, [data, filter]);
  return (
    <Panel
      title={t.sandbox.journal}
      extra={
        <Flex gap={8}>
          <Button size="small" onClick={reload}>
            {t.common.reload}
          </Button>
          <Button size="small" onClick={() => void ask("DELETE", "journal").then(reload, failed)}>
            {t.sandbox.clear}
          </Button>
        </Flex>
      }
    >
      <Typography.Paragraph type="secondary">{t.sandbox.journalNote}</Typography.Paragraph>
      <Flex gap={8} align="center" wrap style={{ marginBottom: 12 }}>
        <FilterInput label={t.log.filter} value={filter} onChange={setFilter} />
        <Typography.Text type="secondary" role="status">
          {t.log.count(rows.length, data?.entries.length ?? 0)}
        </Typography.Text>
      </Flex>
      {failure && <ErrorBox failure={failure} onRetry={reload} />}
      <Table<Entry>
        size="small"
        rowKey="id"
        dataSource={rows}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        scroll={rows.length > 0 ? { x: "max-content" } : undefined}
        onRow={() => rowKeys()}
        locale={{ emptyText: filter ? t.list.noMatch : t.sandbox.noJournal }}
        expandable={{
          columnTitle: <span className="visually-hidden">{t.common.details}</span>,
          rowExpandable: (e) => e.params !== undefined,
          expandedRowRender: (e) => <CodeBlock text={JSON.stringify(e.params, null, 2)} label={t.explorer.parameters} />,
        }}
        columns={[
          { key: "time", title: t.sandbox.time, render: (_, e) => moment(e.time) },
          { key: "operation", title: t.log.operation, render: (_, e) => <span className="mono">{e.operation}</span> },
          {
            key: "status",
            title: t.sandbox.status,
            render: (_, e) => (
              <Flex gap={4}>
                <Tag variant="outlined" color={e.status < 400 ? "success" : "error"}>
                  {e.status}
                </Tag>
                {e.fault && <Tag variant="outlined">{t.sandbox.faulted}</Tag>}
              </Flex>
            ),
          },
          { key: "target", title: t.sandbox.target, render: (_, e) => <span className="mono">{`${e.method} ${e.target}`}</span> },
          { key: "near", title: t.sandbox.near, render: (_, e) => <span lang="en">{e.near_miss ?? e.error}</span> },
        ]}
      />
    </Panel>
  );
}

const textOf = ({ operation, method, target, status, error, near_miss }: Entry): string =>
  [operation, method, target, status, error, near_miss].join(" ").toLowerCase();
