import { Button, Dropdown } from "antd";
import { useText } from "../../i18n";
import { type Action, act } from "../action/action";
import { MoreOutlined } from "../icons";

/** A line of a menu: an action of one operation, or something else to do. */
export type MenuLine = { label: string; danger?: boolean } & ({ action: Action; then?: () => void } | { onClick: () => void });

export function menuItems(lines: readonly (MenuLine | undefined)[]) {
  return lines
    .filter((line) => line !== undefined)
    .map((line, key) => ({ key, label: line.label, danger: line.danger ?? false, onClick: () => void choose(line) }));
}

async function choose(line: MenuLine): Promise<void> {
  if ("onClick" in line) return line.onClick();
  if (await act(line.action)) line.then?.();
}

/** The menu at the end of a row. */
export function RowMenu({ name, lines }: { name: string; lines: readonly (MenuLine | undefined)[] }) {
  const t = useText();
  const items = menuItems(lines);
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t.list.actionsFor(name)} />
    </Dropdown>
  );
}
