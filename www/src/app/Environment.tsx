import { Tag } from "antd";
import { placeOf, session } from "../api/session";
import { useText } from "../i18n";

const COLOURS = { production: "error", test: "warning", sandbox: "success", demo: "processing" } as const;

/** A strip across the page that tells production from the rest. */
export function EnvironmentStrip() {
  const now = session.use();
  return now ? <div className={`strip strip-${placeOf(now)}`} aria-hidden /> : null;
}

/** The environment in a word. */
export function EnvironmentTag() {
  const t = useText();
  const now = session.use();
  if (!now) return null;
  const place = placeOf(now);
  return (
    <Tag color={COLOURS[place]} variant="outlined" style={{ margin: 0 }}>
      {t.environments[place]}
    </Tag>
  );
}
