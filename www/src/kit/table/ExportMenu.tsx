import { Button, Dropdown } from "antd";
import { useText } from "../../i18n";
import { DownloadOutlined } from "../icons";

export type Format = "csv" | "jsonl";

/** Offers a list as a file. */
export function ExportMenu({ onExport }: { onExport: (format: Format) => void }) {
  const t = useText();
  const items = [
    { key: "csv", label: t.list.exportCsv, onClick: () => onExport("csv") },
    { key: "jsonl", label: t.list.exportJsonl, onClick: () => onExport("jsonl") },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button type="text" icon={<DownloadOutlined />} aria-label={t.list.export} title={t.list.export} />
    </Dropdown>
  );
}
