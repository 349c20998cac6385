import type { OperationId } from "agora-chat-admin";
import type { Params } from "../api/door";

/** A group or a chat room: the platform gives both the same operations, under two names. */
export interface Space {
  kind: "groups" | "rooms";
  id: string;
}

/** The parameter that names it. */
export const self = ({ kind, id }: Space): Params => (kind === "groups" ? { group_id: id } : { chatroom_id: id });

type Shared =
  | "update"
  | "transferOwnership"
  | "delete"
  | "announcement.get"
  | "announcement.set"
  | "members.list"
  | "members.addMany"
  | "members.remove"
  | "members.removeMany"
  | "admins.list"
  | "admins.add"
  | "admins.remove"
  | "mutes.list"
  | "mutes.add"
  | "mutes.remove"
  | "mutes.muteAll"
  | "mutes.unmuteAll"
  | "blocklist.list"
  | "blocklist.add"
  | "blocklist.addMany"
  | "blocklist.remove"
  | "blocklist.removeMany"
  | "allowlist.list"
  | "allowlist.add"
  | "allowlist.addMany"
  | "allowlist.remove";

/** The operation of that name for groups or for chat rooms. */
export const of = (space: Pick<Space, "kind">, operation: Shared): OperationId => `${space.kind}.${operation}` as const;

/** The parameter that names whom to unmute. */
export const unmuteAs = ({ kind }: Space): string => (kind === "groups" ? "member_id" : "member");
