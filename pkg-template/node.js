// @ts-check
// The entry for Node, Deno and Bun: as the default one, and it reads and writes files.
import * as fs from "node:fs";
import * as path from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { wasm } from "./core/inline.js";
import { define } from "./lib/client.js";
import { ChatError } from "./lib/error.js";
import { inlined } from "./lib/load.js";
import * as tokens from "./lib/tokens.js";

const load = /* @__PURE__ */ inlined(wasm, (text) => zlib.inflateRawSync(Buffer.from(text, "base64")));

/** What only a runtime with a file system can do. */
const platform = {
  /** @param {string} file @param {string | undefined} type */
  async open(file, type) {
    // `openAsBlob` reads while sending; runtimes without it read at once.
    const blob = fs.openAsBlob
      ? await fs.openAsBlob(file, { type })
      : new Blob([new Uint8Array(await fs.promises.readFile(file))], { type });
    return { blob, name: path.basename(file) };
  },
  /** @param {string} file @param {ReadableStream<Uint8Array>} stream */
  async save(file, stream) {
    await pipeline(Readable.fromWeb(/** @type {any} */ (stream)), fs.createWriteStream(file));
  },
};

export const ChatAdmin = /* @__PURE__ */ define(load, platform);
export const buildAppToken = /* @__PURE__ */ tokens.appTokens(load);
export const buildUserToken = /* @__PURE__ */ tokens.userTokens(load);
export const decodeToken = /* @__PURE__ */ tokens.decoder(load);
export const verifyToken = /* @__PURE__ */ tokens.verifier(load);
export { ChatError };
