// @ts-check
// The default entry, for browsers and edge runtimes: the wasm travels inlined, so nothing needs configuring.
import * as glue from "./core/core.js";
import { wasm } from "./core/inline.js";
import { define } from "./lib/client.js";
import { ChatError } from "./lib/error.js";
import { inlined } from "./lib/load.js";
import * as tokens from "./lib/tokens.js";

const load = /* @__PURE__ */ inlined(glue, wasm);

export const ChatAdmin = /* @__PURE__ */ define(load);
export const buildAppToken = /* @__PURE__ */ tokens.appTokens(load);
export const buildUserToken = /* @__PURE__ */ tokens.userTokens(load);
export const decodeToken = /* @__PURE__ */ tokens.decoder(load);
export const verifyToken = /* @__PURE__ */ tokens.verifier(load);
export { ChatError };
