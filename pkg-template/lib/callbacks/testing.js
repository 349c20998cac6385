// @ts-check
// Callbacks for tests.
import { events } from "../../generated/callbacks.js";
import { samples } from "../../generated/callback-samples.js";
import { sign } from "./verify.js";

/** @param {any} base @param {any} over @returns {any} */
function merge(base, over) {
  const plain = (/** @type {any} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!plain(base) || !plain(over)) return over === undefined ? base : over;
  const merged = { ...base };
  for (const [name, value] of Object.entries(over)) merged[name] = merge(base[name], value);
  return merged;
}

/**
 * What follows the app in a callId. That of an offline message is the message's ID, so that its callbacks for several members
 * can be tried.
 *
 * @param {string} type
 * @param {any} body
 * @param {any} overrides
 */
function callId(type, body, overrides) {
  if (type !== "message.offline") return crypto.randomUUID();
  if (overrides?.msg_id === undefined) body.msg_id = String(crypto.getRandomValues(new BigUint64Array(1))[0]);
  return body.msg_id;
}

/**
 * @param {string} type
 * @param {any} [overrides]
 * @param {string} [secret]
 */
export function generateTestEvent(type, overrides, secret = "test") {
  if (!Object.hasOwn(samples, type)) throw new TypeError(`there is no event ${type}`);
  const body = merge(JSON.parse(JSON.stringify(/** @type {any} */ (samples)[type])), { ...overrides });
  const unsigned = events.some(([name, , unsigned]) => name === type && unsigned);
  if (overrides?.timestamp === undefined) body.timestamp = Date.now();
  if (unsigned && overrides?.callId === undefined) return body;
  if (overrides?.callId === undefined) body.callId = `demo#chat_${callId(type, body, overrides)}`;
  if (overrides?.security === undefined) body.security = sign(body.callId, body.timestamp, secret);
  return body;
}
