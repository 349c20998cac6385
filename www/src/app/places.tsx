import { ApiOutlined, CommentOutlined, SafetyOutlined, TeamOutlined, UnorderedListOutlined, UserOutlined } from "../kit/icons";
import { type ComponentType, lazy, type ReactNode } from "react";
import type { Session } from "../api/session";
import type { Text } from "../i18n/en";

/** A place of the page, as the menu and the address name it. */
export interface PlaceInfo {
  /** The first part of the address. */
  path: string;
  name: keyof Text["nav"];
  section: "manage" | "send" | "tools";
  icon: ReactNode;
  /** Pressed after `g` it leads there. */
  key: string;
  page: ComponentType;
  /** Whether this session has the place; all have it if left out. */
  when?: (session: Session) => boolean;
}

/** Every place, in the menu's order; each is loaded when opened. */
export const PLACES: readonly PlaceInfo[] = [
  { path: "users", name: "users", section: "manage", icon: <UserOutlined />, key: "u", page: lazy(() => import("../users/Users")) },
  { path: "groups", name: "groups", section: "manage", icon: <TeamOutlined />, key: "g", page: lazy(() => import("../spaces/Groups")) },
  { path: "rooms", name: "rooms", section: "manage", icon: <CommentOutlined />, key: "r", page: lazy(() => import("../spaces/Rooms")) },
  { path: "moderation", name: "moderation", section: "manage", icon: <SafetyOutlined />, key: "m", page: lazy(() => import("../moderation/Moderation")) },
  { path: "explorer", name: "explorer", section: "tools", icon: <ApiOutlined />, key: "e", page: lazy(() => import("../explorer/Explorer")) },
  { path: "log", name: "log", section: "tools", icon: <UnorderedListOutlined />, key: "l", page: lazy(() => import("../log/Log")) },
];

export const HOME = "users";
