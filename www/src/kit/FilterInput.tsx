import { Input } from "antd";
import type { CSSProperties } from "react";
import { SearchOutlined } from "./icons";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  style?: CSSProperties;
}

/** Where a list is filtered by what one types; `/` leads to it. */
export function FilterInput({ label, value, onChange, style }: Props) {
  return (
    <Input
      allowClear
      data-search
      prefix={<SearchOutlined />}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(e) => onChange(e.target.value)}
      style={{ flex: "1 1 220px", maxWidth: 360, ...style }}
    />
  );
}
