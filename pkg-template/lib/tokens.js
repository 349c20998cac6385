// @ts-check
// Agora's 007 tokens, built and read locally.
import { toChatError } from "./error.js";

/** @typedef {import("./load.js").Load} Load */

/** @param {Load} load @param {string} name @param {(core: any) => any} use */
async function using(load, name, use) {
  try {
    return use(await load());
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
  using(load, "decodeToken", (core) => {
    const { app_id: appId, user, ...rest } = JSON.parse(core.decodeToken(String(token)));
    return { appId, kind: user ? "user" : "app", ...(user && { userUuid: user }), ...rest };
  });

/** @param {Load} load */
export const verifier = (load) => (/** @type {any} */ token, /** @type {any} */ options) =>
  using(load, "verifyToken", (core) => {
    const now = options?.now ?? Math.floor(Date.now() / 1000);
    const reason = core.verifyToken(String(token), String(options?.appCertificate), Number(now));
    return reason === undefined || reason === null ? { valid: true } : { valid: false, reason };
  });
