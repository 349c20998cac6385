import type { Text } from "../i18n/en";
import type { MenuLine } from "../kit/detail/RowMenu";
import { go } from "../app/router";
import { of, self, type Space } from "./space";

/** What is known of a space when its menu opens. */
export interface Known {
  name: string;
  disabled?: boolean;
  /** Settings to begin with in the form. */
  settings?: Readonly<Record<string, unknown>>;
}

/** What can be done with a group or a chat room. */
export function spaceActions(space: Space, known: Known, t: Text, changed: () => void, gone: () => void): MenuLine[] {
  const { groups } = t;
  const fixed = self(space);
  const done = () => groups.done;
  const ban: MenuLine[] =
    space.kind === "rooms"
      ? []
      : known.disabled
        ? [{ label: groups.enable, action: { operation: "groups.enable", title: groups.enable, fixed, done }, then: changed }]
        : [{ label: groups.disable, danger: true, action: { operation: "groups.disable", title: groups.disable, fixed, why: groups.disableWhy, danger: true, done }, then: changed }];
  return [
    { label: groups.message, main: true, onClick: () => go(["messages"], { kind: space.kind, to: space.id }) },
    { label: groups.update, main: true, action: { operation: of(space, "update"), title: groups.update, fixed, start: known.settings, done }, then: changed },
    { label: groups.transfer, action: { operation: of(space, "transferOwnership"), title: groups.transfer, fixed, why: groups.transferWhy, danger: true, done }, then: changed },
    { label: groups.muteAll, danger: true, action: { operation: of(space, "mutes.muteAll"), title: groups.muteAll, fixed, why: space.kind === "groups" ? groups.muteAllWhy : t.rooms.muteAllWhy, danger: true, done }, then: changed },
    { label: groups.unmuteAll, action: { operation: of(space, "mutes.unmuteAll"), title: groups.unmuteAll, fixed, done }, then: changed },
    ...ban,
    {
      label: groups.delete,
      danger: true,
      action: { operation: of(space, "delete"), title: groups.delete, fixed, why: space.kind === "groups" ? groups.deleteWhy : t.rooms.deleteWhy, typed: space.id, danger: true, done },
      then: gone,
    },
  ];
}
