import { App } from "antd";
import { useCallback } from "react";
import { failureOf } from "../api/failure";
import { ErrorBox } from "./ErrorBox";
import { useText } from "../i18n";

/** Says that something worked, or shows why it failed. */
export function useNotify() {
  const { message, modal } = App.useApp();
  const t = useText();
  const done = useCallback((text: string) => void message.success(text), [message]);
  const failed = useCallback(
    (thrown: unknown) =>
      void modal.info({ icon: null, closable: true, width: 560, okText: t.common.close, content: <ErrorBox failure={failureOf(thrown)} /> }),
    [modal, t],
  );
  return { done, failed };
}
