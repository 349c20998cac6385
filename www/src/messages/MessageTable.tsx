import { Button, Flex, Tag } from "antd";
import { useMemo, useState } from "react";
import type { Listing } from "../api/lists";
import { go, href, usePlace } from "../app/router";
import { useMoment, useText } from "../i18n";
import { type Action, act } from "../kit/action/action";
import { CodeBlock } from "../kit/CodeBlock";
import { DetailDrawer } from "../kit/detail/DetailDrawer";
import { Facts } from "../kit/detail/Facts";
import { HeadMenu, RowMenu, type MenuLine } from "../kit/detail/RowMenu";
import { isoOf } from "../kit/export";
import type { Column } from "../kit/table/columns";
import { ResourceTable } from "../kit/table/ResourceTable";
import { Bubble } from "./Bubble";
import { CHAT_TYPES, TARGETS } from "./content";
import type { Past } from "./history";

const targetOf = ({ chat_type }: Past) => TARGETS.find((kind) => CHAT_TYPES[kind] === chat_type);

/** What identifies a message to who recalls it. */
const named = ({ msg_id, from, to, chat_type }: Past) => ({ msg_id, from, to, chat_type });

const saidIn = ({ contents }: Past): string =>
  contents.map(({ body }) => (typeof body.msg === "string" ? body.msg : JSON.stringify(body))).join("\n");

/** Messages that were sent, each to look at and to take back. */
export function MessageTable({ all, onReload }: { all: readonly Past[]; onReload: () => void }) {
  const t = useText();
  const [recalled, setRecalled] = useState<ReadonlySet<string>>(new Set());
  const columns = useColumns(recalled);
  const opened = usePlace().path[1];
  const recalling = (ids: readonly string[]) => setRecalled((now) => new Set([...now, ...ids]));
  const recall = { operation: "messages.recall", title: t.messages.recall, ask: ["force", "sync_device"], danger: true } as const;
  const lines = (message: Past): MenuLine[] => [
    {
      label: recall.title,
      danger: true,
      main: true,
      action: { ...recall, fixed: named(message), done: () => t.messages.recalled },
      then: () => recalling([message.msg_id]),
    },
  ];
  const recallMany = (selected: readonly Past[]): Action => {
    const byId = new Map(selected.map((message) => [message.msg_id, named(message)]));
    return { ...recall, each: { items: [...byId.keys()], as: (id) => byId.get(id) ?? {}, did: recalling } };
  };
  const listing: Listing<Past> = { items: all, state: "idle", more: false, loadMore: none, loadAll: none, stop: none, reload: onReload, patch: none };
  const message = all.find(({ msg_id }) => msg_id === opened);
  return (
    <>
      <ResourceTable<Past>
        name="history"
        main
        listing={listing}
        columns={columns}
        keyOf={({ msg_id }) => msg_id}
        onOpen={({ msg_id }) => go(["history", msg_id])}
        actions={(one) => (recalled.has(one.msg_id) ? null : <RowMenu name={one.msg_id} lines={lines(one)} />)}
        bulk={(selected, clear) => (
          <Button size="small" danger onClick={() => void act(recallMany(selected)).then((begun) => begun && clear())}>
            {recall.title}
          </Button>
        )}
        emptyHint={t.history.none}
      />
      <DetailDrawer
        section="history"
        name={message?.msg_id}
        kind={t.history.one}
        extra={message && !recalled.has(message.msg_id) && <HeadMenu name={message.msg_id} lines={lines(message)} />}
        tabs={[
          { key: "message", label: t.history.one, content: () => message && <Message of={message} /> },
          { key: "raw", label: t.history.raw, content: () => message && <CodeBlock text={JSON.stringify(message, null, 2)} label={t.history.raw} /> },
        ]}
      />
    </>
  );
}

const none = () => undefined;

function useColumns(recalled: ReadonlySet<string>): readonly Column<Past>[] {
  const t = useText();
  const moment = useMoment();
  return useMemo(
    () => [
      { key: "time", title: t.history.time, text: (m) => moment(m.timestamp), order: (m) => m.timestamp, exported: (m) => isoOf(m.timestamp), width: 190 },
      { key: "from", title: t.history.from, text: (m) => m.from, render: (m) => <a href={href(["users", m.from])}>{m.from}</a>, width: 140 },
      { key: "to", title: t.history.to, text: (m) => m.to, render: (m) => <Receiver of={m} />, width: 170 },
      { key: "kind", title: t.history.kind, text: (m) => t.history.kinds[targetOf(m) ?? "users"], width: 120 },
      {
        key: "content",
        title: t.history.content,
        text: saidIn,
        render: (m) => (
          <Flex vertical gap={4} align="start">
            {m.contents.map((content, i) => (
              <Bubble key={i} content={content} />
            ))}
            {recalled.has(m.msg_id) && <Tag variant="outlined">{t.messages.recalledTag}</Tag>}
          </Flex>
        ),
        width: 320,
      },
      { key: "msg_id", title: t.history.id, text: (m) => m.msg_id, render: (m) => <span className="mono">{m.msg_id}</span>, width: 190, hidden: true },
    ],
    [t, moment, recalled],
  );
}

function Receiver({ of }: { of: Past }) {
  const target = targetOf(of);
  return target ? <a href={href([target, of.to])}>{of.to}</a> : <span data-raw>{of.to}</span>;
}

function Message({ of }: { of: Past }) {
  const t = useText();
  const moment = useMoment();
  return (
    <Flex vertical gap={16}>
      <div className="bubble">
        {of.contents.map((content, i) => (
          <Bubble key={i} content={content} />
        ))}
      </div>
      <Facts
        of={{}}
        as={{
          time: moment(of.timestamp),
          from: <a href={href(["users", of.from])}>{of.from}</a>,
          to: <Receiver of={of} />,
          kind: t.history.kinds[targetOf(of) ?? "users"],
          id: <span className="mono">{of.msg_id}</span>,
          ext: Object.keys(of.ext).length > 0 ? <code className="code">{JSON.stringify(of.ext)}</code> : undefined,
        }}
        labels={{ time: t.history.time, from: t.history.from, to: t.history.to, kind: t.history.kind, id: t.history.id }}
      />
    </Flex>
  );
}
