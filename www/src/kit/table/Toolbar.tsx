import { ReloadOutlined, SettingOutlined } from "../icons";
import { Button, Checkbox, Flex, Popover, Typography } from "antd";
import type { ReactNode } from "react";
import { useText } from "../../i18n";
import { FilterInput } from "../FilterInput";
import { usePopupFocus } from "../use-popup-focus";
import { ExportMenu, type Format } from "./ExportMenu";

interface Props {
  filter: string;
  onFilter: (filter: string) => void;
  counter: string;
  columns: readonly { key: string; title: string }[];
  shown: readonly string[];
  onShown: (keys: readonly string[]) => void;
  onExport: (format: Format) => void;
  onReload: () => void;
  extra?: ReactNode;
}

/** What stands over a list: its filter, its count, its columns and its export. */
export function Toolbar({ filter, onFilter, counter, columns, shown, onShown, onExport, onReload, extra }: Props) {
  const t = useText();
  return (
    <Flex gap={8} align="center" wrap className="toolbar">
      <FilterInput label={t.list.filterLoaded} value={filter} onChange={onFilter} style={{ flex: "1 1 200px", maxWidth: 320 }} />
      {extra}
      <Typography.Text type="secondary" role="status" style={{ flex: "1 0 auto" }}>
        {counter}
      </Typography.Text>
      <Flex gap={4}>
        <Popover
          {...usePopupFocus()}
          trigger="click"
          placement="bottomRight"
          title={t.list.columns}
          content={
            <Checkbox.Group
              className="stack"
              value={[...shown]}
              onChange={onShown}
              options={columns.map(({ key, title }) => ({ value: key, label: title }))}
            />
          }
        >
          <Button type="text" icon={<SettingOutlined />} aria-label={t.list.columns} title={t.list.columns} />
        </Popover>
        <ExportMenu onExport={onExport} />
        <Button type="text" icon={<ReloadOutlined />} aria-label={t.common.reload} title={t.common.reload} onClick={onReload} />
      </Flex>
    </Flex>
  );
}
