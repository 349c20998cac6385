// For `WebAssembly.Module` where no other types have it.
import type {} from "./slim.js";

/** What bundlers that know WebAssembly make of the import. */
declare const wasm: WebAssembly.Module;
export default wasm;
