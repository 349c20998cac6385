import { CaretRightOutlined, CloseOutlined, DownloadOutlined, PauseOutlined, RedoOutlined } from "../icons";
import { Button, Card, Flex, Modal, Progress, Table, Typography } from "antd";
import { useState } from "react";
import { useText } from "../../i18n";
import { save, stamped, toCsv } from "../export";
import { dismiss, type Job, jobs, pause, type QueueItem, resume, retryFailed } from "./queue";

/** The queues under way and just done, at the corner of the page. */
export default function Queues() {
  const t = useText();
  const all = jobs.use();
  const [opened, setOpened] = useState<number>();
  const job = all.find((one) => one.id === opened);
  if (all.length === 0) return null;
  return (
    <aside className="queues" aria-label={t.bulk.title}>
      {all.map((one) => (
        <QueueCard key={one.id} job={one} onOpen={() => setOpened(one.id)} />
      ))}
      <Modal open={job !== undefined} title={job?.title} onCancel={() => setOpened(undefined)} footer={null} width={640} destroyOnHidden>
        {job && <Report job={job} />}
      </Modal>
    </aside>
  );
}

const count = (job: Job, state: Job["items"][number]["state"]): number => job.items.filter((item) => item.state === state).length;

function QueueCard({ job, onOpen }: { job: Job; onOpen: () => void }) {
  const t = useText();
  const [ok, failed, all] = [count(job, "ok"), count(job, "failed"), job.items.length];
  const over = job.state === "over";
  return (
    <Card size="small" className="queue">
      <Flex justify="space-between" align="center" gap={8}>
        <Typography.Text strong ellipsis>
          {job.title}
        </Typography.Text>
        <Flex>
          {job.state === "running" && <Button type="text" size="small" icon={<PauseOutlined />} aria-label={t.bulk.pause} title={t.bulk.pause} onClick={() => pause(job.id)} />}
          {job.state === "paused" && <Button type="text" size="small" icon={<CaretRightOutlined />} aria-label={t.bulk.resume} title={t.bulk.resume} onClick={() => resume(job.id)} />}
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={over ? t.common.close : t.bulk.giveUp} title={over ? t.common.close : t.bulk.giveUp} onClick={() => dismiss(job.id)} />
        </Flex>
      </Flex>
      <Progress
        percent={Math.round(((ok + failed) / Math.max(all, 1)) * 100)}
        size="small"
        status={over ? (failed ? "exception" : "success") : job.state === "running" ? "active" : "normal"}
        aria-label={job.title}
      />
      <Flex justify="space-between" align="center" gap={8}>
        <Typography.Text type="secondary" role="status">
          {t.bulk.progress(ok, failed, all)}
        </Typography.Text>
        <Flex gap={4}>
          {over && failed > 0 && (
            <Button size="small" icon={<RedoOutlined />} onClick={() => retryFailed(job.id)}>
              {t.bulk.retry}
            </Button>
          )}
          <Button size="small" onClick={onOpen}>
            {t.common.details}
          </Button>
        </Flex>
      </Flex>
    </Card>
  );
}

/** Item by item, those that failed first. */
function Report({ job }: { job: Job }) {
  const t = useText();
  const sorted = [...job.items].sort((a, b) => Number(b.state === "failed") - Number(a.state === "failed"));
  const reason = (item: Job["items"][number]) =>
    item.failure ? [item.failure.status, item.failure.code, item.failure.description ?? (item.failure.code ? "" : item.failure.message)].filter(Boolean).join(" · ") : "";
  const download = () =>
    save(stamped("report", "csv"), toCsv(["name", "state", "reason"], job.items.map((item) => [item.name, item.state, reason(item)])), "text/csv");
  return (
    <Flex vertical gap={12}>
      <div>
        <Button icon={<DownloadOutlined />} onClick={download}>
          {t.bulk.report}
        </Button>
      </div>
      <Table<QueueItem>
        size="small"
        dataSource={sorted}
        rowKey="name"
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { key: "name", title: t.bulk.item, render: (_, item) => <span className="mono">{item.name}</span> },
          {
            key: "state",
            title: t.bulk.outcome,
            render: (_, item) => (
              <Typography.Text type={item.state === "failed" ? "danger" : "secondary"}>
                {t.bulk.states[item.state]}
                {item.failure && <span lang="en"> {reason(item)}</span>}
              </Typography.Text>
            ),
          },
        ]}
      />
    </Flex>
  );
}
