import { Button, Flex, Table, Tag, Typography } from "antd";
import { useMoment, useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { useNotify } from "../kit/notify";
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
}

/** What reached the sandbox, the newest first. */
export function Journal() {
  const t = useText();
  const moment = useMoment();
  const { failed } = useNotify();
  const { data, failure, reload } = useAsk<{ entries: readonly Entry[] }>("journal");
  const rows = [...(data?.entries ?? [])].sort((a, b) => b.id - a.id);
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
      {failure && <ErrorBox failure={failure} onRetry={reload} />}
      <Table<Entry>
        size="small"
        rowKey="id"
        dataSource={rows}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        scroll={{ x: "max-content" }}
        onRow={() => rowKeys()}
        locale={{ emptyText: t.sandbox.noJournal }}
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
