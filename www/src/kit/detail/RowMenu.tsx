import { Button, Dropdown, Flex } from "antd";
import { useNarrow } from "../../app/wide";
import { useText } from "../../i18n";
import { type Action, act } from "../action/action";
import { MoreOutlined } from "../icons";

/** A line of a menu: an action of one operation, or something else to do. Where there is room, the main ones are buttons. */
export type MenuLine = { label: string; danger?: boolean; main?: true } & ({ action: Action; then?: () => void } | { onClick: () => void });

async function choose(line: MenuLine, of: string): Promise<void> {
  if ("onClick" in line) return line.onClick();
  if (await act({ of, ...line.action })) line.then?.();
}

interface Props {
  /** What the lines are about. */
  name: string;
  lines: readonly (MenuLine | undefined)[];
}

/** The menu at the end of a row. */
export function RowMenu({ name, lines }: Props) {
  const t = useText();
  const items = lines
    .filter((line) => line !== undefined)
    .map((line, key) => ({ key, label: line.label, danger: line.danger ?? false, onClick: () => void choose(line, name) }));
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t.list.actionsFor(name)} />
    </Dropdown>
  );
}

/** The same at the head of a drawer: the main lines as buttons, all of them in the menu. */
export function HeadMenu({ name, lines }: Props) {
  const narrow = useNarrow();
  return (
    <Flex gap={8} align="center">
      {!narrow &&
        lines.map(
          (line) =>
            line?.main && (
              <Button key={line.label} danger={line.danger} onClick={() => void choose(line, name)}>
                {line.label}
              </Button>
            ),
        )}
      <RowMenu name={name} lines={lines} />
    </Flex>
  );
}
