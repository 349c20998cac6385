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
  ExperimentOutlined as Experiment,
  GlobalOutlined as Global,
  ImportOutlined as Import,
  LockOutlined as Lock,
  MenuOutlined as Menu,
  MoonOutlined as Moon,
  MoreOutlined as More,
  PauseOutlined as Pause,
  PlusOutlined as Plus,
  QuestionCircleOutlined as QuestionCircle,
  RedoOutlined as Redo,
  ReloadOutlined as Reload,
  SafetyOutlined as Safety,
  SearchOutlined as Search,
  SendOutlined as Send,
  SettingOutlined as Setting,
  StopOutlined as Stop,
  SunOutlined as Sun,
  TeamOutlined as Team,
  UnlockOutlined as Unlock,
  UnorderedListOutlined as UnorderedList,
  UploadOutlined as Upload,
  UserOutlined as User,
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
export const ExperimentOutlined = quiet(Experiment);
export const GlobalOutlined = quiet(Global);
export const ImportOutlined = quiet(Import);
export const LockOutlined = quiet(Lock);
export const MenuOutlined = quiet(Menu);
export const MoonOutlined = quiet(Moon);
export const MoreOutlined = quiet(More);
export const PauseOutlined = quiet(Pause);
export const PlusOutlined = quiet(Plus);
export const QuestionCircleOutlined = quiet(QuestionCircle);
export const RedoOutlined = quiet(Redo);
export const ReloadOutlined = quiet(Reload);
export const SafetyOutlined = quiet(Safety);
export const SearchOutlined = quiet(Search);
export const SendOutlined = quiet(Send);
export const SettingOutlined = quiet(Setting);
export const StopOutlined = quiet(Stop);
export const SunOutlined = quiet(Sun);
export const TeamOutlined = quiet(Team);
export const UnlockOutlined = quiet(Unlock);
export const UnorderedListOutlined = quiet(UnorderedList);
export const UploadOutlined = quiet(Upload);
export const UserOutlined = quiet(User);
