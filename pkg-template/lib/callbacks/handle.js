// @ts-check
// Callbacks over HTTP: for whatever speaks `Request` and `Response`, and for Node.
import { CallbackError } from "./error.js";
import { allow } from "./reply.js";
import { constructEvent, memory } from "./verify.js";

/** The handler for a type: its own, that of the longest `prefix.*`, or `*`. @param {any} on @param {string} type */
function find(on, type) {
  if (Object.hasOwn(on, type)) return on[type];
  for (let end = type.lastIndexOf("."); end > 0; end = type.lastIndexOf(".", end - 1)) {
    const pattern = `${type.slice(0, end)}.*`;
    if (Object.hasOwn(on, pattern)) return on[pattern];
  }
  return Object.hasOwn(on, "*") ? on["*"] : undefined;
}

/**
 * From a body to the status and the text of the answer.
 *
 * @param {any} options
 * @returns {(body: unknown) => Promise<{ status: number, text: string }>}
 */
function answerer({ secret, on = {}, onError, seen = memory(), ...options }) {
  return async (body) => {
    let event;
    try {
      event = await constructEvent(body, secret, { ...options, seen });
      const reply = await find(on, event.type)?.(event);
      const text = event.presend ? JSON.stringify(reply ?? allow()) : "{}";
      return { status: 200, text };
    } catch (error) {
      // A callback that came twice was served the first time; the platform only wants to hear so.
      if (error instanceof CallbackError && error.reason === "replayed") return { status: 200, text: "{}" };
      // What failed may be sent again: it must not count as seen.
      if (event) await seen.delete(event.key);
      await onError?.(error, event);
      if (error instanceof CallbackError) return { status: error.status, text: JSON.stringify({ error: error.reason }) };
      return { status: 500, text: JSON.stringify({ error: "handler" }) };
    }
  };
}

const headers = { "content-type": "application/json" };

/** @param {any} options */
export function handler(options) {
  const answer = answerer(options);
  return async (/** @type {Request} */ request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const { status, text } = await answer(await request.text());
    return new Response(text, { status, headers });
  };
}

/** @param {any} options */
export function nodeHandler(options) {
  const answer = answerer(options);
  const { maxBody = 1024 * 1024 } = options;
  return async (/** @type {any} */ request, /** @type {any} */ response) => {
    if (request.method !== "POST") return response.writeHead(405, { allow: "POST" }).end();
    // Express's body parsers have read it already.
    let body = request.body;
    if (body === undefined) {
      const chunks = [];
      let size = 0;
      try {
        for await (const chunk of request) {
          size += chunk.length;
          if (size > maxBody) return response.writeHead(413, { connection: "close" }).end();
          chunks.push(chunk);
        }
      } catch {
        return response.destroy();
      }
      const bytes = new Uint8Array(size);
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      body = bytes;
    }
    const { status, text } = await answer(body);
    response.writeHead(status, headers).end(text);
  };
}
