// The icons of the page. They decorate: what they stand beside, or the label of their button, says it in words.
import {
  ApiOutlined as Api,
  CaretRightOutlined as CaretRight,
  CloseOutlined as Close,
  CommentOutlined as Comment,
  CopyOutlined as Copy,
  DeleteOutlined as Delete,
  DesktopOutlined as Desktop,
  DisconnectOutlined as Disconnect,
  DownloadOutlined as Download,
  EnvironmentOutlined as Environment,
  ExperimentOutlined as Experiment,
  FileOutlined as File,
  GlobalOutlined as Global,
  HistoryOutlined as History,
  ImportOutlined as Import,
  InboxOutlined as Inbox,
  KeyOutlined as Key,
  LockOutlined as Lock,
  MenuOutlined as Menu,
  MessageOutlined as Message,
  MoonOutlined as Moon,
  MoreOutlined as More,
  NotificationOutlined as Notification,
  PauseOutlined as Pause,
  PlusOutlined as Plus,
  QuestionCircleOutlined as QuestionCircle,
  RedoOutlined as Redo,
  ReloadOutlined as Reload,
  SafetyOutlined as Safety,
  SearchOutlined as Search,
  SendOutlined as Send,
  SettingOutlined as Setting,
  SoundOutlined as Sound,
  StopOutlined as Stop,
  SunOutlined as Sun,
  TeamOutlined as Team,
  ThunderboltOutlined as Thunderbolt,
  UnlockOutlined as Unlock,
  UnorderedListOutlined as UnorderedList,
  UploadOutlined as Upload,
  UserOutlined as User,
  VideoCameraOutlined as VideoCamera,
} from "@ant-design/icons";
import type { ComponentType } from "react";

type Props = { style?: React.CSSProperties };

const quiet = (Icon: ComponentType<Props & { "aria-hidden": boolean }>) =>
  function QuietIcon(props: Props) {
    return <Icon {...props} aria-hidden />;
  };

export const ApiOutlined = quiet(Api);
export const CaretRightOutlined = quiet(CaretRight);
export const CloseOutlined = quiet(Close);
export const CommentOutlined = quiet(Comment);
export const CopyOutlined = quiet(Copy);
export const DeleteOutlined = quiet(Delete);
export const DesktopOutlined = quiet(Desktop);
export const DisconnectOutlined = quiet(Disconnect);
export const DownloadOutlined = quiet(Download);
export const EnvironmentOutlined = quiet(Environment);
export const ExperimentOutlined = quiet(Experiment);
export const FileOutlined = quiet(File);
export const GlobalOutlined = quiet(Global);
export const HistoryOutlined = quiet(History);
export const ImportOutlined = quiet(Import);
export const InboxOutlined = quiet(Inbox);
export const KeyOutlined = quiet(Key);
export const LockOutlined = quiet(Lock);
export const MenuOutlined = quiet(Menu);
export const MessageOutlined = quiet(Message);
export const MoonOutlined = quiet(Moon);
export const MoreOutlined = quiet(More);
export const NotificationOutlined = quiet(Notification);
export const PauseOutlined = quiet(Pause);
export const PlusOutlined = quiet(Plus);
export const QuestionCircleOutlined = quiet(QuestionCircle);
export const RedoOutlined = quiet(Redo);
export const ReloadOutlined = quiet(Reload);
export const SafetyOutlined = quiet(Safety);
export const SearchOutlined = quiet(Search);
export const SendOutlined = quiet(Send);
export const SettingOutlined = quiet(Setting);
export const SoundOutlined = quiet(Sound);
export const StopOutlined = quiet(Stop);
export const SunOutlined = quiet(Sun);
export const TeamOutlined = quiet(Team);
export const ThunderboltOutlined = quiet(Thunderbolt);
export const UnlockOutlined = quiet(Unlock);
export const UnorderedListOutlined = quiet(UnorderedList);
export const UploadOutlined = quiet(Upload);
export const UserOutlined = quiet(User);
export const VideoCameraOutlined = quiet(VideoCamera);
