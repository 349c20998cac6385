import { Collapse, InputNumber, Select } from "antd";
import type { Operation } from "../api/catalog";
import { useText } from "../i18n";

/** What one call may set for itself. */
export interface CallSettings {
  /** Milliseconds. */
  timeout?: number;
  retries?: number;
  /** The method of an older form. */
  form?: string;
}

/** The settings of a call that are no parameters. */
export function SendOptions({ operation, value, onChange }: { operation: Operation; value: CallSettings; onChange: (value: CallSettings) => void }) {
  const t = useText();
  const forms = [
    { value: "", label: t.explorer.current },
    ...operation.forms.map((f) => ({ value: f.method, label: t.explorer.older(f.method, f.path) })),
  ];
  const fields = (
    <div className="options">
      <label htmlFor="option-timeout">{t.explorer.timeout}</label>
      <InputNumber
        id="option-timeout"
        min={0.1}
        max={600}
        placeholder="30"
        value={value.timeout === undefined ? null : value.timeout / 1000}
        onChange={(seconds) => onChange({ ...value, timeout: seconds === null ? undefined : seconds * 1000 })}
      />
      <label htmlFor="option-retries">{t.explorer.retries}</label>
      <InputNumber
        id="option-retries"
        min={0}
        max={10}
        precision={0}
        placeholder="2"
        value={value.retries ?? null}
        onChange={(retries) => onChange({ ...value, retries: retries ?? undefined })}
      />
      {operation.forms.length > 0 && (
        <>
          <label htmlFor="option-form">{t.explorer.formOf}</label>
          <Select id="option-form" options={forms} value={value.form ?? ""} onChange={(form) => onChange({ ...value, form: form || undefined })} />
        </>
      )}
    </div>
  );
  return <Collapse size="small" ghost items={[{ key: "options", label: t.explorer.options, children: fields }]} />;
}
