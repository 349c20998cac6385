// @ts-check
// Configuration and per-call options: checked here, as far as that needs no wasm.
import { invalid } from "./error.js";

const CONFIG = [
  "baseUrl", "app", "auth", "dialect", "timeout", "retries", "headers", "forms", "allowHttp", "fetch", "agent", "limits", "limiter", "onRequest",
  "onResponse", "onRetry", "logger", "dangerouslyAllowBrowser",
];
const CALL = [
  "timeout", "retries", "headers", "form", "signal", "fetch", "onRequest", "onResponse", "onRetry", "onDownloadProgress",
  "onUploadProgress",
];
/** The longest time that timers take. */
const LONGEST = 2 ** 31 - 1;

/** @param {any} object @param {string[]} known @param {string} what @param {string} [operation] */
function refuseUnknown(object, known, what, operation) {
  if (typeof object !== "object" || object === null || Array.isArray(object)) {
    throw invalid(`${what === "ChatAdmin" ? "the options of ChatAdmin" : what} must be an object`, { operation });
  }
  const unknown = Object.keys(object).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid(`${unknown} is no ${what === "options" ? "option" : `option of ${what}`}`, { operation, field: unknown });
}

/** What every call and every client may set. @param {any} options @param {string} [operation] */
function common(options, operation) {
  /** @type {Record<string, any>} */
  const checked = {};
  const wrong = (/** @type {string} */ field, /** @type {string} */ must) => invalid(`${field} must be ${must}`, { operation, field });
  const { timeout, retries, headers } = options;
  if (timeout !== undefined) {
    if (typeof timeout !== "number" || !(timeout > 0)) throw wrong("timeout", "a number of milliseconds above 0");
    checked.timeout = Math.min(Math.ceil(timeout), LONGEST);
  }
  if (retries !== undefined) {
    if (!Number.isInteger(retries) || retries < 0 || retries > 100) throw wrong("retries", "a whole number from 0 to 100");
    checked.retries = retries;
  }
  if (headers !== undefined) {
    const entries = headers instanceof Headers ? [...headers] : Object.entries(headers ?? {});
    const bad = entries.find(([, value]) => typeof value !== "string");
    if (typeof headers !== "object" || bad) throw wrong("headers", "an object of strings");
    checked.headers = Object.fromEntries(entries);
  }
  for (const name of ["fetch", "onRequest", "onResponse", "onRetry", "onDownloadProgress", "onUploadProgress"]) {
    if (options[name] !== undefined && typeof options[name] !== "function") throw wrong(name, "a function");
  }
  return checked;
}

/** The options of most calls. @type {Record<string, any>} */
export const NONE = Object.freeze({});

/** One call's options, for the core. @param {any} options @param {string} operation */
export function callOptions(options, operation) {
  if (options === undefined) return NONE;
  refuseUnknown(options, CALL, "options", operation);
  const { signal, form } = options;
  const checked = common(options, operation);
  if (signal !== undefined) {
    if (typeof signal?.addEventListener !== "function") throw invalid("signal must be an AbortSignal", { operation, field: "signal" });
    checked.signal = signal;
  }
  if (form !== undefined) {
    if (typeof form !== "string") throw invalid("form must be a method, for instance PUT", { operation, field: "form" });
    checked.form = form;
  }
  return checked;
}

/**
 * A client's configuration, for the core; and the token callback, if there is one.
 *
 * @param {any} options
 * @returns {{ config: Record<string, any>, token?: () => unknown }}
 */
export function configuration(options) {
  refuseUnknown(options, CONFIG, "ChatAdmin");
  const { baseUrl, app, auth, dialect, forms, allowHttp, logger } = options;
  const url = typeof baseUrl === "string" && URL.canParse?.(baseUrl) !== false ? baseUrl : undefined;
  if (url === undefined) throw invalid("baseUrl must be a URL such as https://a61.chat.agora.io", { field: "baseUrl" });
  if (dialect !== undefined && dialect !== "agora" && dialect !== "easemob") {
    throw invalid('dialect must be "agora" or "easemob"', { field: "dialect" });
  }
  if (forms !== undefined && (typeof forms !== "object" || Object.values(forms ?? {}).some((m) => typeof m !== "string"))) {
    throw invalid("forms must be an object of operation ids and methods", { field: "forms" });
  }
  if (logger !== undefined && (typeof logger !== "object" || logger === null)) {
    throw invalid("logger must be an object with debug, info, warn and error", { field: "logger" });
  }
  const { agent } = options;
  if (agent !== undefined && typeof agent?.addRequest !== "function" && typeof agent?.dispatch !== "function") {
    throw invalid("agent must be an http.Agent, an https.Agent or a Dispatcher of undici's", { field: "agent" });
  }
  checkLimits(options);
  const { given, token } = authentication(auth);
  if (("appCertificate" in given || "clientSecret" in given) && isBrowser() && !isLoopback(url) && !options.dangerouslyAllowBrowser) {
    throw invalid(
      "auth holds a secret, and everyone can read what is in a page: fetch tokens from your back end with " +
        "{ token: async () => … } instead, or set dangerouslyAllowBrowser if only you can open this page",
      { field: "auth" },
    );
  }
  const config = {
    baseUrl: url,
    app: application(app),
    auth: given,
    ...common(options),
    ...(dialect && { dialect }),
    ...(forms && { forms: { ...forms } }),
    ...(allowHttp !== undefined && { allowHttp: Boolean(allowHttp) }),
  };
  return { config, token };
}

/** @param {any} options */
function checkLimits({ limits, limiter }) {
  if (limiter !== undefined && typeof limiter?.acquire !== "function") {
    throw invalid("limiter must have a method acquire", { field: "limiter" });
  }
  if (limits === undefined || typeof limits === "boolean") return;
  refuseUnknown(limits, ["app", "maxWait"], "limits");
  const { app, maxWait } = limits;
  if (app !== undefined && !(Number.isInteger(app?.count) && app.count > 0 && app.seconds > 0)) {
    throw invalid("limits.app must be { count, seconds }, both above 0", { field: "limits.app" });
  }
  if (maxWait !== undefined && !(maxWait >= 0)) throw invalid("limits.maxWait must be milliseconds", { field: "limits.maxWait" });
}

/** @param {any} app */
function application(app) {
  const text = (/** @type {any} */ value) => typeof value === "string" && value !== "";
  if (text(app) && /^[^#]+#[^#]+$/.test(app)) {
    const [org, name] = app.split("#");
    return { org, name };
  }
  if (app && typeof app === "object") {
    if (text(app.id)) return { id: app.id };
    if (text(app.org) && text(app.name)) return { org: app.org, name: app.name };
  }
  throw invalid('app must be "org#app", { org, name } or { id }', { field: "app" });
}

/** @param {any} auth @returns {{ given: Record<string, any>, token?: () => unknown }} */
function authentication(auth) {
  const text = (/** @type {string} */ name) => {
    const value = auth[name];
    const missing = value === undefined || value === "" ? ": it is missing, so a setting or an environment variable may not be set" : "";
    if (typeof value !== "string" || missing) throw invalid(`auth.${name} must be a string${missing}`, { field: `auth.${name}` });
    return value;
  };
  if (auth === "none") return { given: {} };
  if (auth && typeof auth === "object") {
    if ("token" in auth) {
      if (typeof auth.token === "function") return { given: {}, token: auth.token };
      return { given: { token: text("token") } };
    }
    if ("appCertificate" in auth || "appId" in auth) {
      const { expire } = auth;
      if (expire !== undefined && !(Number.isInteger(expire) && expire > 0 && expire <= 86_400)) {
        throw invalid("auth.expire must be 1 to 86400 seconds", { field: "auth.expire" });
      }
      return { given: { appId: text("appId"), appCertificate: text("appCertificate"), ...(expire && { expire }) } };
    }
    if ("clientId" in auth || "clientSecret" in auth) {
      return { given: { clientId: text("clientId"), clientSecret: text("clientSecret") } };
    }
  }
  throw invalid('auth must be { appId, appCertificate }, { clientId, clientSecret }, { token } or "none"', { field: "auth" });
}

function isBrowser() {
  const { window, document } = /** @type {any} */ (globalThis);
  return window !== undefined && document !== undefined;
}

/** @param {string} url */
function isLoopback(url) {
  return /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i.test(url);
}
