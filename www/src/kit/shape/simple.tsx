import { Input, InputNumber, Select } from "antd";
import { useText } from "../../i18n";
import { usePlainStyle } from "./style";
import type { InputProps } from "./types";

const textOf = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** Above so many characters a text gets more than a line. */
const LONG = 200;
const LONG_NAMES = /^(msg|custom|announcement|description|content|ext|.*_pattern)$/;

export function TextInput({ value, onChange, id, field }: InputProps) {
  const shared = {
    id,
    value: textOf(value),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value === "" ? undefined : event.target.value),
    autoComplete: "off",
    spellCheck: false,
    "aria-required": field.required,
    "aria-describedby": `${id}-doc`,
  };
  const long = (field.max ?? 0) > LONG || LONG_NAMES.test(field.name);
  return long ? <Input.TextArea {...shared} autoSize={{ minRows: 1, maxRows: 8 }} /> : <Input {...shared} />;
}

export function SecretInput({ value, onChange, id, field }: InputProps) {
  return (
    <Input.Password
      id={id}
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      autoComplete="new-password"
      aria-required={field.required}
      aria-describedby={`${id}-doc`}
    />
  );
}

export function NumberInput({ value, onChange, id, field, shape }: InputProps) {
  return (
    <InputNumber
      id={id}
      value={typeof value === "number" ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      precision={shape.kind === "integer" ? 0 : undefined}
      placeholder={field.default === undefined ? undefined : String(field.default)}
      aria-required={field.required}
      aria-describedby={`${id}-doc`}
      style={{ width: "100%", maxWidth: 260 }}
    />
  );
}

export function BooleanInput({ value, onChange, id, field }: InputProps) {
  const t = useText();
  const plain = usePlainStyle();
  return (
    <Select
      id={id}
      value={typeof value === "boolean" ? String(value) : undefined}
      onChange={(next: string | undefined) => onChange(next === undefined ? undefined : next === "true")}
      options={[
        { value: "true", label: plain ? t.common.yes : "true" },
        { value: "false", label: plain ? t.common.no : "false" },
      ]}
      placeholder={t.explorer.unset}
      allowClear={!field.required}
      aria-required={field.required}
      style={{ width: "100%", maxWidth: 260 }}
    />
  );
}
