/** What bundlers that know WebAssembly make of the import. */
declare const wasm: WebAssembly.Module;
export default wasm;
