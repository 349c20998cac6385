import { Tag } from "antd";
import { placeOf, session } from "../api/session";
import { useText } from "../i18n";

const COLOURS = { production: "error", test: "warning", sandbox: "success", demo: "processing" } as const;

/** A strip across the page that tells production from the rest; production says so in words. */
export function EnvironmentStrip() {
  const t = useText();
  const now = session.use();
  if (!now) return null;
  const place = placeOf(now);
  if (place !== "production") return <div className={`strip strip-${place}`} aria-hidden />;
  return (
    <div className={`strip strip-production${now.unlocked ? " strip-open" : ""}`} role="status">
      {t.environments.productionNote(now.profile.app, now.unlocked)}
    </div>
  );
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
