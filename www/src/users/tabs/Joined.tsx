import type { Operations } from "agora-chat-admin";
import { type ReactNode, useMemo } from "react";
import type { OperationId } from "agora-chat-admin";
import { useList } from "../../api/lists";
import { href } from "../../app/router";
import { useText } from "../../i18n";
import { RowMenu, type MenuLine } from "../../kit/detail/RowMenu";
import type { Column } from "../../kit/table/columns";
import { ResourceTable } from "../../kit/table/ResourceTable";

interface Row {
  id: string;
  name: string;
}

interface Props<T> {
  operation: OperationId;
  params: Readonly<Record<string, unknown>>;
  file: string;
  row: (item: T) => Row;
  link?: (id: string) => string;
  leave?: (row: Row) => MenuLine;
}

/** What a user has joined, one click from each. */
function Joined<T>({ operation, params, file, row, link, leave }: Props<T>): ReactNode {
  const t = useText();
  const listing = useList<T>(operation, params);
  const items = useMemo(() => listing.items.map(row), [listing.items]);
  const columns = useMemo(
    (): Column<Row>[] => [
      { key: "name", title: t.groups.name, text: (r) => r.name, render: (r) => (link ? <a href={link(r.id)}>{r.name || r.id}</a> : r.name) },
      { key: "id", title: t.groups.id, text: (r) => r.id, render: (r) => <span className="mono">{r.id}</span> },
    ],
    [t],
  );
  return (
    <ResourceTable<Row>
      name={file}
      listing={{ ...listing, items, patch: () => undefined }}
      columns={columns}
      keyOf={(r) => r.id}
      actions={leave && ((r) => <RowMenu name={r.name} lines={[{ then: listing.reload, ...leave(r) }]} />)}
    />
  );
}

type ItemOf<Id extends OperationId> = Operations[Id]["result"] extends { items: (infer T)[] } ? T : never;

export function JoinedGroups({ username }: { username: string }) {
  const t = useText();
  return (
    <Joined<ItemOf<"groups.listJoined">>
      operation="groups.listJoined"
      params={{ username, pagesize: 20 }}
      file={`${username}-groups`}
      row={(group) => ({ id: group.groupid, name: group.groupname })}
      link={(id) => href(["groups", id])}
      leave={({ id }) => ({
        label: t.users.leaveGroup,
        danger: true,
        action: { operation: "groups.members.remove", title: t.users.leaveGroup, fixed: { group_id: id, username }, ask: [], danger: true, done: () => t.users.done },
      })}
    />
  );
}

export function JoinedRooms({ username }: { username: string }) {
  const t = useText();
  return (
    <Joined<ItemOf<"rooms.listJoined">>
      operation="rooms.listJoined"
      params={{ username, pagesize: 20 }}
      file={`${username}-rooms`}
      row={(room) => ({ id: room.id, name: room.name })}
      link={(id) => href(["rooms", id])}
      leave={({ id }) => ({
        label: t.users.leaveRoom,
        danger: true,
        action: { operation: "rooms.members.remove", title: t.users.leaveRoom, fixed: { chatroom_id: id, username }, ask: [], danger: true, done: () => t.users.done },
      })}
    />
  );
}

export function JoinedThreads({ username }: { username: string }) {
  return (
    <Joined<ItemOf<"threads.listByUser">>
      operation="threads.listByUser"
      params={{ username, limit: 50 }}
      file={`${username}-threads`}
      row={(thread) => ({ id: thread.id, name: thread.name })}
    />
  );
}
