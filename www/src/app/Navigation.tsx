import { Menu } from "antd";
import { session } from "../api/session";
import { useText } from "../i18n";
import { HOME, PLACES } from "./places";
import { go, href, usePlace } from "./router";

const SECTIONS = ["manage", "send", "tools"] as const;

/** The menu of places. */
export function Navigation() {
  const t = useText();
  const now = session.use();
  const here = usePlace().path[0] ?? HOME;
  const items = SECTIONS.map((section) => ({
    type: "group" as const,
    key: section,
    label: t.nav[section],
    children: PLACES.filter((p) => p.section === section && (!now || (p.when?.(now) ?? true))).map((p) => ({
      key: p.path,
      icon: p.icon,
      label: (
        <a href={href([p.path])} tabIndex={-1}>
          {t.nav[p.name]}
        </a>
      ),
    })),
  })).filter((section) => section.children.length > 0);
  return (
    <nav aria-label={t.common.menu}>
      <Menu mode="inline" selectedKeys={[here]} items={items} onClick={({ key }) => go([key])} style={{ border: 0 }} />
    </nav>
  );
}
