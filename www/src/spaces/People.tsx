import { useMoment, useText } from "../i18n";
import type { Action } from "../kit/action/action";
import { type Named, NameList } from "../kit/detail/NameList";
import type { MenuLine } from "../kit/detail/RowMenu";
import { of, self, type Space, unmuteAs } from "./space";

const HOUR = 3_600_000;

/** Action of this space, with its ID filled in. */
function useAction(space: Space) {
  const t = useText();
  return (operation: Parameters<typeof of>[1], title: string, more: Partial<Action> = {}): Action => ({
    operation: of(space, operation),
    title,
    done: () => t.groups.done,
    ...more,
    fixed: { ...self(space), ...more.fixed },
  });
}

const line = (action: Action): MenuLine => ({ label: action.title, danger: action.danger, action });
const over = (items: readonly string[], as: string) => ({ each: { items, as }, done: undefined });

interface Member {
  owner?: string;
  member?: string;
}

/** The members, and what can be done with them. */
export function Members({ space }: { space: Space }) {
  const t = useText();
  const { groups } = t;
  const action = useAction(space);
  const onOne = (name: string): MenuLine[] => [
    line(action("mutes.add", groups.mute, { fixed: { usernames: [name] }, start: { mute_duration: HOUR } })),
    line(action("admins.add", groups.makeAdmin, { fixed: { newadmin: name } })),
    line(action("allowlist.add", groups.allow, { fixed: { username: name } })),
    line(action("blocklist.add", groups.block, { fixed: { username: name }, danger: true })),
    line(action("members.remove", groups.remove, { fixed: { username: name }, ask: [], danger: true })),
  ];
  return (
    <NameList<Member>
      operation={of(space, "members.list")}
      params={{ ...self(space), pagesize: 100 }}
      file={`${space.id}-members`}
      row={(member) => ({ name: member.owner ?? member.member ?? "", note: member.owner ? groups.owns : "" })}
      noteTitle={groups.role}
      head={[action("members.addMany", groups.add), action("mutes.add", groups.muteMembers, { start: { mute_duration: HOUR } })]}
      actions={(member) => (member.note ? [] : onOne(member.name))}
      bulk={(names) =>
        [
          action("mutes.add", groups.mute, { start: { mute_duration: HOUR }, ...over(names, "usernames") }),
          action("blocklist.addMany", groups.block, { danger: true, ...over(names, "usernames") }),
          action("members.removeMany", groups.remove, { danger: true, ask: [], ...over(names, "usernames") }),
        ].map((a) => ({ label: a.title, danger: a.danger, action: a }))
      }
    />
  );
}

/** The admins. */
export function Admins({ space }: { space: Space }) {
  const { groups } = useText();
  const action = useAction(space);
  return (
    <NameList
      operation={of(space, "admins.list")}
      params={self(space)}
      file={`${space.id}-admins`}
      head={[action("admins.add", groups.addAdmin)]}
      actions={({ name }) => [line(action("admins.remove", groups.dropAdmin, { fixed: { oldadmin: name } }))]}
      bulk={(names) => {
        const drop = action("admins.remove", groups.dropAdmin, over(names, "oldadmin"));
        return [{ label: drop.title, action: drop }];
      }}
    />
  );
}

interface Mute {
  user: string;
  expire: number;
}

/** Who is muted, and until when. */
export function SpaceMutes({ space }: { space: Space }) {
  const { groups } = useText();
  const moment = useMoment();
  const action = useAction(space);
  const row = ({ user, expire }: Mute): Named => ({ name: user, note: expire === -1 ? groups.forever : moment(expire), rank: expire === -1 ? Infinity : expire });
  return (
    <NameList<Mute>
      operation={of(space, "mutes.list")}
      params={self(space)}
      file={`${space.id}-mutes`}
      row={row}
      noteTitle={groups.mutedUntil}
      head={[
        action("mutes.add", groups.muteMembers, { start: { mute_duration: HOUR } }),
        action("mutes.muteAll", groups.muteAll, { danger: true }),
        action("mutes.unmuteAll", groups.unmuteAll),
      ]}
      actions={({ name }) => [line(action("mutes.remove", groups.unmute, { fixed: { [unmuteAs(space)]: [name] } }))]}
      bulk={(names) => {
        const unmute = action("mutes.remove", groups.unmute, over(names, unmuteAs(space)));
        return [{ label: unmute.title, action: unmute }];
      }}
    />
  );
}

/** Who is kept out. */
export function BlockList({ space }: { space: Space }) {
  const { groups } = useText();
  const action = useAction(space);
  return (
    <NameList
      operation={of(space, "blocklist.list")}
      params={self(space)}
      file={`${space.id}-blocks`}
      head={[action("blocklist.addMany", groups.blockMembers)]}
      actions={({ name }) => [line(action("blocklist.remove", groups.unblock, { fixed: { username: name } }))]}
      bulk={(names) => {
        const unblock = action("blocklist.removeMany", groups.unblock, over(names, "usernames"));
        return [{ label: unblock.title, action: unblock }];
      }}
    />
  );
}

/** Who may send though everyone is muted. */
export function AllowList({ space }: { space: Space }) {
  const { groups } = useText();
  const action = useAction(space);
  return (
    <NameList
      operation={of(space, "allowlist.list")}
      params={self(space)}
      file={`${space.id}-allowed`}
      head={[action("allowlist.addMany", groups.allow)]}
      actions={({ name }) => [line(action("allowlist.remove", groups.disallow, { fixed: { username: [name] } }))]}
      bulk={(names) => {
        const disallow = action("allowlist.remove", groups.disallow, over(names, "username"));
        return [{ label: disallow.title, action: disallow }];
      }}
    />
  );
}
