// @ts-check
// Agora's 007 tokens, built and read locally.
import { toChatError } from "./error.js";
import { streamOf } from "./upload.js";

/** @typedef {import("./load.js").Load} Load */

/** @param {Load} load @param {string} name @param {(core: any) => any} use */
async function using(load, name, use) {
  try {
    return await use(await load());
  } catch (error) {
    throw toChatError(error, name);
  }
}

/** @param {Load} load */
export const appTokens = (load) => (/** @type {any} */ options) =>
  using(load, "buildAppToken", (core) => {
    const { appId, appCertificate, expire = 3600, issued, salt } = options ?? {};
    return core.buildToken(String(appId), String(appCertificate), expire, undefined, issued, salt);
  });

/** @param {Load} load */
export const userTokens = (load) => (/** @type {any} */ options) =>
  using(load, "buildUserToken", (core) => {
    const { appId, appCertificate, userUuid, expire = 3600, issued, salt } = options ?? {};
    if (typeof userUuid !== "string" || !userUuid) throw { kind: "invalid", message: "userUuid is required", field: "userUuid" };
    return core.buildToken(String(appId), String(appCertificate), expire, userUuid, issued, salt);
  });

/** @param {Load} load */
export const decoder = (load) => (/** @type {any} */ token) =>
  using(load, "decodeToken", async (core) => {
    const { appId, user, ...rest } = core.readToken(await inflate(token));
    return { appId, kind: user ? "user" : "app", ...(user && { userUuid: user }), ...rest };
  });

/** @param {Load} load */
export const verifier = (load) => (/** @type {any} */ token, /** @type {any} */ options) =>
  using(load, "verifyToken", async (core) => {
    const now = options?.now ?? Math.floor(Date.now() / 1000);
    const content = await inflate(token).catch(() => new Uint8Array());
    const reason = core.verifyToken(content, String(options?.appCertificate), Number(now));
    return reason === undefined || reason === null ? { valid: true } : { valid: false, reason };
  });

/** No genuine token holds more; it bounds what a forged one can cost. */
const MAX_CONTENT = 64 * 1024;

/** The content of a token: its base64, inflated. @param {any} token */
async function inflate(token) {
  try {
    if (!String(token).startsWith("007")) throw undefined;
    const packed = Uint8Array.from(atob(String(token).slice(3)), (c) => c.charCodeAt(0));
    const stream = streamOf(packed).pipeThrough(/** @type {any} */ (new DecompressionStream("deflate")));
    const content = new Uint8Array(MAX_CONTENT);
    let length = 0;
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return content.slice(0, length);
      if (length + value.length > MAX_CONTENT) {
        await reader.cancel();
        throw undefined;
      }
      content.set(value, length);
      length += value.length;
    }
  } catch {
    throw { kind: "invalid", message: "this is no 007 token" };
  }
}
