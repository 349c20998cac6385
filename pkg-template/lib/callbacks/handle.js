// @ts-check
// Callbacks over HTTP: for whatever speaks `Request` and `Response`, and for Node.
import { events } from "../../generated/callbacks.js";
import { ofNode, ofRequest } from "./body.js";
import { CallbackError } from "./error.js";
import { allow } from "./reply.js";
import { constructEvent, memory, secrets } from "./verify.js";

const OPTIONS = ["secret", "on", "onError", "seen", "tolerance", "allowUnsigned", "maxBody"];
const MAX_BODY = 1024 * 1024;

/** The handler for a type: its own, that of the longest `prefix.*`, or `*`. @param {any} on @param {string} type */
function find(on, type) {
  if (Object.hasOwn(on, type)) return on[type];
  for (let end = type.lastIndexOf("."); end > 0; end = type.lastIndexOf(".", end - 1)) {
    const pattern = `${type.slice(0, end)}.*`;
    if (Object.hasOwn(on, pattern)) return on[pattern];
  }
  return Object.hasOwn(on, "*") ? on["*"] : undefined;
}

/** Whether any event goes to a key of `on`. @param {string} key */
function known(key) {
  if (key === "*" || key === "unknown") return true;
  return events.some(([type]) => (key.endsWith(".*") ? type.startsWith(key.slice(0, -1)) : type === key));
}

/** What is wrong with the options is said when the handler is made, not to the platform. @param {any} options */
function check(options) {
  const { secret, on, onError, seen, tolerance, maxBody } = options ?? {};
  const refuse = (/** @type {string} */ message) => {
    throw new TypeError(message);
  };
  for (const name of Object.keys(options ?? {})) if (!OPTIONS.includes(name)) refuse(`${name} is no option; there are ${OPTIONS.join(", ")}`);
  secrets(secret);
  if (on !== undefined && (typeof on !== "object" || on === null)) refuse("on must be an object of functions");
  for (const [key, value] of Object.entries(on ?? {})) {
    if (!known(key)) refuse(`on: no event goes to ${JSON.stringify(key)}`);
    if (value !== undefined && typeof value !== "function") refuse(`on: ${JSON.stringify(key)} must be a function`);
  }
  if (onError !== undefined && typeof onError !== "function") refuse("onError must be a function");
  if (seen !== undefined && !(typeof seen?.add === "function" && typeof seen.delete === "function")) refuse("seen must have add and delete");
  if (tolerance !== undefined && !(tolerance >= 0)) refuse("tolerance must be milliseconds");
  if (maxBody !== undefined && !(maxBody > 0)) refuse("maxBody must be a number of bytes");
}

/** Tells whoever runs the server. That strangers were refused is not printed: they would fill the log. @param {unknown} error */
function print(error) {
  if (!(error instanceof CallbackError)) console.error("agora-chat-admin: a callback failed:", error);
}

/** What a function for `presend.*` decided. @param {any} reply */
function decision(reply) {
  if (reply === undefined || reply === null) return allow();
  if (typeof reply === "object" && typeof reply.valid === "boolean") return reply;
  throw new TypeError(`a function for presend events must return allow(), block() or nothing, not ${Array.isArray(reply) ? "a list" : typeof reply === "object" ? "an object without valid" : String(reply)}`);
}

/**
 * From a body to the status and the text of the answer. It never rejects: nobody would hear of that but the process.
 *
 * @param {any} options
 * @returns {(read: () => Promise<unknown>) => Promise<{ status: number, text: string }>}
 */
function answerer(options) {
  check(options);
  const { secret, on = {}, onError = print, seen = memory(), tolerance, allowUnsigned } = options;

  /** Tells of an error; says whether that worked. @param {unknown} error @param {any} [event] */
  async function tell(error, event) {
    try {
      await onError(error, event);
      return true;
    } catch (failed) {
      print(failed);
      if (onError !== print) print(error);
      return false;
    }
  }

  return async (read) => {
    let event;
    try {
      event = await constructEvent(await read(), secret, { tolerance, allowUnsigned, seen });
      const reply = await find(on, event.type)?.(event);
      return { status: 200, text: event.presend ? JSON.stringify(decision(reply)) : "{}" };
    } catch (error) {
      const refused = error instanceof CallbackError && !event;
      // A callback that came twice was served the first time; the platform only wants to hear so.
      if (refused && error.reason === "replayed") return { status: 200, text: "{}" };
      const failures = [error];
      try {
        // What failed may be sent again: it must not count as seen.
        if (event) await seen.delete(event.key);
      } catch (failed) {
        failures.push(failed);
      }
      let told = true;
      for (const failure of failures) told = (await tell(failure, event)) && told;
      if (refused && told) return { status: error.status, text: JSON.stringify({ error: error.reason }) };
      return { status: 500, text: JSON.stringify({ error: "handler" }) };
    }
  };
}

const headers = { "content-type": "application/json" };

/** @param {any} options */
export function handler(options) {
  const answer = answerer(options);
  const { maxBody = MAX_BODY } = options;
  return async (/** @type {Request} */ request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const { status, text } = await answer(() => ofRequest(request, maxBody));
    return new Response(text, { status, headers });
  };
}

/** @param {any} options */
export function nodeHandler(options) {
  const answer = answerer(options);
  const { maxBody = MAX_BODY } = options;
  return async (/** @type {any} */ request, /** @type {any} */ response) => {
    if (request.method !== "POST") return void response.writeHead(405, { allow: "POST" }).end();
    const { status, text } = await answer(() => ofNode(request, maxBody));
    // Something else, a timeout for instance, may have answered meanwhile.
    if (response.headersSent || response.destroyed) return;
    // What was not read is not waited for.
    response.writeHead(status, request.complete === false ? { ...headers, connection: "close" } : headers).end(text);
  };
}
