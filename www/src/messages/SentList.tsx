import { Button, Card, Flex, Tag, Typography } from "antd";
import { useMoment, useText } from "../i18n";
import { act } from "../kit/action/action";
import { isoOf, saveList } from "../kit/export";
import { ExportMenu } from "../kit/table/ExportMenu";
import { masked } from "../log/mask";
import { Bubble } from "./Bubble";
import { CHAT_TYPES } from "./content";
import { markRecalled, type Sent, sent } from "./sent";

const HEAD = ["time", "from", "kind", "to", "msg_id", "type", "body", "recalled"];
const cellsOf = ({ at, from = "", kind, to, id, content, recalled = false }: Sent): string[] => [
  isoOf(at), from, kind, to, id, content.type, JSON.stringify(content.body), String(recalled),
];

/** What was sent from here, each to be taken back. */
export function SentList() {
  const t = useText();
  const all = sent.use();
  return (
    <section aria-label={t.messages.sent}>
      <Flex justify="space-between">
        <Typography.Title level={2} className="part">
          {t.messages.sent}
        </Typography.Title>
        {all.length > 0 && <ExportMenu onExport={(format) => saveList("sent", format, all.map((one) => masked(one) as Sent), HEAD, cellsOf)} />}
      </Flex>
      {all.length === 0 && <Typography.Text type="secondary">{t.messages.nothingSent}</Typography.Text>}
      <Flex vertical gap={8}>
        {all.slice(0, 50).map((message) => (
          <SentCard key={`${message.id} ${message.to}`} message={message} />
        ))}
      </Flex>
    </section>
  );
}

function SentCard({ message }: { message: Sent }) {
  const t = useText();
  const moment = useMoment();
  const recall = async () => {
    const done = await act({
      operation: "messages.recall",
      title: t.messages.recall,
      fixed: { msg_id: message.id, to: message.to, chat_type: CHAT_TYPES[message.kind], ...(message.from && { from: message.from }) },
      ask: ["force", "sync_device"],
      danger: true,
      done: () => t.messages.recalled,
    });
    if (done) markRecalled(message.id);
  };
  return (
    <Card size="small">
      <Flex justify="space-between" gap={8} align="start" wrap>
        <div style={{ minWidth: 0, flex: "1 1 200px" }}>
          <Bubble content={message.content} />
          <Typography.Text type="secondary" style={{ display: "block", marginTop: 6 }}>
            {moment(message.at)} · {t.messages.toOne(t.messages.targets[message.kind], message.to)}
          </Typography.Text>
          <Typography.Text type="secondary" className="mono">
            {message.id}
          </Typography.Text>
        </div>
        {message.recalled ? (
          <Tag variant="outlined">{t.messages.recalledTag}</Tag>
        ) : (
          <Button size="small" danger onClick={() => void recall()}>
            {t.messages.recall}
          </Button>
        )}
      </Flex>
    </Card>
  );
}
