// @ts-check
// Parameters to JSON text, and answers' text to values.
import { ChatError, invalid } from "./error.js";
import { TextEncoder } from "./runtime.js";

/**
 * Parameters as JSON. What `JSON.stringify` would quietly drop or bend is refused instead.
 *
 * @param {any} params
 * @param {string} operation
 */
export function write(params, operation) {
  if (params === undefined || params === null) return "{}";
  if (typeof params !== "object" || Array.isArray(params)) {
    throw invalid("the parameters must be an object", { operation });
  }
  try {
    if (isPlain(params)) return JSON.stringify(params);
    return JSON.stringify(params, (name, value) => {
      if (typeof value === "number" && !Number.isFinite(value)) {
        throw invalid(`${name} must be finite`, { operation, field: name });
      }
      if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      if (typeof value === "function" || typeof value === "symbol") {
        throw invalid(`${name} must be a JSON value, not a ${typeof value}`, { operation, field: name });
      }
      return value;
    });
  } catch (error) {
    if (error instanceof ChatError) throw error;
    throw invalid("the parameters cannot be written as JSON", { operation, cause: error });
  }
}

/**
 * Whether `JSON.stringify` alone drops and bends nothing. Most parameters are so, and it takes a third of the time without
 * looking at each value on the way.
 *
 * @param {any} value
 * @returns {boolean}
 */
function isPlain(value) {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return typeof value !== "bigint" && typeof value !== "function" && typeof value !== "symbol";
  if (Array.isArray(value)) return value.every(isPlain);
  return typeof value.toJSON !== "function" && Object.values(value).every(isPlain);
}

/** How many characters are looked at together, and how many of them again with the next: a number may lie across, and the
 * shortest that loses digits has one more. */
const PIECE = 1 << 14;
const OVERLAP = 15;

const encoder = new TextEncoder();
const bytes = new Uint8Array(3 * PIECE);

/** Whether there may be an integer that `JSON.parse` would round. @param {string} text @param {any} glue */
function mayHoldBig(text, glue) {
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
    value = typeof part === "number" || Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/**
 * Takes the result out of a whole answer, as the operation's row says.
 *
 * @param {import("./resources.js").Row} row
 * @param {any} whole
 */
export function unwrap(row, whole) {
  if (row.none) return undefined;
  let value = at(whole, row.at ?? "");
  if (row.many && value !== null && (typeof value === "object" || typeof value === "string") && !Array.isArray(value)) {
    value = [value];
  }
  if (row.list && (value === undefined || value === null)) value = [];
  if (row.big) value = texts(value, row.big, row.big.includes(""));
  if (!row.page) return value;
  const cursor = row.page.cursor ? at(whole, row.page.next ?? "") : undefined;
  // Some answers print it as a number.
  const next = typeof cursor === "number" ? String(cursor) : cursor;
  return typeof next === "string" && next ? { items: value, cursor: next } : { items: value };
}

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
