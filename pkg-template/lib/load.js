// @ts-check
// Loading the wasm: on first use, once; a failure is forgotten, so that the next use tries again.
import * as glue from "../core/core.js";

/** @typedef {() => Promise<typeof import("../core/core.js")>} Load */

/** @param {() => Promise<unknown>} start @returns {Load} */
function once(start) {
  /** @type {Promise<any> | undefined} */
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
 * @param {string} wasm Deflated, in base64.
 * @param {(base64: string) => Uint8Array | Promise<Uint8Array>} [decode]
 * @returns {Load}
 */
export function inlined(wasm, decode = inflate) {
  return once(async () => glue.default({ module_or_path: /** @type {any} */ (await decode(wasm)) }));
}

/** From what the caller gave. @param {any} wasm @returns {Load} */
export function given(wasm) {
  return once(async () => {
    const source = await wasm;
    if (source instanceof WebAssembly.Module) glue.initSync({ module: source });
    else await glue.default({ module_or_path: source });
  });
}

/** @param {string} text */
async function inflate(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
