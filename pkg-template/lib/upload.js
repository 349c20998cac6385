// @ts-check
// Uploads that are streamed or watched. `fetch` tells nothing of what it sent, so the body is made and counted here; in
// a page, where bodies cannot be streamed, XMLHttpRequest counts.

import { SourceError } from "./error.js";
import { builtin } from "./runtime.js";

/** @typedef {{ data: Blob | ReadableStream<Uint8Array>, name: string, type: string, path?: string }} Source */
/** @typedef {(event: { loaded: number, total?: number }) => void} Progress */

/**
 * A multipart body piece by piece, and its type.
 *
 * @param {Iterable<[string, string | Source]>} entries
 */
export function multipart(entries) {
  const boundary = `----${crypto.randomUUID()}`;
  const quoted = (/** @type {string} */ text) => text.replace(/\r?\n|\r/g, "%0D%0A").replaceAll('"', "%22");
  /** @type {(string | Blob | ReadableStream<Uint8Array>)[]} */
  const pieces = [];
  for (const [name, value] of entries) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    if (typeof value === "string") pieces.push(`${head}\r\n\r\n${value.replace(/\r?\n|\r/g, "\r\n")}\r\n`);
    else {
      const type = value.type || "application/octet-stream";
      pieces.push(`${head}; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, value.data, "\r\n");
    }
  }
  pieces.push(`--${boundary}--\r\n`);
  return { pieces, type: `multipart/form-data; boundary=${boundary}` };
}

/** A body to be streamed. The core hands it from the caller's file to `fetch`, which `sender` makes. */
export class Streamed {
  #entries;

  /** @param {[string, string | Source][]} entries */
  constructor(entries) {
    this.#entries = entries;
  }

  /** Lets go of the caller's streams, which nobody will read now. @param {unknown} reason */
  cancel(reason) {
    for (const [, value] of this.#entries) {
      if (typeof value !== "string" && value.data instanceof ReadableStream && !value.data.locked) value.data.cancel(reason).catch(() => {});
    }
  }

  /** @param {Progress | undefined} onProgress @param {AbortSignal | undefined} signal */
  open(onProgress, signal) {
    const { pieces, type } = multipart(this.#entries);
    const stream = pieces.find((piece) => piece instanceof ReadableStream);
    if (stream?.locked) throw new TypeError("the stream is spent: pass a Blob or bytes, which can be sent again");
    const bytes = pieces.map((piece) => (typeof piece === "string" ? new TextEncoder().encode(piece) : piece));
    const size = bytes.reduce((sum, piece) => sum + (piece instanceof Blob ? piece.size : ArrayBuffer.isView(piece) ? piece.byteLength : NaN), 0);
    const total = Number.isNaN(size) ? undefined : size;
    const path = this.#entries.map(([, value]) => typeof value !== "string" && value.path).find(Boolean);
    return { type, total, stream: joined(bytes, counter(total, onProgress), signal, path || "") };
  }
}

/** Bytes as a stream. What imitates a browser, jsdom, has Blobs that make none. @param {Blob | Uint8Array} data @returns {ReadableStream<Uint8Array>} */
export function streamOf(data) {
  if (data instanceof Blob && typeof data.stream === "function") return data.stream();
  return new ReadableStream({
    async start(controller) {
      const bytes = data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : data;
      if (bytes.length) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** @param {number | undefined} total @param {Progress | undefined} onProgress */
function counter(total, onProgress) {
  let loaded = 0;
  return (/** @type {number} */ count) => {
    loaded += count;
    tell(onProgress, loaded, total);
  };
}

/** Who watches changes nothing. @param {Progress | undefined} onProgress @param {number} loaded @param {number | undefined} total */
export function tell(onProgress, loaded, total) {
  try {
    onProgress?.({ loaded, ...(total !== undefined && { total }) });
  } catch {
    // As hooks: what it throws is its own affair.
  }
}

/**
 * The pieces as one stream, each opened when its turn comes.
 *
 * @param {(Uint8Array | Blob | ReadableStream<Uint8Array>)[]} pieces
 * @param {(count: number) => void} count
 * @param {AbortSignal | undefined} signal
 * @param {string} path Where a file on disk is.
 */
function joined(pieces, count, signal, path) {
  // Taken at once: an abort ends a stream of the caller's even before its turn.
  const readers = pieces.map((piece) => {
    if (piece instanceof ReadableStream) return piece.getReader();
    return () => streamOf(piece).getReader();
  });
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let reader;
  const open = () => {
    const next = readers.shift();
    return (reader = typeof next === "function" ? next() : next);
  };
  let onAbort = () => {};
  /** @param {unknown} reason */
  const end = async (reason) => {
    signal?.removeEventListener("abort", onAbort);
    for (const from of [reader, ...readers]) if (from && typeof from !== "function") await from.cancel(reason).catch(() => {});
  };
  return new ReadableStream(
    {
      start(controller) {
        // Not every `fetch` lets go of the body that it was reading.
        onAbort = () => {
          controller.error(signal?.reason);
          end(signal?.reason);
        };
        if (signal?.aborted) onAbort();
        else signal?.addEventListener("abort", onAbort);
      },
      async pull(controller) {
        for (;;) {
          const from = reader ?? open();
          if (!from) {
            signal?.removeEventListener("abort", onAbort);
            return controller.close();
          }
          const { done, value } = await from.read().catch((cause) => {
            signal?.removeEventListener("abort", onAbort);
            throw path ? new SourceError(`the file cannot be read, or was changed while it was sent: ${path}`, { cause }) : cause;
          });
          if (signal?.aborted) return;
          if (done) reader = undefined;
          else if (value.byteLength) {
            controller.enqueue(value);
            return count(value.byteLength);
          }
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

/** Up to how many bytes a foreign `fetch` gets a body as bytes, which all take; more is streamed. */
const SMALL = 8 * 1024 * 1024;

/**
 * The `fetch` of an upload.
 *
 * @param {(url: string, init: any) => Promise<any>} send
 * @param {Progress | undefined} onProgress
 * @param {boolean} own Whether the caller gave a `fetch` of its own.
 * @param {boolean} foreign Whether it is of another make than the runtime's and ours. Such know no forms, blobs and streams
 *   but their own, and send the word `[object FormData]`.
 */
export function sender(send, onProgress, own, foreign) {
  return async (/** @type {string} */ url, /** @type {any} */ init) => {
    const { body } = init;
    if (body instanceof Streamed) {
      const { type, total, stream } = body.open(onProgress, init.signal);
      // Not a `Headers`: a caller's `fetch` may spread them.
      const headers = { ...Object.fromEntries(new Headers(init.headers)), "content-type": type, ...(total !== undefined && { "content-length": String(total) }) };
      return send(url, { ...init, headers, body: foreign ? readable(stream) : stream, duplex: "half" });
    }
    // A token that is fetched on the way is no upload.
    if (!(body instanceof FormData) || !(onProgress || foreign)) return send(url, init);
    if (typeof XMLHttpRequest === "function" && !own) return byXhr(url, init, /** @type {Progress} */ (onProgress));
    // Nothing can be known before the end; and how long `fetch` would make the body, not even then, so it is made here.
    const { pieces, type } = multipart(sources(body));
    const blob = new Blob(/** @type {BlobPart[]} */ (pieces));
    const headers = { ...Object.fromEntries(new Headers(init.headers)), "content-type": type };
    const response = await send(url, { ...init, headers, ...(foreign ? await portable(blob) : { body: blob }) });
    tell(onProgress, blob.size, blob.size);
    return response;
  };
}

/** A body that every `fetch` takes. @param {Blob} blob */
async function portable(blob) {
  if (blob.size <= SMALL) return { body: new Uint8Array(await blob.arrayBuffer()) };
  return { body: readable(blob.stream()), duplex: "half" };
}

/**
 * A stream for a foreign `fetch`: in Node one of Node's, which those take that were made before the web's were there.
 *
 * @param {ReadableStream<Uint8Array>} stream
 */
function readable(stream) {
  const { process, Deno } = /** @type {any} */ (globalThis);
  const node = !Deno && !process?.versions?.bun && builtin("node:stream");
  return node ? node.Readable.fromWeb(stream) : stream;
}

/** A form's entries. @param {FormData} form @returns {Generator<[string, string | Source]>} */
export function* sources(form) {
  for (const [name, value] of form) {
    yield [name, typeof value === "string" ? value : { data: value, name: value.name, type: value.type }];
  }
}

/** `fetch` by XMLHttpRequest. @param {string} url @param {any} init @param {Progress} onProgress @returns {Promise<Response>} */
function byXhr(url, init, onProgress) {
  return new Promise((resolve, reject) => {
    const { signal } = init;
    if (signal?.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    const onAbort = () => request.abort();
    request.open(init.method, url);
    request.responseType = "arraybuffer";
    for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, lengthComputable, total }) => tell(onProgress, loaded, lengthComputable ? total : undefined);
    request.onload = () => {
      const { status, statusText } = request;
      const lines = request.getAllResponseHeaders().trim().split(/\r\n/).filter(Boolean);
      const headers = new Headers(lines.map((line) => /** @type {[string, string]} */ ([line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()])));
      // These may have no body, not even an empty one.
      const response = new Response([204, 205, 304].includes(status) ? null : request.response, { status, statusText, headers });
      resolve(Object.defineProperty(response, "url", { value: request.responseURL }));
    };
    request.onerror = () => reject(new TypeError("the upload failed"));
    request.onabort = () => reject(signal?.reason);
    request.onloadend = () => signal?.removeEventListener("abort", onAbort);
    signal?.addEventListener("abort", onAbort);
    request.send(init.body);
  });
}
