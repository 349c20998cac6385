// @ts-check
// Files on their way in and out. Their bytes never enter the wasm.
import { ChatError, aborted, invalid } from "./error.js";
import { Streamed, tell } from "./upload.js";

/** @typedef {import("./upload.js").Source} Source */

/**
 * Takes the file out of the parameters and makes the function with which the core makes the request's body.
 *
 * @param {string} operation
 * @param {string} field
 * @param {any} params
 * @param {any} platform
 * @param {boolean} watch Whether someone wants to know how far it is.
 */
export async function upload(operation, field, params, platform, watch) {
  const { [field]: file, ...rest } = params ?? {};
  if (file === undefined || file === null) throw invalid(`${field} is required`, { operation, field });
  const wrong = (/** @type {string} */ message, /** @type {unknown} */ cause) => invalid(`${field} ${message}`, { operation, field, cause });
  const source = await open(file, platform, wrong);
  const { data, name, type } = source;
  const streamed = Boolean(platform.streams && (watch || !(data instanceof Blob)));
  const make = (/** @type {[string, string][]} */ parts, /** @type {string} */ part) => {
    if (streamed || !(data instanceof Blob)) return new Streamed([...parts, [part, source]]);
    const form = new FormData();
    for (const [key, value] of parts) form.append(key, value);
    // Only a type that differs makes another blob, which may hold a file on disk.
    form.append(part, data.type === type ? data : data.slice(0, data.size, type), name);
    return form;
  };
  // A stream goes by only once.
  return { rest, multipart: make, ...(!(data instanceof Blob) && { once: true }) };
}

/** @param {any} file @param {any} platform @param {(message: string, cause?: unknown) => Error} wrong @returns {Promise<Source>} */
async function open(file, platform, wrong) {
  if (file instanceof Blob) return { data: file, name: /** @type {any} */ (file).name ?? "file", type: file.type };
  if (file instanceof ArrayBuffer || ArrayBuffer.isView(file)) {
    return { data: new Blob([/** @type {any} */ (file)]), name: "file", type: "" };
  }
  if (typeof ReadableStream !== "undefined" && file instanceof ReadableStream) {
    if (file.locked) throw wrong("is a stream that is being read already");
    return { data: platform.streams ? file : await new Response(file).blob(), name: "file", type: "" };
  }
  const must = "must be a Blob, bytes, a stream or { path }";
  if (typeof file !== "object") throw wrong(must);
  const { path, data, filename, contentType } = file;
  if (typeof path === "string") {
    if (!platform.open) throw wrong("by { path } needs a runtime with files: pass a Blob or bytes");
    try {
      const { blob, name } = await platform.open(path, contentType);
      return { data: blob, name: filename ?? name, type: contentType ?? "" };
    } catch (cause) {
      throw wrong(`cannot be read: ${path}`, cause);
    }
  }
  if (data === undefined || data === null) throw wrong(must);
  const inner = await open(data, platform, wrong);
  return { ...inner, name: filename ?? inner.name, type: contentType ?? inner.type };
}

/**
 * A file that the platform sent: read once, in the way that suits.
 *
 * @param {Response} response
 * @param {any} platform
 * @param {{ signal?: AbortSignal, onDownloadProgress?: (event: { loaded: number, total?: number }) => void }} options
 * @param {string} operation
 */
export function download(response, platform, options, operation) {
  const length = Number(response.headers.get("content-length") ?? NaN);
  const size = Number.isFinite(length) ? length : undefined;
  const stream = () => watched(response.body ?? new Blob([]).stream(), size, options, operation);
  return {
    contentType: response.headers.get("content-type") ?? undefined,
    size,
    stream,
    async bytes() {
      return new Uint8Array(await new Blob(await collect(stream())).arrayBuffer());
    },
    async blob() {
      return new Blob(await collect(stream()), { type: response.headers.get("content-type") ?? "" });
    },
    async text() {
      return new Blob(await collect(stream())).text();
    },
    /** @param {string} path */
    async saveTo(path) {
      if (!platform.save) throw invalid("saveTo needs a runtime with files", { operation });
      await platform.save(path, stream());
    },
  };
}

/**
 * A file's stream, ended by an abort, its progress told. That it broke off is told as every failure is.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number | undefined} total
 * @param {any} options
 * @param {string} operation
 * @returns {ReadableStream<Uint8Array>}
 */
export function watched(stream, total, { signal, onDownloadProgress }, operation) {
  const reader = stream.getReader();
  let loaded = 0;
  let onAbort = () => {};
  const forget = () => signal?.removeEventListener("abort", onAbort);
  return new ReadableStream(
    {
      start(controller) {
        onAbort = () => {
          forget();
          controller.error(aborted(signal, { operation, attempts: 1 }));
          reader.cancel(signal.reason).catch(() => {});
        };
        if (signal?.aborted) onAbort();
        else signal?.addEventListener("abort", onAbort);
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (signal?.aborted) return;
          if (done) {
            forget();
            return controller.close();
          }
          loaded += value.byteLength;
          tell(onDownloadProgress, loaded, total);
          controller.enqueue(value);
        } catch (cause) {
          if (signal?.aborted) return;
          forget();
          const message = `the download broke off after ${loaded} bytes`;
          controller.error(new ChatError({ kind: "network", message, operation, attempts: 1, cause }));
        }
      },
      cancel(reason) {
        forget();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A stream's chunks. Not by way of a `Response`: some make an error of their own of what broke the stream. @param {ReadableStream<Uint8Array>} stream */
async function collect(stream) {
  /** @type {BlobPart[]} */
  const chunks = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(/** @type {any} */ (value));
  }
}
