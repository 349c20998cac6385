import type { Operation } from "../../api/catalog";
import type { Params } from "../../api/door";
import type { Each } from "../action/action";

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

/** What becomes a queue. */
interface Several {
  names: readonly string[];
  /** How many go into one call. */
  size: number;
  /** The parameters that are a call's own. */
  own: (names: readonly string[]) => Params;
}

/** The things that an action is done to one by one or some at once, or a list that one call does not take. */
export function severalOf(operation: Operation, params: Params, each: Each | undefined): Several | undefined {
  if (!each) {
    const split = splitOf(operation, params);
    return split && { ...split, own: (names) => ({ [split.field]: names }) };
  }
  const { items: names, as } = each;
  if (typeof as !== "string") return { names, size: 1, own: ([name = ""]) => as(name) };
  const { batch } = operation;
  return batch?.field === as ? { names, size: batch.max, own: (some) => ({ [as]: some }) } : { names, size: 1, own: ([name]) => ({ [as]: name }) };
}

/** The parameters of a form whose lists may be longer than one call takes. */
export const withoutBatch = <F extends { name: string; max?: number; type: string }>({ batch }: Operation, fields: readonly F[]): readonly F[] =>
  fields.map((field) => (field.name === batch?.field && field.type === "string[]" ? { ...field, max: undefined } : field));
