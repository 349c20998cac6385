import { Typography } from "antd";
import { useText } from "../i18n";
import { endOf, useDecoded } from "./use-decoded";

/** What a pasted token is, in a line: for which app, and for how long, or why it will not do. */
export default function TokenNote({ text, app }: { text: string; app: string | undefined }) {
  const t = useText();
  const read = useDecoded(text);
  if (read === undefined || read === "opaque") return null;
  if (read === "malformed") return <Typography.Text type="danger">{t.tokens.malformed}</Typography.Text>;
  const { token } = read;
  const left = endOf(token) - Date.now();
  if (left <= 0) return <Typography.Text type="danger">{t.tokens.expired(t.durations.of(-left))}</Typography.Text>;
  if (app && app !== token.appId) return <Typography.Text type="danger">{t.tokens.notThisApp}</Typography.Text>;
  if (token.kind !== "app") return <Typography.Text type="warning">{t.tokens.notForApp}</Typography.Text>;
  return <Typography.Text type="success">{t.tokens.appTokenFor(token.appId, t.durations.of(left))}</Typography.Text>;
}
