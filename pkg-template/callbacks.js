// @ts-check
// The platform's callbacks: verified, typed, answered. Nothing here needs the wasm.
export { CallbackError } from "./lib/callbacks/error.js";
export { handler, nodeHandler } from "./lib/callbacks/handle.js";
export { allow, block } from "./lib/callbacks/reply.js";
export { generateTestEvent } from "./lib/callbacks/testing.js";
export { constructEvent, memory, sign } from "./lib/callbacks/verify.js";
