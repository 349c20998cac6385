import { useMemo } from "react";
import { useList } from "../api/lists";
import { go, usePlace } from "../app/router";
import { useText } from "../i18n";
import { NameList } from "../kit/detail/NameList";
import { RowMenu } from "../kit/detail/RowMenu";
import { PageHead } from "../kit/PageHead";
import { Tabs } from "../kit/Tabs";
import { ResourceTable } from "../kit/table/ResourceTable";
import { type User, useUserColumns } from "../users/columns";
import { type MuteTimes, useMuteText } from "../users/tabs/Overview";

type MutedUser = MuteTimes & { username: string };

const DAY = 86_400;
const NOWHERE = { chat: 0, groupchat: 0, chatroom: 0 };
const USERS = { limit: 100 };

/** Who is kept from sending or from coming in. */
export default function Moderation() {
  const t = useText();
  const tab = usePlace().path[1] ?? "mutes";
  return (
    <>
      <PageHead title={t.moderation.title} note={t.moderation.note} />
      <Tabs
        label={t.moderation.title}
        active={tab}
        onChange={(key) => go(["moderation", key], {}, "replace")}
        tabs={[
          { key: "mutes", label: t.moderation.mutes },
          { key: "banned", label: t.moderation.banned },
          { key: "admins", label: t.moderation.superAdmins },
        ]}
      >
        {tab === "banned" ? <Banned /> : tab === "admins" ? <SuperAdmins /> : <Mutes />}
      </Tabs>
    </>
  );
}

function Mutes() {
  const t = useText();
  const inWords = useMuteText();
  const done = () => t.users.done;
  const start = { chat: DAY, groupchat: DAY, chatroom: DAY };
  return (
    <NameList<MutedUser>
      operation="mutes.list"
      params={{ pageNum: 1, pageSize: 50 }}
      file="mutes"
      row={(muted) => ({ name: muted.username, note: inWords(muted) })}
      noteTitle={t.moderation.where}
      head={[{ operation: "mutes.set", title: t.moderation.mute, start, done }]}
      actions={({ name }) => [
        { label: t.moderation.change, action: { operation: "mutes.set", title: t.moderation.change, fixed: { username: name }, start, done } },
        { label: t.moderation.unmute, action: { operation: "mutes.set", title: t.moderation.unmute, fixed: { username: name, ...NOWHERE }, done } },
      ]}
      bulk={(names) => [
        {
          label: t.moderation.unmute,
          action: { operation: "mutes.set", title: t.moderation.unmute, fixed: NOWHERE, each: { items: names, params: (username) => ({ username }) } },
        },
      ]}
    />
  );
}

function Banned() {
  const t = useText();
  const columns = useUserColumns();
  const listing = useList<User>("users.list", USERS);
  const banned = useMemo(() => ({ ...listing, items: listing.items.filter((user) => !user.activated) }), [listing]);
  return (
    <>
      <p className="note">{t.moderation.bannedNote}</p>
      <ResourceTable<User>
        name="deactivated"
        listing={banned}
        columns={columns}
        keyOf={(user) => user.username}
        onOpen={(user) => go(["users", user.username])}
        actions={(user) => (
          <RowMenu
            name={user.username}
            lines={[
              {
                label: t.users.activate,
                action: { operation: "users.activate", title: t.users.activate, fixed: { username: user.username }, done: () => t.users.activated(user.username) },
                then: () => listing.patch((one) => (one.username === user.username ? { ...one, activated: true } : one)),
              },
            ]}
          />
        )}
      />
    </>
  );
}

function SuperAdmins() {
  const t = useText();
  const done = () => t.users.done;
  return (
    <NameList
      operation="rooms.superAdmins.list"
      params={{ pagenum: 1, pagesize: 50 }}
      file="super-admins"
      head={[{ operation: "rooms.superAdmins.add", title: t.moderation.addSuperAdmin, done }]}
      actions={({ name }) => [
        { label: t.moderation.dropSuperAdmin, action: { operation: "rooms.superAdmins.remove", title: t.moderation.dropSuperAdmin, fixed: { superAdmin: name }, done } },
      ]}
    />
  );
}
