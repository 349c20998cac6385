// @ts-check
// Parameters to JSON text, and answers' text to values.
import { ChatError, invalid } from "./error.js";

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

/** @param {string} text @param {number} at */
const isDigit = (text, at) => (text.charCodeAt(at) ^ 48) < 10;

/** The fewest digits of a number that may lose some. */
const LONG = 16;
const QUARTER = LONG / 4;

/**
 * Whether there is an integer that `JSON.parse` would round, or a text that looks like one. A run of so many digits holds
 * one of every so many characters, and so the four of a quarter's distance around that one: others are not looked at. It
 * is a tenth of what an expression takes.
 *
 * @param {string} text
 */
function holdsLong(text) {
  const { length } = text;
  for (let at = LONG - 1; at < length; at += LONG) {
    if (!isDigit(text, at)) continue;
    let found = 1;
    for (let i = at - QUARTER; found < 4 && isDigit(text, i); i -= QUARTER) found++;
    for (let i = at + QUARTER; found < 4 && i < length && isDigit(text, i); i += QUARTER) found++;
    if (found === 4 && isLong(text, at)) return true;
  }
  return false;
}

/** Whether the digits around a place are a number and so many. @param {string} text @param {number} at */
function isLong(text, at) {
  let [start, end] = [at, at + 1];
  while (start > 0 && isDigit(text, start - 1)) start--;
  while (end < text.length && isDigit(text, end)) end++;
  // What is in a text, most IDs for instance, comes behind a quote.
  return end - start >= LONG && /(?:^|[:[,])\s*-?$/.test(text.slice(Math.max(0, start - 32), start));
}

/**
 * Parses an answer; integers beyond 2^53 come out as strings, digit by digit.
 *
 * @param {string} text
 * @param {(json: string) => string} quote
 */
export function parse(text, quote) {
  return JSON.parse(holdsLong(text) ? quote(text) : text);
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
