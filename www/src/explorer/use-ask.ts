import { App } from "antd";
import type { Operation } from "../api/catalog";
import { reads } from "../api/reads";
import { guarded } from "../app/Lock";
import { useText } from "../i18n";

/** Sends a call, but asks before it deletes something, and before anything is changed in a read-only session. */
export function useAskToSend(operation: Operation, send: () => void): () => void {
  const t = useText();
  const { modal } = App.useApp();
  const ask = () =>
    void modal.confirm({
      title: t.explorer.confirmTitle(operation.id),
      content: t.explorer.confirmWhy,
      okText: t.explorer.send,
      okButtonProps: { danger: true },
      onOk: send,
    });
  return () => {
    if (reads(operation.id)) send();
    else guarded(operation.method === "DELETE" ? ask : send);
  };
}
