import { Popconfirm } from "antd";
import type { ReactNode } from "react";
import { usePopupFocus } from "./use-popup-focus";

interface Props {
  title: string;
  /** What the button says that does it. */
  okText: string;
  onConfirm: () => void;
  /** The button that asks. */
  children: ReactNode;
}

/** Asks, beside its button, before it does something that cannot be undone. */
export function Ask(props: Props) {
  return <Popconfirm placement="bottomRight" okButtonProps={{ danger: true }} {...usePopupFocus()} {...props} />;
}
