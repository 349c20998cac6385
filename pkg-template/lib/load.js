// @ts-check
// Loading the wasm: on first use, once; a failure is forgotten, so that the next use tries again.
import { builtin } from "./runtime.js";

/** @typedef {() => Promise<typeof import("../core/core.js")>} Load */
/** @typedef {{ default: (source: any) => Promise<unknown>, initSync: (source: any) => unknown }} Glue */

/** @template {Glue} G @param {G} glue @param {() => Promise<unknown>} start @returns {() => Promise<G>} */
function once(glue, start) {
  /** @type {Promise<G> | undefined} */
  let loading;
  return () =>
    (loading ??= start().then(
      () => glue,
      (error) => {
        loading = undefined;
        throw error;
      },
    ));
}

/**
 * From the bytes that travel in the package.
 *
 * @template {Glue} G
 * @param {G} glue
 * @param {string} wasm Deflated, in base64.
 */
export function inlined(glue, wasm) {
  return once(glue, async () => glue.default({ module_or_path: await inflate(wasm) }));
}

/**
 * The same where bytes may be compiled at once. The glue would ask whether they are a `Response`, and Node loads all of its
 * `fetch` to answer: longer than everything else takes together.
 *
 * @template {Glue} G
 * @param {G} glue
 * @param {() => BufferSource} bytes
 */
export function compiled(glue, bytes) {
  return once(glue, async () => glue.initSync({ module: await WebAssembly.compile(bytes()) }));
}

/** From what the caller gave. @template {Glue} G @param {G} glue @param {any} wasm */
export function given(glue, wasm) {
  return once(glue, async () => {
    const source = await wasm;
    if (source instanceof WebAssembly.Module) glue.initSync({ module: source });
    else await glue.default({ module_or_path: source });
  });
}

/** @param {string} text */
async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (typeof DecompressionStream === "undefined") {
    const zlib = builtin("node:zlib");
    if (!zlib) throw new Error("this runtime cannot unpack the wasm: use agora-chat-admin/slim, which takes it as a module");
    return zlib.inflateRawSync(bytes);
  }
  // Not by way of a Blob: not everything that imitates a browser has the whole of it.
  const packed = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const unpacked = packed.pipeThrough(/** @type {any} */ (new DecompressionStream("deflate-raw")));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}
