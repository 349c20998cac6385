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

/** The longest that the platform takes; a token's length is written in 16 bits. */
const LONGEST_UUID = 1_024;
/** What 32 bits hold; in seconds, the year 2106. */
const MOST = 2 ** 32 - 1;

/** A builder's options, refused by name: the wasm would bend a number until it fits. @param {any} options */
function checked(options) {
  const given = options ?? {};
  const refuse = (/** @type {string} */ field, /** @type {string} */ must) => {
    throw { kind: "invalid", message: `${field} ${must}`, field };
  };
  const whole = (/** @type {string} */ field, /** @type {number} */ least, /** @type {number} */ most, /** @type {string} */ what) => {
    const value = given[field];
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) refuse(field, `must be ${what}`);
    return value;
  };
  for (const field of ["appId", "appCertificate"]) {
    if (typeof given[field] !== "string" || given[field] === "") refuse(field, "is required, as a string: a setting or an environment variable may not be set");
  }
  if (given.issued > MOST) refuse("issued", "must be in seconds since 1970, not milliseconds");
  return {
    appId: given.appId,
    appCertificate: given.appCertificate,
    expire: whole("expire", 1, 86_400, "1 to 86400 seconds") ?? 3_600,
    issued: whole("issued", 1, MOST, "a whole number of seconds since 1970"),
    salt: whole("salt", 1, MOST, `a whole number from 1 to ${MOST}`),
  };
}

/** @param {Load} load */
export const appTokens = (load) => (/** @type {any} */ options) =>
  using(load, "buildAppToken", (core) => {
    const { appId, appCertificate, expire, issued, salt } = checked(options);
    return core.buildToken(appId, appCertificate, expire, undefined, issued, salt);
  });

/** @param {Load} load */
export const userTokens = (load) => (/** @type {any} */ options) =>
  using(load, "buildUserToken", (core) => {
    const { appId, appCertificate, expire, issued, salt } = checked(options);
    const { userUuid } = options;
    const message = "userUuid is required: the uuid of the user, as users.get gives it";
    if (typeof userUuid !== "string" || !userUuid) throw { kind: "invalid", message, field: "userUuid" };
    if (userUuid.length > LONGEST_UUID) throw { kind: "invalid", message: `userUuid must have at most ${LONGEST_UUID} characters`, field: "userUuid" };
    return core.buildToken(appId, appCertificate, expire, userUuid, issued, salt);
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
    const { appCertificate, now = Math.floor(Date.now() / 1000) } = options ?? {};
    const refuse = (/** @type {string} */ field, /** @type {string} */ must) => {
      throw { kind: "invalid", message: `${field} ${must}`, field };
    };
    if (typeof appCertificate !== "string" || !appCertificate) refuse("appCertificate", "is required, as a string: a setting or an environment variable may not be set");
    if (!/^[0-9a-f]{32}$/i.test(appCertificate)) refuse("appCertificate", "must be 32 hexadecimal digits");
    if (typeof now !== "number" || !(now >= 0 && now <= MOST)) refuse("now", "must be in seconds since 1970");
    const content = await inflate(token).catch((error) => {
      if (error !== NO_TOKEN) throw error;
    });
    const reason = content ? core.verifyToken(content, appCertificate, now) : "malformed";
    return reason === undefined || reason === null ? { valid: true } : { valid: false, reason };
  });

/** No genuine token holds more; it bounds what a forged one can cost. */
const MAX_CONTENT = 64 * 1024;

const NO_TOKEN = { kind: "invalid", message: "this is no 007 token" };

/** The content of a token: its base64, inflated. @param {any} token */
async function inflate(token) {
  const text = String(token);
  if (!text.startsWith("007")) throw NO_TOKEN;
  let packed;
  try {
    packed = Uint8Array.from(atob(text.slice(3)), (c) => c.charCodeAt(0));
  } catch {
    throw NO_TOKEN;
  }
  // What this runtime lacks is not the token's fault.
  const reader = streamOf(packed).pipeThrough(/** @type {any} */ (new DecompressionStream("deflate"))).getReader();
  const content = new Uint8Array(MAX_CONTENT);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => Promise.reject(NO_TOKEN));
    if (done) return content.slice(0, length);
    if (length + value.length > MAX_CONTENT) {
      await reader.cancel();
      throw NO_TOKEN;
    }
    content.set(value, length);
    length += value.length;
  }
}
