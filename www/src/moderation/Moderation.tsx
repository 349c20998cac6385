import { Button, Flex, Segmented } from "antd";
import type { MutedUser } from "agora-chat-admin";
import { type ReactNode, useMemo } from "react";
import { useList } from "../api/lists";
import { go, usePlace, useQuery } from "../app/router";
import { useText } from "../i18n";
import { act } from "../kit/action/action";
import { NameList } from "../kit/detail/NameList";
import { RowMenu } from "../kit/detail/RowMenu";
import { Find } from "../kit/Find";
import { PageHead } from "../kit/PageHead";
import { Tabs } from "../kit/Tabs";
import { ResourceTable } from "../kit/table/ResourceTable";
import { BlockList, SpaceMutes } from "../spaces/People";
import { type User, useUserColumns } from "../users/columns";
import { Blocks } from "../users/tabs/Contacts";
import { useMuteText } from "../users/tabs/Overview";

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
          { key: "blocks", label: t.moderation.blocks },
          { key: "banned", label: t.moderation.banned },
          { key: "admins", label: t.moderation.superAdmins },
        ]}
      >
        {tab === "banned" ? <Banned /> : tab === "admins" ? <SuperAdmins /> : tab === "blocks" ? <BlockLists /> : <MuteLists />}
      </Tabs>
    </>
  );
}

/** Mutes in the whole app, or in one group or chat room. */
function MuteLists() {
  const t = useText();
  const [kind, id, choice] = useWhere({ app: t.moderation.app, groups: t.nav.groups, rooms: t.nav.rooms });
  return (
    <Flex vertical gap={12}>
      {choice}
      {kind === "app" ? <Mutes /> : id ? <SpaceMutes key={id} space={{ kind, id }} /> : <p className="note">{t.moderation.nameOne}</p>}
    </Flex>
  );
}

/** Whom a user blocks, or who is kept out of a group or chat room. */
function BlockLists() {
  const t = useText();
  const [kind, id, choice] = useWhere({ users: t.nav.users, groups: t.nav.groups, rooms: t.nav.rooms });
  return (
    <Flex vertical gap={12}>
      {choice}
      {!id ? <p className="note">{t.moderation.nameOne}</p> : kind === "users" ? <Blocks key={id} username={id} /> : <BlockList key={id} space={{ kind, id }} />}
    </Flex>
  );
}

/** Which of several kinds, and which one of them: both are in the address. */
function useWhere<Kind extends string>(kinds: Readonly<Record<Kind, string>>): [kind: Kind, id: string, choice: ReactNode] {
  const t = useText();
  const [word, setWord] = useQuery("in");
  const [id, setId] = useQuery("id");
  const all = Object.keys(kinds) as [Kind, ...Kind[]];
  const kind = all.find((one) => one === word) ?? all[0];
  const find: Readonly<Record<string, string>> = { users: t.users.find, groups: t.groups.find, rooms: t.rooms.find };
  const choice = (
    <Flex gap={8} wrap align="center">
      <Segmented
        name="where"
        value={kind}
        onChange={(next) => {
          setWord(next);
          setId("");
        }}
        options={all.map((value) => ({ value, label: kinds[value] }))}
      />
      {find[kind] && <Find key={`${kind} ${id}`} label={find[kind]} start={id} onFind={setId} />}
    </Flex>
  );
  return [kind, id, choice];
}

/** The platform lists each kind of chat by itself, and mutes that are over with 0. */
function byUser(entries: readonly MutedUser[]): readonly MutedUser[] {
  const users = new Map<string, MutedUser>();
  for (const { userid = "", username = userid, ...times } of entries) {
    const lasting = Object.entries(times).filter(([, seconds]) => seconds);
    if (lasting.length) users.set(username, { ...users.get(username), ...Object.fromEntries(lasting), username });
  }
  return [...users.values()];
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
      gather={byUser}
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
          action: { operation: "mutes.set", title: t.moderation.unmute, fixed: NOWHERE, each: { items: names, as: "username" } },
        },
      ]}
    />
  );
}

function Banned() {
  const t = useText();
  const columns = useUserColumns();
  const listing = useList<User>("users.list", USERS);
  const items = useMemo(() => listing.items.filter((user) => !user.activated), [listing.items]);
  return (
    <>
      <p className="note">{t.moderation.bannedNote}</p>
      <ResourceTable<User>
        name="deactivated"
        main
        listing={{ ...listing, items }}
        columns={columns}
        keyOf={(user) => user.username}
        onOpen={(user) => go(["users", user.username])}
        bulk={(selected, clear) => (
          <Button
            size="small"
            onClick={() =>
              void act({
                operation: "users.activate",
                title: t.users.activate,
                each: { items: selected.map((user) => user.username), as: "username", did: (names) => listing.patch((user) => (names.includes(user.username) ? { ...user, activated: true } : user)) },
              }).then((begun) => begun && clear())
            }
          >
            {t.users.activate}
          </Button>
        )}
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
