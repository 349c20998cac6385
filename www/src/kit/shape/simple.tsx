import { Input, InputNumber, Select } from "antd";
import { useText } from "../../i18n";
import { usePlainStyle } from "./style";
import { type InputProps, spokenOf } from "./types";

const textOf = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** Above so many characters a text gets more than a line. */
const LONG = 200;
const LONG_NAMES = /^(msg|custom|announcement|description|content|ext|.*_pattern)$/;

export function TextInput({ value, onChange, id, field, invalid }: InputProps) {
  const shared = {
    id,
    value: textOf(value),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value === "" ? undefined : event.target.value),
    autoComplete: "off",
    spellCheck: false,
    ...spokenOf({ id, field, invalid }),
  };
  const long = (field.max ?? 0) > LONG || LONG_NAMES.test(field.name);
  return long ? <Input.TextArea {...shared} autoSize={{ minRows: 1, maxRows: 8 }} /> : <Input {...shared} />;
}

export function SecretInput({ value, onChange, id, field, invalid }: InputProps) {
  return (
    <Input.Password
      id={id}
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      autoComplete="new-password"
      {...spokenOf({ id, field, invalid })}
    />
  );
}

export function NumberInput({ value, onChange, id, field, shape, invalid }: InputProps) {
  return (
    <InputNumber
      id={id}
      value={typeof value === "number" ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      precision={shape.kind === "integer" ? 0 : undefined}
      placeholder={field.default === undefined ? undefined : String(field.default)}
      {...spokenOf({ id, field, invalid })}
      style={{ width: "100%", maxWidth: 260 }}
    />
  );
}

export function BooleanInput({ value, onChange, id, field, invalid }: InputProps) {
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
      placeholder={plain ? t.common.notSet : t.explorer.unset}
      allowClear={!field.required}
      {...spokenOf({ id, field, invalid })}
      style={{ width: "100%", maxWidth: 260 }}
    />
  );
}
