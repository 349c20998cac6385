// @ts-check
// Configuration and per-call options: checked here, as far as that needs no wasm.
import { invalid } from "./error.js";
import { plain } from "./headers.js";

/** What clients, views of one and calls may set. */
const COMMON = ["timeout", "deadline", "retries", "headers", "fetch", "onRequest", "onResponse", "onRetry"];
const VIEW = [...COMMON, "logger", "logLevel"];
const CONFIG = [...VIEW, "baseUrl", "app", "auth", "dialect", "forms", "allowHttp", "agent", "limits", "limiter", "dangerouslyAllowBrowser"];
const CALL = [...COMMON, "form", "signal", "onDownloadProgress", "onUploadProgress"];
const LEVELS = ["debug", "info", "warn", "error", "off"];
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
  const { retries, headers } = options;
  for (const name of ["timeout", "deadline"]) {
    const time = options[name];
    if (time === undefined) continue;
    if (typeof time !== "number" || !(time > 0)) throw wrong(name, "a number of milliseconds above 0");
    checked[name] = Math.min(Math.ceil(time), LONGEST);
  }
  if (retries !== undefined) {
    if (!Number.isInteger(retries) || retries < 0 || retries > 100) throw wrong("retries", "a whole number from 0 to 100");
    checked.retries = retries;
  }
  if (headers !== undefined) checked.headers = plain(headers, wrong);
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

/** What calls have where they set nothing themselves. @param {any} defaults @param {any} checked */
export function merged(defaults, checked) {
  if (defaults === NONE || checked === NONE) return checked === NONE ? defaults : checked;
  const headers = { ...defaults.headers, ...checked.headers };
  return { ...defaults, ...checked, ...(Object.keys(headers).length && { headers }) };
}

/** A view's options, as `common` has them. @param {any} options */
export function viewOptions(options) {
  refuseUnknown(options, VIEW, "withOptions");
  checkLogger(options);
  return common(options);
}

/** @param {any} options */
function checkLogger({ logger, logLevel }) {
  if (logger !== undefined && (typeof logger !== "object" || logger === null)) {
    throw invalid("logger must be an object with debug, info, warn and error", { field: "logger" });
  }
  if (logLevel !== undefined && !LEVELS.includes(logLevel)) {
    throw invalid(`logLevel must be one of ${LEVELS.join(", ")}`, { field: "logLevel" });
  }
}

/** The logger as far as its level reaches; none if that is not at all. @param {any} options */
export function leveled({ logger, logLevel = logger ? "debug" : "off" }) {
  if (logLevel === "off") return undefined;
  /** @type {Record<string, (message: string, details: object) => void>} */
  const lines = {};
  for (const level of LEVELS.slice(LEVELS.indexOf(logLevel), -1)) {
    // Looked up at each line: it may be replaced later, by a mock for instance.
    lines[level] = (message, details) => (logger ?? /** @type {any} */ (console))[level]?.(message, details);
  }
  return lines;
}

/**
 * A client's configuration, for the core; and the token callback, if there is one.
 *
 * @param {any} options
 * @param {string} [userAgent]
 * @returns {{ config: Record<string, any>, token?: () => unknown }}
 */
export function configuration(options, userAgent) {
  refuseUnknown(options, CONFIG, "ChatAdmin");
  const { baseUrl, app, auth, dialect, forms, allowHttp } = options;
  const url = typeof baseUrl === "string" ? setting(baseUrl, "baseUrl") : undefined;
  if (url === undefined || URL.canParse?.(url) === false) throw invalid("baseUrl must be a URL such as https://a61.chat.agora.io", { field: "baseUrl" });
  if (dialect !== undefined && dialect !== "agora" && dialect !== "easemob") {
    throw invalid('dialect must be "agora" or "easemob"', { field: "dialect" });
  }
  if (forms !== undefined && (typeof forms !== "object" || Object.values(forms ?? {}).some((m) => typeof m !== "string"))) {
    throw invalid("forms must be an object of operation ids and methods", { field: "forms" });
  }
  checkLogger(options);
  const { agent } = options;
  // An undici Dispatcher has no `addRequest`.
  if (agent !== undefined && typeof agent?.addRequest !== "function" && typeof agent?.dispatch !== "function") {
    throw invalid("agent must be an http.Agent, an https.Agent or a Dispatcher of undici", { field: "agent" });
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
  const checked = common(options);
  const config = {
    baseUrl: url,
    app: application(app),
    auth: given,
    ...checked,
    ...(userAgent && { headers: { "user-agent": userAgent, ...checked.headers } }),
    ...(dialect && { dialect }),
    ...(forms && { forms: { ...forms } }),
    ...(allowHttp !== undefined && { allowHttp: Boolean(allowHttp) }),
  };
  return { config, token };
}

/** A text as files and variables hold it: refused if something came along that does not belong to it. @param {string} value @param {string} field */
function setting(value, field) {
  const wrong = (/** @type {string} */ why) => invalid(`${field} ${why}`, { field });
  if (/^\s|\s$|[\x00-\x1f\x7f]/.test(value)) throw wrong("has white space or a line break at its end, or within");
  if (/^["'\u2018-\u201d]|["'\u2018-\u201d]$/.test(value)) throw wrong("is in quotes");
  return value;
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
  if (text(app) && /^[^#]+#[^#]+$/.test(setting(app, "app"))) {
    const [org, name] = app.split("#");
    return { org: setting(org, "app"), name: setting(name, "app") };
  }
  if (app && typeof app === "object") {
    if (text(app.id)) return { id: setting(app.id, "app.id") };
    if (text(app.org) && text(app.name)) return { org: setting(app.org, "app.org"), name: setting(app.name, "app.name") };
  }
  throw invalid('app must be "org#app", { org, name } or { id }', { field: "app" });
}

/** @param {any} auth @returns {{ given: Record<string, any>, token?: () => unknown }} */
function authentication(auth) {
  const text = (/** @type {string} */ name) => {
    const value = auth[name];
    const missing = value === undefined || value === "" ? ": it is missing, so a setting or an environment variable may not be set" : "";
    if (typeof value !== "string" || missing) throw invalid(`auth.${name} must be a string${missing}`, { field: `auth.${name}` });
    if (/^bearer\s/i.test(value)) throw invalid(`auth.${name} begins with "Bearer": give the token alone`, { field: `auth.${name}` });
    return setting(value, `auth.${name}`);
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
