// @ts-check
// A request that the table does not know, checked as those that it knows are.
import { invalid } from "./error.js";
import { pairs } from "./headers.js";
import { write } from "./json.js";

/** What is encoded here: of the transports one would do that, and another refuse it. What the core refuses is left to it. */
const ENCODED = /[^\x00-\x20\x7f#\\A-Za-z0-9\-._~!$&()*+,;=:@/?%[\]]+/g;

/**
 * Its method, its path with the query, and its body as JSON.
 *
 * @param {any} request
 * @param {string} operation
 */
export function target({ method, path, query, body }, operation) {
  const wrong = (/** @type {string} */ field, /** @type {string} */ why) => invalid(`${field} ${why}`, { operation, field });
  const verb = typeof method === "string" ? method.toUpperCase() : "";
  if (!["GET", "POST", "PUT", "DELETE"].includes(verb)) throw wrong("method", "must be one of GET, POST, PUT, DELETE");
  if (typeof path !== "string") throw wrong("path", "must be a string that begins with /");
  if (verb === "GET" && body !== undefined) throw wrong("body", "cannot be sent with GET");
  const search = query === undefined ? "" : String(new URLSearchParams([...parameters(query, wrong)]));
  // As a member, so that values of any kind are looked at, and named as what they are.
  const text = body === undefined ? undefined : write({ body }, operation).slice('{"body":'.length, -1);
  if (body !== undefined && !text) throw wrong("body", "must be a JSON value");
  return { method: verb, path: encoded(path, wrong) + (search && (path.includes("?") ? "&" : "?") + search), body: text };
}

/** @param {any} query @param {(field: string, why: string) => Error} wrong @returns {Generator<[string, string]>} */
function* parameters(query, wrong) {
  const all = pairs(query);
  if (!all) throw wrong("query", "must be an object of texts, or URLSearchParams");
  for (const [name, value] of all) {
    if (value === undefined) continue;
    const fits = typeof value === "string" || typeof value === "boolean" || typeof value === "bigint" || Number.isFinite(value);
    if (!fits) throw wrong(`query.${String(name)}`, "must be a text, a number or a boolean");
    // What cuts a text in the middle of an emoji; it would be sent as another character.
    if (/\p{Surrogate}/u.test(String(value))) throw wrong(`query.${String(name)}`, "holds half a character");
    yield [String(name), String(value)];
  }
}

/** @param {string} path @param {(field: string, why: string) => Error} wrong */
function encoded(path, wrong) {
  try {
    return path.replace(ENCODED, (rest) => encodeURIComponent(rest).replaceAll("'", "%27"));
  } catch {
    throw wrong("path", "holds half a character");
  }
}
