/** What bundlers that know WebAssembly make of it. */
declare const wasm: WebAssembly.Module;
export = wasm;
