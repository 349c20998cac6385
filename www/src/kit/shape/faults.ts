import type { Catalog, Field, Shape } from "../../api/catalog";
import type { Text } from "../../i18n/en";
import { membersOf } from "./types";

/** What is wrong with a value, by the documented limits. */
export type Fault = { kind: "missing" | "unreadable" } | { kind: "few" | "many" | "short" | "long" | "small" | "big"; limit: number };

/** What someone typed where JSON should be. */
export class Unreadable {
  constructor(readonly text: string) {}
}

const PLURAL = { low: "few", high: "many" } as const;
const LENGTH = { low: "short", high: "long" } as const;
const VALUE = { low: "small", high: "big" } as const;

function measure(value: unknown): [number, { low: "few" | "short" | "small"; high: "many" | "long" | "big" }] | undefined {
  if (Array.isArray(value)) return [value.length, PLURAL];
  if (typeof value === "string") return [[...value].length, LENGTH];
  if (typeof value === "number") return [value, VALUE];
  if (typeof value === "object" && value !== null && !(value instanceof Blob)) return [Object.keys(value).length, PLURAL];
  return undefined;
}

/** What is wrong with a parameter or member itself. */
export function faultOf({ required, min, max }: Field, value: unknown): Fault | undefined {
  if (value instanceof Unreadable) return { kind: "unreadable" };
  if (value === undefined || value === null) return required ? { kind: "missing" } : undefined;
  const measured = measure(value);
  if (!measured) return undefined;
  const [size, words] = measured;
  if (min !== undefined && size < min) return { kind: words.low, limit: min };
  return max !== undefined && size > max ? { kind: words.high, limit: max } : undefined;
}

/** Whether someone who is still typing should be told already: there is too much rather than too little. */
export const isExcess = ({ kind }: Fault): boolean => kind === "many" || kind === "long" || kind === "big" || kind === "unreadable";

export function faultText(fault: Fault, { faults }: Text): string {
  return "limit" in fault ? faults[fault.kind](fault.limit) : faults[fault.kind];
}

/** The input of the first value that does not fit, by its id; the same ids that forms give. */
export function firstFault(fields: readonly Field[], value: unknown, models: Catalog["models"], id: string): string | undefined {
  const members = membersOf(value);
  for (const field of fields) {
    if (field.constant !== undefined) continue;
    const flat = "flatten" in field && field.flatten === true;
    const found = flat ? within(field.shape, members, models, `${id}-${field.name}`) : at(field, members[field.name], models, `${id}-${field.name}`);
    if (found) return found;
  }
  return undefined;
}

function at(field: Field, value: unknown, models: Catalog["models"], id: string): string | undefined {
  const { shape } = field;
  // A required object has fields of its own from the start, so that they are what is missing.
  const model = shape.kind === "model" ? models[shape.name] : undefined;
  const opened = model !== undefined && model.kind !== "enum" && field.required;
  if (!opened && faultOf(field, value)) return id;
  return value === undefined && !opened ? undefined : within(shape, value, models, id);
}

function within(shape: Shape, value: unknown, models: Catalog["models"], id: string): string | undefined {
  if (shape.kind === "list" && Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      const found = within(shape.item, item, models, `${id}-${i}`);
      if (found) return found;
    }
  }
  const model = shape.kind === "model" ? models[shape.name] : undefined;
  if (model?.kind === "struct") return firstFault(model.fields, value, models, id);
  if (model?.kind !== "union") return undefined;
  const members = membersOf(value);
  const variant = model.variants.find((v) => v.value === members[model.tag]);
  if (!variant) return `${id}-${model.tag}`;
  return model.content ? within(variant.shape, members[model.content], models, `${id}-${model.content}`) : within(variant.shape, value, models, id);
}
