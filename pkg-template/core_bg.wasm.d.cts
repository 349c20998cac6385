// For `WebAssembly.Module` where no other types have it.
import type {} from "./slim.cjs";

/** What bundlers that know WebAssembly make of it. */
declare const wasm: WebAssembly.Module;
export = wasm;
