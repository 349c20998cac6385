// @ts-check
// The body of a request, at most so many bytes of it, wherever it is.
import { CallbackError } from "./error.js";

const unreadable = (/** @type {string} */ message, /** @type {unknown} */ cause = undefined) => new CallbackError("unreadable", message, { cause });

/** Takes chunks up to a number of bytes. @param {number} max */
function taker(max) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  return {
    /** @param {Uint8Array} chunk */
    take(chunk) {
      size += chunk.length;
      if (size > max) throw new CallbackError("large", `the body has more than ${max} bytes`);
      chunks.push(chunk);
    },
    bytes() {
      const bytes = new Uint8Array(size);
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      return bytes;
    },
  };
}

/** Of a `Request`. @param {any} request @param {number} max */
export async function ofRequest(request, max) {
  const { take, bytes } = taker(max);
  if (request.bodyUsed) throw unreadable("the body was read before: give the handler the request as it came");
  try {
    const reader = request.body?.getReader();
    if (!reader) take(new Uint8Array(await request.arrayBuffer()));
    else {
      for (let step = await reader.read(); !step.done; step = await reader.read()) {
        try {
          take(step.value);
        } catch (error) {
          reader.cancel(error).catch(() => {});
          throw error;
        }
      }
    }
  } catch (error) {
    throw error instanceof CallbackError ? error : unreadable("the body cannot be read", error);
  }
  return bytes();
}

/**
 * Of a request of Node's: what a body parser made of it, or the stream. Some parsers leave an empty object where they did
 * not read, so that this alone says nothing.
 *
 * @param {any} request
 * @param {number} max
 */
export async function ofNode(request, max) {
  const { body } = request;
  const empty = body === undefined || body === null || (typeof body === "object" && !ArrayBuffer.isView(body) && Object.keys(body).length === 0);
  if (!empty || request._body === true) return body;
  const { take, bytes } = taker(max);
  if (request.readableDidRead || request.readableEnded) {
    if (body) return body;
    throw unreadable("the body was read before, and what was read is not in request.body: put the handler before what reads it");
  }
  try {
    // Not by the request's own iterator: it closes the connection before that the body is too large was told.
    for await (const chunk of request.iterator?.({ destroyOnReturn: false }) ?? request) take(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
  } catch (error) {
    throw error instanceof CallbackError ? error : unreadable("the body cannot be read", error);
  }
  return bytes();
}
