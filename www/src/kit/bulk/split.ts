import type { Operation } from "../../api/catalog";
import type { Params } from "../../api/door";

/** Texts that one call takes only so many of. */
interface Split {
  field: string;
  names: readonly string[];
  /** How many go into one call. */
  size: number;
}

/** What must be sent in several calls, if anything: the table says how much one takes. */
export function splitOf({ batch }: Operation, params: Params): Split | undefined {
  if (!batch) return undefined;
  const list = params[batch.field];
  if (!Array.isArray(list) || list.length <= batch.max || !list.every((one) => typeof one === "string")) return undefined;
  return { field: batch.field, names: list, size: batch.max };
}

/** The parameters of a form whose lists may be longer than one call takes. */
export const withoutBatch = <F extends { name: string; max?: number; type: string }>({ batch }: Operation, fields: readonly F[]): readonly F[] =>
  fields.map((field) => (field.name === batch?.field && field.type === "string[]" ? { ...field, max: undefined } : field));
