// @ts-check
// From the body of a callback to an event that may be trusted.
import { events } from "../../generated/callbacks.js";
import { TextDecoder } from "../runtime.js";
import { textEnd } from "../strings.js";
import { CallbackError } from "./error.js";
import { md5 } from "./md5.js";

/** Deliveries come within 30 seconds; that a connection was lost is told up to 5 minutes late. */
const TOLERANCE = 10 * 60_000;

/** The signature of a callback. @param {string} callId @param {number | string} timestamp @param {string} secret */
export function sign(callId, timestamp, secret) {
  return md5(`${callId}${secret}${timestamp}`);
}

/** Compares in a time that does not tell where texts differ. @param {string} given @param {string} wanted */
function same(given, wanted) {
  let difference = given.length ^ wanted.length;
  for (let i = 0; i < wanted.length; i++) difference |= (given.charCodeAt(i) | 0) ^ wanted.charCodeAt(i);
  return difference === 0;
}

/** @param {any} body @param {string} path */
function at(body, path) {
  for (const part of path.split(".")) {
    const list = part.endsWith("[]");
    body = body?.[list ? part.slice(0, -2) : part];
    if (list) body = Array.isArray(body) ? body[0] : body;
  }
  return body;
}

/** @param {unknown} value @param {any} wanted */
function fits(value, wanted) {
  if (wanted === null) return value === undefined || value === null;
  if (wanted === false) return value !== true;
  if (Array.isArray(wanted)) return wanted.includes(value);
  if (typeof wanted === "string" && wanted.endsWith("*")) {
    return typeof value === "string" && value.startsWith(wanted.slice(0, -1));
  }
  return value === wanted;
}

/** The row of the table that a body fits. @param {any} body */
function recognise(body) {
  return events.find(([, match]) => Object.entries(match).every(([path, wanted]) => fits(at(body, path), wanted)));
}

/**
 * Ids are sometimes sent as numbers: those that a number cannot hold become texts, so that no digit is lost. Anyone may send
 * a body, and it is read before its signature is known: the time is a line in its length.
 *
 * @param {string} json
 */
function quoteBig(json) {
  if (!/\d{16}/.test(json)) return json;
  let [quoted, at] = ["", 0];
  for (;;) {
    const start = json.indexOf('"', at);
    quoted += (start < 0 ? json.slice(at) : json.slice(at, start)).replace(/-?\d[\d.eE+-]*/g, (number) =>
      /^-?\d{16,}$/.test(number) && !Number.isSafeInteger(Number(number)) ? `"${number}"` : number,
    );
    if (start < 0) return quoted;
    at = textEnd(json, start);
    if (at < 0) return quoted + json.slice(start);
    quoted += json.slice(start, at);
  }
}

/** @param {unknown} body */
function parse(body) {
  let value = body;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) value = new TextDecoder().decode(value);
  if (typeof value === "string") {
    try {
      // Some write a byte order mark before it.
      value = JSON.parse(quoteBig(value.charCodeAt(0) === 0xfeff ? value.slice(1) : value));
    } catch {
      throw new CallbackError("malformed", "the body is not JSON");
    }
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CallbackError("malformed", "the body is not a JSON object");
  }
  return /** @type {Record<string, any>} */ (value);
}

/** @param {string | string[]} secret */
export function secrets(secret) {
  const all = Array.isArray(secret) ? secret : [secret];
  if (all.length === 0 || !all.every((one) => typeof one === "string" && one !== "")) {
    throw new TypeError("the secret must be a text that is not empty, or a list of such");
  }
  // It would fit no signature: such are the ends of lines that come along from a file.
  if (all.some((one) => one !== one.trim())) throw new TypeError("the secret must not begin or end with white space or a new line");
  return all;
}

/**
 * What tells one callback from another. The signature covers the callId and the timestamp alone: nothing else may make a
 * callback new, or whoever saw one could send others with its signature. One thing is shared, and documented so: a callId
 * that is made of the message's ID is that of the message's own callback, and of one for each member who was offline.
 *
 * @param {any} body
 * @param {string} type
 */
function keyOf({ callId, security, timestamp, eventType, chat_type, to, msg_id }, type) {
  // What has no signature is kept apart: it must not use up the key of what has one.
  if (callId === undefined || security === undefined) return ["unsigned", callId ?? msg_id, timestamp, eventType, chat_type, to].map((part) => part ?? "").join("|");
  // All of what follows the app, and digits: other callIds are UUIDs, which are of one callback alone.
  const shared = type === "message.offline" && /^\d+$/.test(msg_id) && callId.endsWith(`_${msg_id}`);
  return [callId, timestamp, ...(shared ? ["offline", to] : [])].join("|");
}

/**
 * @param {unknown} body
 * @param {string | string[]} secret
 * @param {{ tolerance?: number, now?: number, allowUnsigned?: boolean, seen?: any }} [options]
 */
export async function constructEvent(body, secret, options = {}) {
  const keys = secrets(secret);
  const { tolerance = TOLERANCE, now = Date.now(), allowUnsigned = false, seen } = options;
  const value = parse(body);
  const [type, , unsigned = false] = recognise(value) ?? ["unknown"];
  const { callId, security, timestamp } = value;
  if (security === undefined || callId === undefined) {
    if (!(unsigned && allowUnsigned)) throw new CallbackError("unsigned", "the callback has no signature");
  } else {
    if (![callId, security].every((text) => typeof text === "string")) {
      throw new CallbackError("malformed", "callId and security must be texts");
    }
    if (typeof timestamp !== "number" && typeof timestamp !== "string") throw new CallbackError("malformed", "timestamp must be a number");
    // Every secret is tried, so that the time does not tell which one fits.
    const valid = keys.map((key) => same(security.toLowerCase(), sign(callId, timestamp, key)));
    if (!valid.includes(true)) throw new CallbackError("signature", "the signature does not fit the secret");
  }
  const time = Number(timestamp);
  if (!(Math.abs(now - time) <= tolerance)) {
    throw new CallbackError("stale", `the timestamp ${timestamp} is not within ${tolerance} ms of now`);
  }
  const key = keyOf(value, type);
  if (seen && !(await seen.add(key, 2 * tolerance))) throw new CallbackError("replayed", `${callId} has come before`);
  return { type, key, time, presend: type.startsWith("presend."), body: value };
}

/** Remembers keys in this process. @param {{ max?: number }} [options] */
export function memory({ max = 100_000 } = {}) {
  /** @type {Map<string, number>} */
  const ends = new Map();
  return {
    /** @param {string} key @param {number} life In milliseconds. */
    add(key, life) {
      const now = Date.now();
      const end = ends.get(key);
      if (end !== undefined && end > now) return false;
      ends.delete(key);
      // The oldest come first.
      for (const [old, end] of ends) {
        if (end > now && ends.size < max) break;
        ends.delete(old);
      }
      ends.set(key, now + life);
      return true;
    },
    /** @param {string} key */
    delete(key) {
      ends.delete(key);
    },
  };
}
