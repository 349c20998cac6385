import type { Catalog, Field, Shape } from "../../api/catalog";

/** What every input of the form gets. */
export interface InputProps {
  shape: Shape;
  /** `undefined` is left out of the request. */
  value: unknown;
  onChange: (value: unknown) => void;
  /** The element's id, to which its label points. */
  id: string;
  /** The parameter or member that it fills; list items have none of their own. */
  field: Pick<Field, "name" | "min" | "max" | "default" | "required" | "type">;
  models: Catalog["models"];
  /** The text says why, and has the id `…-fault`. */
  invalid?: boolean;
}

/** What an input says of itself to those who do not see it. */
export const spokenOf = ({ id, field, invalid }: Pick<InputProps, "id" | "field" | "invalid">) => ({
  status: invalid ? ("error" as const) : undefined,
  "aria-invalid": invalid || undefined,
  "aria-required": field.required,
  "aria-describedby": invalid ? `${id}-fault ${id}-doc` : `${id}-doc`,
});

export type Members = Record<string, unknown>;

export const membersOf = (value: unknown): Members =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};

/** The object with one member set, or without it. */
export function withMember(value: unknown, name: string, member: unknown): Members {
  const { [name]: _, ...rest } = membersOf(value);
  return member === undefined ? rest : { ...rest, [name]: member };
}
