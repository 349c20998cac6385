// @ts-check
// The sandbox for workerd and Next's edge runtime, which compile wasm only ahead of time: it imports the module.
import { define } from "./lib/sandbox.js";
import { given } from "./lib/load.js";
import * as glue from "./sandbox/sandbox.js";
// @ts-ignore: the bundler turns this import into a WebAssembly.Module
import module from "./sandbox/sandbox_bg.wasm?module";

export const createSandbox = /* @__PURE__ */ define(/* @__PURE__ */ given(glue, module));
