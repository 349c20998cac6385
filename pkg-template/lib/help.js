// @ts-check
// Causes and remedies of errors, loaded when they are asked for.
import data from "./help-data.js";

/** The rules go back over what they read: a longer text than the platform writes would cost its square. */
const LONGEST = 1_000;

/** @param {{ kind: string, status?: number, code?: string, description?: string }} error */
export function find({ kind, status, code, description = "" }) {
  const said = String(description).slice(0, LONGEST);
  const fits = (/** @type {any} */ rule) =>
    rule.status === status &&
    (rule.code === undefined || rule.code === code) &&
    (rule.description === undefined || new RegExp(rule.description, "i").test(said));
  const kinds = /** @type {Record<string, any>} */ (data.kinds);
  const found = (kind === "service" && data.rules.find(fits)) || (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined);
  if (!found) return undefined;
  const { cause, remedy, docs, zh } = found;
  const [english, chinese] = /** @type {Record<string, string[]>} */ (data.docs)[docs];
  return { cause, remedy, docs: english, zh: { ...zh, docs: chinese } };
}
