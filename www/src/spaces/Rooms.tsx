import { PlusOutlined } from "../kit/icons";
import type { Operations } from "agora-chat-admin";
import { Button } from "antd";
import { useMemo } from "react";
import { useList, useRefresh } from "../api/lists";
import { go, href, usePlace } from "../app/router";
import { useText } from "../i18n";
import { act } from "../kit/action/action";
import { RowMenu } from "../kit/detail/RowMenu";
import { Find } from "../kit/Find";
import { PageHead } from "../kit/PageHead";
import type { Column } from "../kit/table/columns";
import { ResourceTable } from "../kit/table/ResourceTable";
import { spaceActions } from "./actions";
import { RoomDrawer } from "./RoomDrawer";

type Room = Operations["rooms.list"]["result"]["items"][number];

const PAGE = { limit: 50 };

/** The chat rooms of the app. */
export default function Rooms() {
  const t = useText();
  const listing = useList<Room>("rooms.list", PAGE);
  const opened = usePlace().path[1];
  const refresh = useRefresh(listing, "rooms.get", (id) => ({ chatroom_id: [id] }), (room) => room.id, (room: Operations["rooms.get"]["result"][number]) => ({
    name: room.name,
    owner: room.owner,
    affiliations_count: room.affiliations_count,
  }));
  const columns = useMemo(
    (): Column<Room>[] => [
      { key: "name", title: t.groups.name, text: (r) => r.name, render: (r) => <a href={href(["rooms", r.id])}>{r.name || r.id}</a>, width: 240 },
      { key: "id", title: t.groups.id, text: (r) => r.id, render: (r) => <span className="mono">{r.id}</span>, width: 200 },
      { key: "owner", title: t.groups.owner, text: (r) => r.owner, render: (r) => <a href={href(["users", r.owner])}>{r.owner}</a> },
      { key: "affiliations_count", title: t.groups.members, text: (r) => String(r.affiliations_count), order: (r) => r.affiliations_count, width: 110 },
    ],
    [t],
  );
  const create = async () => {
    const created = await act({
      operation: "rooms.create",
      title: t.rooms.create,
      ask: ["name", "description", "owner", "maxusers", "members", "custom"],
      done: (data) => t.rooms.createdAs((data as { id: string }).id),
    });
    if (created) listing.reload();
  };
  return (
    <>
      <PageHead
        title={t.rooms.title}
        actions={
          <>
            <Find label={t.rooms.find} onFind={(id) => go(["rooms", id])} />
            <Button type="primary" icon={<PlusOutlined />} onClick={() => void create()}>
              {t.rooms.create}
            </Button>
          </>
        }
      />
      <ResourceTable<Room>
        name="rooms"
        main
        listing={listing}
        columns={columns}
        keyOf={(room) => room.id}
        onOpen={(room) => go(["rooms", room.id])}
        actions={(room) => (
          <RowMenu
            name={room.name || room.id}
            lines={spaceActions({ kind: "rooms", id: room.id }, room, t, () => refresh(room.id), () => listing.patch((one) => (one.id === room.id ? undefined : one)))}
          />
        )}
        bulk={(selected, clear) => (
          <>
            <Button size="small" onClick={() => go(["messages"], { kind: "rooms", to: selected.map((room) => room.id).join(",") })}>
              {t.groups.message}
            </Button>
            <Button
              size="small"
              danger
              onClick={() =>
                void act({
                  operation: "rooms.delete",
                  title: t.groups.delete,
                  why: t.rooms.deleteWhy,
                  danger: true,
                  typed: String(selected.length),
                  each: { items: selected.map((room) => room.id), as: "chatroom_id", did: (ids) => listing.patch((room) => (ids.includes(room.id) ? undefined : room)) },
                }).then((done) => done && clear())
              }
            >
              {t.groups.delete}
            </Button>
          </>
        )}
        emptyHint={t.rooms.emptyHint}
      />
      <RoomDrawer id={opened} onChange={() => opened && refresh(opened)} />
    </>
  );
}
