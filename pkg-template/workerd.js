// @ts-check
// The entry for workerd (Cloudflare Workers) and Next's edge runtime, which compile wasm only ahead of time: it imports the
// module. Both know it by `?module`.
import * as glue from "./core/core.js";
// @ts-ignore: the bundler turns this import into a WebAssembly.Module
import module from "./core/core_bg.wasm?module";
import { version } from "./generated/version.js";
import { define } from "./lib/client.js";
import { ChatError } from "./lib/error.js";
import { given } from "./lib/load.js";
import * as tokens from "./lib/tokens.js";

const load = /* @__PURE__ */ given(glue, module);

export const ChatAdmin = /* @__PURE__ */ define(load, { streams: true, userAgent: `agora-chat-admin/${version} ${"EdgeRuntime" in globalThis ? "edge-light" : "workerd"}` });
export const buildAppToken = /* @__PURE__ */ tokens.appTokens(load);
export const buildUserToken = /* @__PURE__ */ tokens.userTokens(load);
export const decodeToken = /* @__PURE__ */ tokens.decoder(load);
export const verifyToken = /* @__PURE__ */ tokens.verifier(load);
export { ChatError };
