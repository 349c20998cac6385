import type * as full from "./index.js";

export * from "./index.js";

/**
 * Makes the package's exports from the wasm, which is at `agora-chat-admin/core_bg.wasm`: its bytes, a compiled module,
 * a URL, a `Response`, or a promise of one.
 */
export declare function create(
  wasm: Source | Promise<Source>,
): Pick<typeof full, "ChatAdmin" | "ChatError" | "buildAppToken" | "buildUserToken" | "decodeToken" | "verifyToken">;

/** Where the wasm is. */
export type Source = ArrayBuffer | ArrayBufferView | WebAssembly.Module | URL | string | Response;

/** Known to the DOM's types and Node's; this is for where neither are there. */
declare global {
  namespace WebAssembly {
    interface Module {}
  }
}
