import { PlusOutlined } from "../kit/icons";
import type { Operations } from "agora-chat-admin";
import { Button } from "antd";
import { useMemo } from "react";
import { useList, useRefresh } from "../api/lists";
import { go, href, usePlace } from "../app/router";
import { useMoment, useText } from "../i18n";
import { act } from "../kit/action/action";
import { RowMenu } from "../kit/detail/RowMenu";
import { isoOf } from "../kit/export";
import { Find } from "../kit/Find";
import { PageHead } from "../kit/PageHead";
import type { Column } from "../kit/table/columns";
import { ResourceTable } from "../kit/table/ResourceTable";
import { spaceActions } from "./actions";
import { GroupDrawer } from "./GroupDrawer";

type Group = Operations["groups.list"]["result"]["items"][number];

const PAGE = { limit: 50 };

/** The groups of the app. */
export default function Groups() {
  const t = useText();
  const columns = useColumns();
  const listing = useList<Group>("groups.list", PAGE);
  const opened = usePlace().path[1];
  const refresh = useRefresh(listing, "groups.get", (id) => ({ group_ids: [id] }), (group) => group.groupid, (group: Operations["groups.get"]["result"][number]) => ({
    groupname: group.name,
    owner: group.owner,
    affiliations: group.affiliations_count,
  }));
  const create = async () => {
    const created = await act({
      operation: "groups.create",
      title: t.groups.create,
      start: { public: true, maxusers: 200 },
      ask: ["groupname", "owner", "members", "description", "public", "maxusers", "allowinvites", "membersonly", "invite_need_confirm", "avatar", "custom"],
      done: (data) => t.groups.createdAs((data as { groupid: string }).groupid),
    });
    if (created) listing.reload();
  };
  const line = (group: Group) =>
    spaceActions({ kind: "groups", id: group.groupid }, { name: group.groupname }, t, () => refresh(group.groupid), () =>
      listing.patch((one) => (one.groupid === group.groupid ? undefined : one)),
    );
  return (
    <>
      <PageHead
        title={t.groups.title}
        actions={
          <>
            <Find label={t.groups.find} onFind={(id) => go(["groups", id])} />
            <Button type="primary" icon={<PlusOutlined />} onClick={() => void create()}>
              {t.groups.create}
            </Button>
          </>
        }
      />
      <ResourceTable<Group>
        name="groups"
        main
        listing={listing}
        columns={columns}
        keyOf={(group) => group.groupid}
        onOpen={(group) => go(["groups", group.groupid])}
        actions={(group) => <RowMenu name={group.groupname || group.groupid} lines={line(group)} />}
        bulk={(selected, clear) => {
          const each = { items: selected.map((group) => group.groupid), as: "group_id" };
          const gone = (ids: readonly string[]) => listing.patch((group) => (ids.includes(group.groupid) ? undefined : group));
          const run = (action: Parameters<typeof act>[0]) => void act(action).then((done) => done && clear());
          return (
            <>
              <Button size="small" onClick={() => go(["messages"], { kind: "groups", to: selected.map((group) => group.groupid).join(",") })}>
                {t.groups.message}
              </Button>
              <Button size="small" danger onClick={() => run({ operation: "groups.disable", title: t.groups.disable, why: t.groups.disableWhy, danger: true, each })}>
                {t.groups.disable}
              </Button>
              <Button size="small" onClick={() => run({ operation: "groups.enable", title: t.groups.enable, each })}>
                {t.groups.enable}
              </Button>
              <Button size="small" danger onClick={() => run({ operation: "groups.delete", title: t.groups.delete, why: t.groups.deleteWhy, danger: true, typed: String(selected.length), each: { ...each, did: gone } })}>
                {t.groups.delete}
              </Button>
            </>
          );
        }}
        emptyHint={t.groups.emptyHint}
      />
      <GroupDrawer id={opened} onChange={() => opened && refresh(opened)} />
    </>
  );
}

function useColumns(): readonly Column<Group>[] {
  const t = useText();
  const moment = useMoment();
  return useMemo(() => {
    const last = (group: Group) => Number(group.last_modified ?? group.lastModified ?? 0);
    return [
      { key: "groupname", title: t.groups.name, text: (g) => g.groupname, render: (g) => <a href={href(["groups", g.groupid])}>{g.groupname || g.groupid}</a>, width: 240 },
      { key: "groupid", title: t.groups.id, text: (g) => g.groupid, render: (g) => <span className="mono">{g.groupid}</span>, width: 200 },
      { key: "owner", title: t.groups.owner, text: (g) => bareOwner(g.owner), render: (g) => <a href={href(["users", bareOwner(g.owner)])}>{bareOwner(g.owner)}</a> },
      { key: "affiliations", title: t.groups.members, text: (g) => String(g.affiliations), order: (g) => g.affiliations, width: 110 },
      { key: "changed", title: t.groups.changed, text: (g) => moment(last(g)), order: last, exported: (g) => isoOf(last(g)), width: 200 },
    ];
  }, [t, moment]);
}

/** Lists name the owner as `org#app_user`. */
export const bareOwner = (owner: string): string => owner.replace(/^[^#]+#[^_]+_/, "");
