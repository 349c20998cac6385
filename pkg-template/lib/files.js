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
  const must = "must be a Blob, bytes, a stream or { path }";
  if (typeof file !== "object") throw wrong(must);
  const stream = webStream(file);
  if (stream) {
    if (stream.locked || file.readableDidRead || file.destroyed) throw wrong("is a stream that is being read already");
    // Node's streams of files have a path; with a range they are not all of what is there.
    const name = typeof file.path === "string" ? (/[^\\/]+$/.exec(file.path)?.[0] ?? "file") : "file";
    return { data: platform.streams ? stream : await new Response(stream).blob(), name, type: "" };
  }
  const { path, data, filename, contentType } = file;
  for (const [name, value] of Object.entries({ filename, contentType })) {
    if (value === undefined) continue;
    if (typeof value !== "string") throw wrong(`must have a string as its ${name}`);
    // A name is encoded; a type stands in the part's head as it is.
    if (name === "contentType" && /[^ -~]/.test(value)) throw wrong("must have a contentType of printable ASCII alone");
  }
  if (typeof path === "string") {
    if (!platform.open) throw wrong("by { path } needs a runtime with files: pass a Blob or bytes");
    try {
      const { blob, name } = await platform.open(path, contentType);
      return { data: blob, name: filename ?? name, type: contentType ?? "", path };
    } catch (cause) {
      throw wrong(`cannot be read: ${path}`, cause);
    }
  }
  if (data === undefined || data === null) throw wrong(must);
  const inner = await open(data, platform, wrong);
  return { ...inner, name: filename ?? inner.name, type: contentType ?? inner.type };
}

/** A stream of the web's, also for one of Node's and whatever else gives chunks one by one. @param {any} given @returns {ReadableStream<Uint8Array> | undefined} */
function webStream(given) {
  if (typeof given.getReader === "function") return given;
  if (typeof given[Symbol.asyncIterator] !== "function") return undefined;
  /** @type {AsyncIterator<any> | undefined} */
  let chunks;
  return new ReadableStream(
    {
      async pull(controller) {
        chunks ??= /** @type {AsyncIterator<any>} */ (given[Symbol.asyncIterator]());
        const { done, value } = await chunks.next();
        if (done) return controller.close();
        const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
        if (!ArrayBuffer.isView(bytes)) throw new TypeError(`the stream gives ${typeof bytes}s where bytes are due`);
        controller.enqueue(/** @type {Uint8Array} */ (bytes));
      },
      async cancel() {
        // Before its first chunk an iterator knows of nothing to close.
        if (typeof given.destroy === "function") given.destroy();
        else await chunks?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Lets go of the connections of files that nobody read. @type {FinalizationRegistry<any> | undefined} */
let unread;

/**
 * A file that the platform sent: read once, in the way that suits.
 *
 * @param {Response} response
 * @param {any} platform
 * @param {Reading} options
 * @param {string} operation
 */
export function download(response, platform, options, operation) {
  const { headers } = response;
  const size = sizeOf(headers);
  const contentType = headers.get("content-type") ?? undefined;
  let used = false;
  const stream = () => {
    if (used) throw invalid("the file was read already: it comes once, ask for it again", { operation });
    used = true;
    unread?.unregister(file);
    return watched(bodyOf(response, operation), size, options, operation);
  };
  const file = {
    contentType,
    size,
    stream,
    async bytes() {
      return new Uint8Array(await new Blob(await collect(stream())).arrayBuffer());
    },
    async blob() {
      return new Blob(await collect(stream()), { type: contentType ?? "" });
    },
    async text() {
      return new Blob(await collect(stream())).text();
    },
    /** @param {string} path */
    async saveTo(path) {
      if (!platform.save) throw invalid("saveTo needs a runtime with files", { operation });
      const content = stream();
      try {
        await platform.save(path, content);
      } catch (cause) {
        if (cause instanceof ChatError) throw cause;
        throw invalid(`cannot write ${path}: ${/** @type {any} */ (cause)?.message}`, { operation, field: "path", cause });
      }
    },
    async cancel() {
      if (!used) await stream().cancel();
    },
  };
  if (typeof FinalizationRegistry === "function") {
    unread ??= new FinalizationRegistry((held) => void held.body?.cancel?.()?.catch?.(() => {}));
    unread.register(file, response, file);
  }
  return file;
}

/** How many bytes will come, if the server says. What is packed on the way is longer than the header says. @param {Headers} headers */
export function sizeOf(headers) {
  const encoding = headers.get("content-encoding");
  const length = headers.get("content-length");
  return length && (!encoding || encoding === "identity") && Number.isFinite(Number(length)) ? Number(length) : undefined;
}

/** A response's body; some make it a stream of Node's, or have none. @param {any} response @param {string} operation @returns {ReadableStream<Uint8Array>} */
export function bodyOf(response, operation) {
  const { body } = response;
  if (body === undefined || body === null) return new Blob([]).stream();
  const stream = typeof body === "object" && webStream(body);
  if (!stream) throw new ChatError({ kind: "decode", message: "fetch gave a body that is no stream", operation, attempts: 1 });
  return stream;
}

/** @typedef {{ signal?: AbortSignal, timeout?: number, onDownloadProgress?: import("./upload.js").Progress }} Reading */

/**
 * A file's stream, ended by an abort or when nothing comes for so long, its progress told. That it broke off is told as every
 * failure is.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number | undefined} total
 * @param {Reading} options
 * @param {string} operation
 * @returns {ReadableStream<Uint8Array>}
 */
export function watched(stream, total, { signal, timeout, onDownloadProgress }, operation) {
  const reader = stream.getReader();
  let loaded = 0;
  let over = false;
  /** @type {(error: unknown, reason: unknown) => void} */
  let stop = () => {};
  const onAbort = () => stop(aborted(/** @type {AbortSignal} */ (signal), { operation, attempts: 1 }), signal?.reason);
  const failed = (/** @type {string} */ kind, /** @type {string} */ message, /** @type {unknown} */ cause) =>
    new ChatError({ kind, message, operation, attempts: 1, retryable: true, cause });
  return new ReadableStream(
    {
      start(controller) {
        stop = (error, reason) => {
          over = true;
          signal?.removeEventListener("abort", onAbort);
          controller.error(error);
          reader.cancel(reason).catch(() => {});
        };
        if (signal?.aborted) onAbort();
        else signal?.addEventListener("abort", onAbort);
      },
      async pull(controller) {
        // Only while someone waits for it: who reads slowly is not the server's fault.
        const late = () => {
          const error = failed("timeout", `nothing came for ${timeout} ms, after ${loaded} bytes`, undefined);
          stop(error, error);
        };
        const timer = timeout === undefined ? undefined : setTimeout(late, Math.min(timeout, 2 ** 31 - 1));
        try {
          const { done, value } = await reader.read();
          if (over) return;
          if (done) {
            signal?.removeEventListener("abort", onAbort);
            return controller.close();
          }
          loaded += value.byteLength;
          tell(onDownloadProgress, loaded, total);
          controller.enqueue(value);
        } catch (cause) {
          if (!over) stop(failed("network", `the download broke off after ${loaded} bytes`, cause), cause);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel(reason) {
        over = true;
        signal?.removeEventListener("abort", onAbort);
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
