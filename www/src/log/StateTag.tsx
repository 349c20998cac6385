import { Tag } from "antd";
import { useText } from "../i18n";
import type { Entry } from "./store";

/** How a call ended, in a word. */
export function StateTag({ entry }: { entry: Entry }) {
  const t = useText();
  if (entry.state === "pending") return <Tag variant="outlined">{t.log.pending}</Tag>;
  return (
    <Tag variant="outlined" color={entry.state === "ok" ? "success" : "error"}>
      {entry.status ?? (entry.failure ? t.errors.kinds[entry.failure.kind] : t.log.noAnswer)}
    </Tag>
  );
}
