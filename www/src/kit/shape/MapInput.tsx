import { CloseOutlined, PlusOutlined } from "../icons";
import { Button, Flex, Input } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../../i18n";
import { type InputProps, membersOf, spokenOf } from "./types";

type Row = readonly [name: string, text: string];

const rowsOf = (value: unknown): readonly Row[] => Object.entries(membersOf(value)).map(([name, text]): Row => [name, String(text)]);

const valueOf = (rows: readonly Row[]): Record<string, string> | undefined => {
  const named = rows.filter(([name]) => name !== "");
  return named.length ? Object.fromEntries(named) : undefined;
};

/** Names and texts, one below the other. */
export function MapInput({ value, onChange, id, field, invalid }: InputProps) {
  const t = useText();
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(value));
  useEffect(() => {
    // Only when the value changes from outside: a row without a name yet is not in it.
    if (JSON.stringify(valueOf(rows)) !== JSON.stringify(value)) setRows(rowsOf(value));
  }, [value]);
  const change = (next: readonly Row[]) => {
    setRows(next);
    onChange(valueOf(next));
  };
  const edit = (at: number, row: Row) => change(rows.map((old, i) => (i === at ? row : old)));
  return (
    <Flex vertical gap={6}>
      {rows.map(([name, text], i) => (
        <Flex key={i} gap={6}>
          <Input value={name} onChange={(event) => edit(i, [event.target.value, text])} aria-label={t.map.name(i + 1)} placeholder={t.map.namePlaceholder} spellCheck={false} style={{ flex: "1 1 35%" }} />
          <Input value={text} onChange={(event) => edit(i, [name, event.target.value])} aria-label={t.map.value(i + 1)} placeholder={t.map.valuePlaceholder} spellCheck={false} style={{ flex: "1 1 65%" }} />
          <Button type="text" icon={<CloseOutlined />} aria-label={t.map.remove(i + 1)} onClick={() => change(rows.filter((_, j) => j !== i))} />
        </Flex>
      ))}
      <div>
        <Button id={id} size="small" icon={<PlusOutlined />} onClick={() => setRows([...rows, ["", ""]])} danger={invalid} aria-label={t.explorer.addTo(t.parameters.called(field.name))} aria-describedby={spokenOf({ id, field, invalid })["aria-describedby"]}>
          {t.explorer.add}
        </Button>
      </div>
    </Flex>
  );
}
