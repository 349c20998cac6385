import { Typography } from "antd";
import type { ReactNode } from "react";
import type { Catalog, Field, Parameter } from "../../api/catalog";
import { useText } from "../../i18n";
import { useDoc } from "../../i18n/docs";
import { ProseLine } from "../Prose";
import { DurationInput, durationUnit, isDuration } from "./DurationInput";
import { faultOf, faultText, isExcess } from "./faults";
import { ShapeInput } from "./ShapeInput";
import { usePlain } from "./style";

interface Props {
  field: Field | Parameter;
  value: unknown;
  onChange: (value: unknown) => void;
  id: string;
  models: Catalog["models"];
  /** An input of another kind than the shape's own. */
  children?: ReactNode;
}

/** A parameter: its name, what it is, and the input. */
export function FieldRow({ field, value, onChange, id, models, children }: Props) {
  const t = useText();
  const plain = usePlain();
  const found = plain && faultOf(field, value);
  const fault = found && (plain.tried || isExcess(found)) ? found : undefined;
  const limits = plain && isDuration(field) ? "" : limitsOf(plain ? withoutTrifles(field) : field, t.explorer);
  const label = t.parameters.called(field.name);
  const doc = useDoc()(field.doc);
  const beside = t.parameters.beside(field.name);
  const star = field.required && (
    <Typography.Text type="danger" title={t.common.required} aria-hidden>
      {" *"}
    </Typography.Text>
  );
  return (
    <div className="field">
      <div className="field-head">
        {plain ? (
          <label htmlFor={id}>
            {label}
            {star}
          </label>
        ) : (
          <>
            <label htmlFor={id} className="mono">
              {field.name}
              {star}
            </label>
            {beside && <span>{beside}</span>}
            <Typography.Text type="secondary" className="mono">
              {field.type}
              {"place" in field && ` · ${t.explorer.places[field.place]}`}
            </Typography.Text>
          </>
        )}
        {limits && <Typography.Text type="secondary">{limits}</Typography.Text>}
      </div>
      {children ??
        (plain && isDuration(field) ? (
          <DurationInput value={value} onChange={onChange} id={id} unit={durationUnit(field)} />
        ) : (
          <ShapeInput shape={field.shape} value={value} onChange={onChange} id={id} field={field} models={models} invalid={fault !== undefined} />
        ))}
      {fault && (
        <Typography.Text type="danger" id={`${id}-fault`} className="field-doc">
          {faultText(fault, t)}
        </Typography.Text>
      )}
      {!(plain && (isDuration(field) || says(doc.text, label))) && (
        <Typography.Text type="secondary" id={`${id}-doc`} className="field-doc">
          <ProseLine text={field.doc} />
        </Typography.Text>
      )}
    </div>
  );
}

/** Whether a description says no more than the label. */
const says = (doc: string, label: string): boolean => bare(doc) === bare(label);
const bare = (text: string): string => text.replace(/^(the|an?) /i, "").replace(/[.。]$/, "").toLowerCase();

/** That something must not be empty need not be told to people. */
const withoutTrifles = (field: Field): Field => (field.min !== undefined && field.min <= 1 ? { ...field, min: undefined } : field);

type LimitWords = { min: (n: number) => string; max: (n: number) => string; default: (n: number) => string };

function limitsOf({ min, max, default: usual }: Field, words: LimitWords): string {
  return [min !== undefined && words.min(min), max !== undefined && words.max(max), usual !== undefined && words.default(usual)]
    .filter(Boolean)
    .join(" · ");
}
