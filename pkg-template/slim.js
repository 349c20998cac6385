// @ts-check
// The entry without the wasm: the caller says where it is.
import * as glue from "./core/core.js";
import { define } from "./lib/client.js";
import { ChatError } from "./lib/error.js";
import { given } from "./lib/load.js";
import * as tokens from "./lib/tokens.js";

/**
 * Makes the package's exports from the wasm, which is at `agora-chat-admin/core_bg.wasm`.
 *
 * @param {any} wasm Its bytes, a compiled `WebAssembly.Module`, a URL, a `Response`, or a promise of one.
 */
export function create(wasm) {
  const load = given(glue, wasm);
  return {
    ChatAdmin: define(load),
    ChatError,
    buildAppToken: tokens.appTokens(load),
    buildUserToken: tokens.userTokens(load),
    decodeToken: tokens.decoder(load),
    verifyToken: tokens.verifier(load),
  };
}

export { ChatError };
