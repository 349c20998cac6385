import type { Text } from "../i18n/en";
import type { Action } from "../kit/action/action";
import type { MenuLine } from "../kit/detail/RowMenu";
import type { User } from "./columns";

type Changed = (next: User | undefined) => void;

/** What can be done with one user. */
export function userActions(user: User, t: Text, changed: Changed, more: { message: () => void; token: () => void }): MenuLine[] {
  const { username } = user;
  const fixed = { username };
  const { users } = t;
  const line = (label: string, action: Omit<Action, "title" | "fixed">, then?: () => void): MenuLine => ({
    label,
    danger: action.danger,
    action: { title: label, fixed, ...action },
    then,
  });
  return [
    { label: users.message, onClick: more.message, main: true },
    { ...line(users.mute, { operation: "mutes.set", start: { chat: 3600, groupchat: 3600, chatroom: 3600 }, done: () => users.done }, () => changed(user)), main: true },
    {
      ...(user.activated
        ? line(users.deactivate, { operation: "users.deactivate", why: users.deactivateWhy, danger: true, done: () => users.deactivated(username) }, () => changed({ ...user, activated: false }))
        : line(users.activate, { operation: "users.activate", done: () => users.activated(username) }, () => changed({ ...user, activated: true }))),
      main: true,
    },
    line(users.disconnect, { operation: "users.disconnect", why: users.disconnectWhy, danger: true, done: () => users.done }, () => changed(user)),
    line(users.setPassword, { operation: "users.setPassword", done: () => users.done }),
    { label: users.token, onClick: more.token },
    line(users.delete, { operation: "users.delete", why: users.deleteWhy, typed: username, danger: true, done: () => users.deleted(username) }, () => changed(undefined)),
  ];
}

/** What can be done with many users, in a queue: the common and the rest. `changed` is told what became of those done. */
export function bulkActions(
  names: readonly string[],
  t: Text,
  changed: (names: ReadonlySet<string>, how: (user: User) => User | undefined) => void,
): [Action[], Action[]] {
  const { users } = t;
  const each = { items: names, as: "username" };
  const many = { items: names, as: "usernames" };
  const then = (how: (user: User) => User | undefined) => ({ ...each, did: (done: readonly string[]) => done.length > 0 && changed(new Set(done), how) });
  return [
    [
      { operation: "users.deactivate", title: users.deactivate, why: users.deactivateWhy, danger: true, each: then((user) => ({ ...user, activated: false })) },
      { operation: "mutes.set", title: users.mute, start: { chat: 3600, groupchat: 3600, chatroom: 3600 }, each },
    ],
    [
      { operation: "users.activate", title: users.activate, each: then((user) => ({ ...user, activated: true })) },
      { operation: "groups.members.addMany", title: users.addToGroup, each: many },
      { operation: "push.labels.addUsers", title: users.addLabel, each: many },
      { operation: "users.disconnect", title: users.disconnect, why: users.disconnectWhy, danger: true, each },
      { operation: "users.delete", title: users.delete, why: users.deleteWhy, danger: true, typed: String(names.length), each: then(() => undefined) },
    ],
  ];
}
