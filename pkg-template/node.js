// @ts-check
// The entry for Node, Deno and Bun: as the default one, and it reads and writes files.
import { AsyncLocalStorage } from "node:async_hooks";
import * as fs from "node:fs";
import * as path from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import * as glue from "./core/core.js";
import { wasm } from "./core/inline.js";
import { version } from "./generated/version.js";
import { isFetchReplaced } from "./lib/ambient.js";
import { define } from "./lib/client.js";
import { dispatcherFetch, isDispatcher } from "./lib/dispatcher.js";
import { environment } from "./lib/environment.js";
import { ChatError } from "./lib/error.js";
import { compiled } from "./lib/load.js";
import { nodeFetch } from "./lib/node-http.js";
import * as tokens from "./lib/tokens.js";

const load = /* @__PURE__ */ compiled(glue, () => zlib.inflateRawSync(Buffer.from(wasm, "base64")));

const send = nodeFetch();

/** What all clients send with that were not told otherwise. @type {import("./lib/attempt.js").Send} */
function usual(url, init, ending) {
  if (!isFetchReplaced()) return send(url, init, ending);
  return globalThis.fetch(url, init.signal || !ending ? init : { ...init, signal: ending.signal });
}

const { Deno } = /** @type {any} */ (globalThis);
/** Deno and Bun have a `fetch` of their own make, and only imitate `node:http`. */
const isNode = !Deno && !process.versions.bun;
const runtime = Deno ? `deno/${Deno.version.deno}` : process.versions.bun ? `bun/${process.versions.bun}` : `node/${process.versions.node}`;

/** What only a runtime with files and sockets can do. */
const platform = {
  /** Whether requests can be streamed: browsers cannot, over HTTP/1. */
  streams: true,
  /** Whether calls may share a signal: edge runtimes keep what one request made from all others. */
  shares: true,
  /** Deno asks its user before it hands out a variable: it is not asked for one that it has not allowed. */
  environment: environment((name) => {
    const withheld = Deno && Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted";
    return withheld ? undefined : process.env[name];
  }),
  userAgent: `agora-chat-admin/${version} ${runtime}`,
  /** Keeps a call's context for what the core calls, which runs in anybody's. */
  snapshot: () => AsyncLocalStorage.snapshot?.(),
  /** What to send with, unless the caller says. @param {any} agent */
  transport(agent) {
    if (!isNode) return undefined;
    if (!agent) return usual;
    return isDispatcher(agent) ? dispatcherFetch(agent) : nodeFetch(agent);
  },
  /** @param {string} file @param {string | undefined} type */
  async open(file, type) {
    // Told before anything is sent; Bun would take a file that is not there for an empty one.
    const handle = await fs.promises.open(file);
    const isFile = await handle.stat().then((stat) => stat.isFile()).finally(() => handle.close());
    if (!isFile) throw new Error("it is not a file");
    // `openAsBlob` reads while sending; runtimes without it read at once.
    const blob = fs.openAsBlob
      ? await fs.openAsBlob(file, { type })
      : new Blob([new Uint8Array(await fs.promises.readFile(file))], { type });
    return { blob, name: path.basename(file) };
  },
  /**
   * Writes beside the file and puts it in its place when all is there: what was there before is whole until then.
   *
   * @param {string} file
   * @param {ReadableStream<Uint8Array>} stream
   */
  async save(file, stream) {
    const source = Readable.fromWeb(/** @type {any} */ (stream));
    const there = await fs.promises.stat(file).catch(() => undefined);
    // A device or a pipe is written to, and a folder refused.
    if (there && !there.isFile()) return pipeline(source, fs.createWriteStream(file));
    const target = there ? await fs.promises.realpath(file) : file;
    const beside = path.join(path.dirname(target), `.${crypto.randomUUID()}.part`);
    try {
      await pipeline(source, fs.createWriteStream(beside, { flags: "wx", mode: there?.mode }));
      await fs.promises.rename(beside, target);
    } catch (error) {
      await fs.promises.rm(beside, { force: true });
      throw error;
    }
  },
};

export const ChatAdmin = /* @__PURE__ */ define(load, platform);
export const buildAppToken = /* @__PURE__ */ tokens.appTokens(load);
export const buildUserToken = /* @__PURE__ */ tokens.userTokens(load);
export const decodeToken = /* @__PURE__ */ tokens.decoder(load);
export const verifyToken = /* @__PURE__ */ tokens.verifier(load);
export { ChatError };
