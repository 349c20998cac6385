// @ts-check
// The sandbox in this process. Its wasm travels inlined, apart from the client's.
import { define } from "./lib/sandbox.js";
import { inlined } from "./lib/load.js";
import * as glue from "./sandbox/sandbox.js";
import { wasm } from "./sandbox/inline.js";

export const createSandbox = /* @__PURE__ */ define(/* @__PURE__ */ inlined(glue, wasm));
