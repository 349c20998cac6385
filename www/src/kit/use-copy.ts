import { App } from "antd";
import { useText } from "../i18n";

/** Puts a text on the clipboard, and says whether that worked: some browsers forbid it, and pages without TLS have none. */
export function useCopy(): (text: string) => Promise<void> {
  const t = useText();
  const { message } = App.useApp();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      message.success(t.common.copied);
    } catch {
      message.error(t.common.notCopied);
    }
  };
}
