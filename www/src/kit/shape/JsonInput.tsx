import { Input, Typography } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../../i18n";
import { Unreadable } from "./faults";
import { usePlainStyle } from "./style";
import type { InputProps } from "./types";

const written = (value: unknown): string =>
  value instanceof Unreadable ? value.text : value === undefined ? "" : JSON.stringify(value, null, 2);

/** A value written as JSON. While it is not JSON, the last one that was stays; a form for people does not send that. */
export function JsonInput({ value, onChange, id, field, invalid, rows = 2 }: Omit<InputProps, "shape" | "models"> & { rows?: number }) {
  const t = useText();
  const plain = usePlainStyle();
  const [text, setText] = useState(() => written(value));
  const [bad, setBad] = useState(false);
  useEffect(() => {
    if (value instanceof Unreadable) return;
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
    else if (plain) onChange(new Unreadable(next));
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
        status={bad || invalid ? "error" : undefined}
        aria-invalid={bad || invalid}
        aria-required={field.required}
        aria-describedby={`${id}-doc`}
      />
      {bad && !plain && (
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
