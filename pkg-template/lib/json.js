// @ts-check
// Parameters to JSON text, and answers' text to values.
import { ChatError, invalid } from "./error.js";
import { TextEncoder } from "./runtime.js";

/** How deep lists and objects may stand in one another: the core reads no more. */
const DEEPEST = 127;

/**
 * Parameters as JSON. What `JSON.stringify` would quietly drop or bend is refused instead.
 *
 * @param {any} params
 * @param {string} operation
 */
export function write(params, operation) {
  if (params === undefined || params === null) return "{}";
  if (kind(params) !== "Object") throw invalid("the parameters must be an object", { operation });
  return text(params, operation, "");
}

/**
 * A value as JSON; `path` is what it is called where it is refused.
 *
 * @param {any} value
 * @param {string} operation
 * @param {string} path
 */
export function text(value, operation, path) {
  try {
    if (isPlain(value, 0)) {
      const json = JSON.stringify(value);
      // So it writes half of a surrogate pair, and so begins nothing else but the same text behind a backslash.
      if (!json.includes("\\ud")) return json;
    }
    return JSON.stringify(faithful(value, path, { operation, within: [] }));
  } catch (error) {
    if (error instanceof ChatError) throw error;
    throw invalid(`the ${path || "parameters"} cannot be written as JSON`, { operation, cause: error });
  }
}

/** What the language calls a value, whichever realm it is from: `Object`, `Map`, `Date`. @param {unknown} value @returns {string} */
const kind = (value) => Object.prototype.toString.call(value).slice(8, -1);

/**
 * Whether `JSON.stringify` alone drops and bends nothing but halves of characters. Most parameters are so, and it takes a
 * third of the time without looking at each value by name.
 *
 * @param {any} value
 * @param {number} depth
 * @returns {boolean}
 */
function isPlain(value, depth) {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === DEEPEST || typeof value.toJSON === "function") return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i], depth + 1)) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const name of Object.keys(value)) if (value[name] !== undefined && !isPlain(value[name], depth + 1)) return false;
  return true;
}

/**
 * A copy that `JSON.stringify` writes as it is; or an error that names what is none.
 *
 * @param {any} value
 * @param {string} path
 * @param {{ operation: string, within: unknown[] }} context What it stands in, from the outside.
 * @returns {any}
 */
function faithful(value, path, { operation, within }) {
  const refuse = (/** @type {string} */ why) => {
    throw invalid(path ? `${path} ${why}` : `the parameters ${why.replace("must be", "must hold")}`, { operation, field: path || undefined });
  };
  const halved = (/** @type {string} */ text) => /\p{Surrogate}/u.test(text);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "string") return halved(value) ? refuse("holds half a character: it was cut within a surrogate pair") : value;
  if (typeof value === "number") return Number.isFinite(value) ? value : refuse("must be finite");
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return refuse(`must be a JSON value, not ${value === undefined ? "undefined" : `a ${typeof value}`}`);
  if (within.includes(value)) refuse("must not hold itself");
  if (within.length === DEEPEST) {
    const [top] = /^[^.[]*/.exec(path) ?? [];
    throw invalid(`${top} must not be nested more than ${DEEPEST} levels deep`, { operation, field: top });
  }
  const inside = { operation, within: [...within, value] };
  const what = kind(value);
  if (what === "Date" && Number.isNaN(Number(value))) refuse("must be a valid date");
  if (ArrayBuffer.isView(value) || what.endsWith("ArrayBuffer")) refuse(`must be a JSON value, not ${article(what)}`);
  if (typeof value.toJSON === "function") return faithful(value.toJSON(path), path, inside);
  if (Array.isArray(value)) return Array.from(value, (item, i) => faithful(item, `${path}[${i}]`, inside));
  // The parameters themselves may be of a class: their names are looked at one by one.
  if (within.length > 0 && !isRecord(value)) refuse(`must be a JSON value, not ${article(value.constructor?.name || what)}`);
  // Not by assignment: one of the names may be `__proto__`.
  return Object.fromEntries(
    Object.keys(value).flatMap((name) => {
      if (halved(name)) refuse("holds half a character in a name");
      return value[name] === undefined ? [] : [[name, faithful(value[name], path ? `${path}.${name}` : name, inside)]];
    }),
  );
}

/** Whether it is an object of names and values alone, in this realm or another. @param {object} value */
function isRecord(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** @param {string} name */
const article = (name) => `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;

/** How many characters are looked at together, and how many of them again with the next: a number may lie across, and the
 * shortest that loses digits has one more. */
const PIECE = 1 << 14;
const OVERLAP = 15;

/** Up to how many characters the engine's own search finds so many digits sooner than the core is called. */
const SHORT = 2_048;
const LONG = /\d{16}/;

const encoder = /* @__PURE__ */ new TextEncoder();
const bytes = new Uint8Array(3 * PIECE);

/** Whether there may be an integer that `JSON.parse` would round. @param {string} text @param {any} glue */
function mayHoldBig(text, glue) {
  if (text.length <= SHORT && !LONG.test(text)) return false;
  for (let start = 0; ; start += PIECE - OVERLAP) {
    const piece = text.length > PIECE ? text.slice(start, start + PIECE) : text;
    if (glue.mayHoldBigIntegers(bytes.subarray(0, encoder.encodeInto(piece, bytes).written))) return true;
    if (start + PIECE >= text.length) return false;
  }
}

/**
 * Parses an answer; integers beyond 2^53 come out as strings, digit by digit.
 *
 * @param {string} text
 * @param {any} glue
 */
export function parse(text, glue) {
  return JSON.parse(mayHoldBig(text, glue) ? glue.quoteBigIntegers(text) : text);
}

/** Paths, taken apart: the table has few. @type {Map<string, (string | number)[]>} */
const paths = new Map();

/** The value at a path such as `data.list` or `entities[0]`. @param {any} whole @param {string} path */
export function at(whole, path) {
  if (!path) return whole;
  let parts = paths.get(path);
  if (!parts) {
    parts = path.split(/[.[]/).map((part) => (part.endsWith("]") ? Number(part.slice(0, -1)) : part));
    paths.set(path, parts);
  }
  let value = whole;
  for (const part of parts) {
    if (value === null || value === undefined) return undefined;
    value = Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/**
 * Takes the result out of a whole answer, as the operation's row says. Lists and maps may be left out where they are empty;
 * whatever else is not there, or is something else, came from someone else than the platform.
 *
 * @param {import("./resources.js").Row} row
 * @param {any} whole
 */
export function unwrap(row, whole) {
  // No row of the table's: it may be anything.
  if (row.at === undefined && !row.needs && !row.none) return whole;
  if (!isObject(whole)) throw new TypeError("it is no JSON object");
  if (row.none) return undefined;
  let value = at(whole, row.at ?? "");
  if (value === undefined && row.or) value = at(whole, row.or);
  if (row.many && (isObject(value) || typeof value === "string")) value = [value];
  if (row.list) value ??= [];
  if (row.map) value ??= {};
  if (row.optional && (value === undefined || value === null)) return value;
  const fits = row.list ? Array.isArray(value) : row.plain ? !["object", "undefined"].includes(typeof value) : isObject(value);
  if (!fits || (row.needs && !row.needs.some((name) => Object.hasOwn(value, name)))) {
    throw new TypeError(`${row.at || row.needs} is missing or not what it should be`);
  }
  if (row.big) value = texts(value, row.big, row.big.includes(""));
  if (!row.page) return value;
  const cursor = row.page.cursor ? at(whole, row.page.next ?? "") : undefined;
  // Some answers print it as a number.
  const next = typeof cursor === "number" ? String(cursor) : cursor;
  return typeof next === "string" && next ? { items: value, cursor: next } : { items: value };
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Makes the members that are declared to be large integers strings, even where a small one came.
 *
 * @param {any} value
 * @param {string[]} names
 * @param {boolean} here
 * @returns {any}
 */
function texts(value, names, here) {
  if (typeof value === "number") return here ? String(value) : value;
  if (Array.isArray(value)) return value.map((item) => texts(item, names, here));
  if (!value || typeof value !== "object") return value;
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (typeof member === "number" ? here || names.includes(name) : typeof member === "object") {
      value[name] = texts(member, names, here || names.includes(name));
    }
  }
  return value;
}
