import { Modal, Typography } from "antd";
import { Fragment } from "react";
import { session } from "../api/session";
import { useText } from "../i18n";
import { PLACES } from "./places";

/** What the keyboard does. */
export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText();
  const now = session.use();
  const places = now ? PLACES.filter((p) => p.when?.(now) ?? true) : [];
  const rows: [keys: string[], does: string][] = [
    [["/"], t.keys.search],
    [["?"], t.keys.help],
    [["Esc"], t.keys.escape],
    [["↑", "↓"], t.keys.arrows],
    [["Ctrl", "Enter"], t.keys.submit],
    ...places.map((p): [string[], string] => [["g", p.key], t.keys.goTo(t.nav[p.name])]),
  ];
  return (
    <Modal title={t.keys.title} open={open} onCancel={onClose} footer={null} destroyOnHidden>
      <dl className="keys">
        {rows.map(([keys, does]) => (
          <Fragment key={does}>
            <dt>
              {keys.map((key) => (
                <Typography.Text key={key} keyboard>
                  {key}
                </Typography.Text>
              ))}
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}
