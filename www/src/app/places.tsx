import {
  ApiOutlined,
  CommentOutlined,
  ExperimentOutlined,
  FileOutlined,
  HistoryOutlined,
  KeyOutlined,
  MessageOutlined,
  NotificationOutlined,
  SafetyOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from "../kit/icons";
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
  /** Whether it needs no connection. */
  open?: true;
}

/** Every place, in the menu's order; each is loaded when opened. */
export const PLACES: readonly PlaceInfo[] = [
  { path: "users", name: "users", section: "manage", icon: <UserOutlined />, key: "u", page: lazy(() => import("../users/Users")) },
  { path: "groups", name: "groups", section: "manage", icon: <TeamOutlined />, key: "g", page: lazy(() => import("../spaces/Groups")) },
  { path: "rooms", name: "rooms", section: "manage", icon: <CommentOutlined />, key: "r", page: lazy(() => import("../spaces/Rooms")) },
  { path: "moderation", name: "moderation", section: "manage", icon: <SafetyOutlined />, key: "m", page: lazy(() => import("../moderation/Moderation")) },
  { path: "messages", name: "messages", section: "send", icon: <MessageOutlined />, key: "c", page: lazy(() => import("../messages/Compose")) },
  { path: "history", name: "history", section: "send", icon: <HistoryOutlined />, key: "h", page: lazy(() => import("../messages/History")) },
  { path: "push", name: "push", section: "send", icon: <NotificationOutlined />, key: "p", page: lazy(() => import("../push/Push")) },
  { path: "files", name: "files", section: "send", icon: <FileOutlined />, key: "f", page: lazy(() => import("../files/Files")) },
  { path: "explorer", name: "explorer", section: "tools", icon: <ApiOutlined />, key: "e", page: lazy(() => import("../explorer/Explorer")) },
  { path: "log", name: "log", section: "tools", icon: <UnorderedListOutlined />, key: "l", page: lazy(() => import("../log/Log")) },
  { path: "tokens", name: "tokens", section: "tools", icon: <KeyOutlined />, key: "t", page: lazy(() => import("../tokens/Tokens")), open: true },
  { path: "sandbox", name: "sandbox", section: "tools", icon: <ExperimentOutlined />, key: "s", page: lazy(() => import("../sandbox/Sandbox")), when: (session) => session.sandbox },
];

export const HOME = "users";
