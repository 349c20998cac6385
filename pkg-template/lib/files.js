// @ts-check
// Files on their way in and out. Their bytes never enter the wasm.
import { aborted, invalid } from "./error.js";

/**
 * Takes the file out of the parameters and makes the function with which the core makes the request's body.
 *
 * @param {string} operation
 * @param {string} field
 * @param {any} params
 * @param {any} platform
 */
export async function upload(operation, field, params, platform) {
  const { [field]: file, ...rest } = params ?? {};
  if (file === undefined || file === null) throw invalid(`${field} is required`, { operation, field });
  const wrong = (/** @type {string} */ message, /** @type {unknown} */ cause) => invalid(`${field} ${message}`, { operation, field, cause });
  const { blob, name } = await toBlob(file, platform, wrong);
  const make = (/** @type {[string, string][]} */ parts, /** @type {string} */ part) => {
    const form = new FormData();
    for (const [key, value] of parts) form.append(key, value);
    form.append(part, blob, name);
    return form;
  };
  return { rest, blob: make };
}

/** @param {any} file @param {any} platform @param {(message: string, cause?: unknown) => Error} wrong @returns {Promise<{ blob: Blob, name: string }>} */
async function toBlob(file, platform, wrong) {
  if (file instanceof Blob) return { blob: file, name: /** @type {any} */ (file).name ?? "file" };
  if (file instanceof ArrayBuffer || ArrayBuffer.isView(file)) {
    return { blob: new Blob([/** @type {any} */ (file)]), name: "file" };
  }
  if (typeof ReadableStream !== "undefined" && file instanceof ReadableStream) {
    // A request that may be retried needs its bytes again, so a stream is read to its end first.
    return { blob: await new Response(file).blob(), name: "file" };
  }
  const must = "must be a Blob, bytes, a stream or { path }";
  if (typeof file !== "object") throw wrong(must);
  const { path, data, filename, contentType } = file;
  if (typeof path === "string") {
    if (!platform.open) throw wrong("by { path } needs a runtime with files: pass a Blob or bytes");
    try {
      const { blob, name } = await platform.open(path, contentType);
      return { blob, name: filename ?? name };
    } catch (cause) {
      throw wrong(`cannot be read: ${path}`, cause);
    }
  }
  if (data === undefined || data === null) throw wrong(must);
  const inner = await toBlob(data, platform, wrong);
  const blob = contentType ? inner.blob.slice(0, inner.blob.size, contentType) : inner.blob;
  return { blob, name: filename ?? inner.name };
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
      return new Uint8Array(await new Response(stream()).arrayBuffer());
    },
    async blob() {
      const type = response.headers.get("content-type") ?? "";
      return new Blob([await new Response(stream()).arrayBuffer()], { type });
    },
    text: () => new Response(stream()).text(),
    /** @param {string} path */
    async saveTo(path) {
      if (!platform.save) throw invalid("saveTo needs a runtime with files", { operation });
      await platform.save(path, stream());
    },
  };
}

/** The stream, ended by an abort, its progress told. @param {ReadableStream<Uint8Array>} stream @param {number | undefined} total @param {any} options @param {string} operation */
function watched(stream, total, { signal, onDownloadProgress }, operation) {
  if (!signal && !onDownloadProgress) return stream;
  let loaded = 0;
  const told = new TransformStream({
    start(controller) {
      const stop = () => controller.error(aborted(signal, { operation, attempts: 1 }));
      if (signal?.aborted) stop();
      else signal?.addEventListener("abort", stop, { once: true });
    },
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      onDownloadProgress?.({ loaded, ...(total !== undefined && { total }) });
      controller.enqueue(chunk);
    },
  });
  return stream.pipeThrough(told);
}
