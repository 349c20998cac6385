import { Input } from "antd";

/** Opens something by its exact ID, whether a list has it loaded or not. */
export function Find({ label, start, onFind }: { label: string; start?: string; onFind: (id: string) => void }) {
  return (
    <Input.Search
      placeholder={label}
      aria-label={label}
      allowClear
      defaultValue={start}
      onSearch={(text) => text.trim() && onFind(text.trim())}
      style={{ width: 240 }}
      spellCheck={false}
    />
  );
}
