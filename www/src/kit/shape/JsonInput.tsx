import { Input, Typography } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../../i18n";
import type { InputProps } from "./types";

const written = (value: unknown): string => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** A value written as JSON. While it is not JSON, the last one that was stays. */
export function JsonInput({ value, onChange, id, field, rows = 2 }: Omit<InputProps, "shape" | "models"> & { rows?: number }) {
  const t = useText();
  const [text, setText] = useState(() => written(value));
  const [bad, setBad] = useState(false);
  useEffect(() => {
    if (JSON.stringify(parsed(text)) !== JSON.stringify(value)) {
      setText(written(value));
      setBad(false);
    }
    // Only when the value changes from outside, not while typing.
  }, [value]);
  const edit = (next: string) => {
    setText(next);
    const read = parsed(next);
    setBad(read === undefined && next.trim() !== "");
    if (read !== undefined || next.trim() === "") onChange(read);
  };
  return (
    <>
      <Input.TextArea
        id={id}
        className="mono"
        value={text}
        onChange={(event) => edit(event.target.value)}
        autoSize={{ minRows: rows, maxRows: 20 }}
        placeholder={placeholder(field.type)}
        spellCheck={false}
        status={bad ? "error" : undefined}
        aria-invalid={bad}
        aria-required={field.required}
        aria-describedby={`${id}-doc`}
      />
      {bad && (
        <Typography.Text type="danger" role="status">
          {t.explorer.badJson}
        </Typography.Text>
      )}
    </>
  );
}

const placeholder = (type: string): string => (type.endsWith("[]") ? "[ ]" : type.startsWith("Record") ? '{ "key": "value" }' : "{ }");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
