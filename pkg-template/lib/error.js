// @ts-check
// The one error type.
import { real } from "./headers.js";
import { redactText } from "./redact.js";

/**
 * @typedef {object} Details
 * @property {string} kind
 * @property {string} message
 * @property {string} [operation]
 * @property {string} [field]
 * @property {number} [status]
 * @property {string} [code]
 * @property {number} [errorCode]
 * @property {string} [description]
 * @property {boolean} [retryable]
 * @property {boolean} [unknown]
 * @property {number} [attempts]
 * @property {any} [headers]
 * @property {number} [retryAfter]
 * @property {string} [body]
 * @property {unknown} [cause]
 */

/** What was to be sent could not be read: not the connection's fault, which it would be taken for. */
export class SourceError extends Error {
  // As the runtime's own are called: the core knows them by it, and some `fetch`es wrap them.
  name = "NotReadableError";
}

/** What tells a `ChatError`, whichever copy of the package made it: an app may load it both ways, imported and required. */
const BRAND = Symbol.for("agora-chat-admin.ChatError");

// It never names itself: bundlers would rename a class that does, and print errors by that name.
export class ChatError extends Error {
  static {
    // A minifier renames it all the same.
    Object.defineProperty(this, "name", { value: "ChatError", configurable: true });
  }

  /** @param {any} value */
  static [Symbol.hasInstance](value) {
    // A class that extends it does not have this for its own.
    return Object.hasOwn(this, Symbol.hasInstance) ? value?.[BRAND] === true : Function.prototype[Symbol.hasInstance].call(this, value);
  }

  #headers;

  /** @param {Details} details */
  constructor(details) {
    const { operation = "", message, cause, headers } = details;
    super(operation ? `${operation}: ${message}` : message, cause === undefined ? undefined : { cause });
    this.kind = details.kind;
    this.operation = operation;
    this.field = details.field;
    this.status = details.status;
    this.code = details.code;
    this.errorCode = details.errorCode;
    this.description = details.description;
    this.retryable = details.retryable ?? false;
    this.unknown = details.unknown ?? false;
    this.attempts = details.attempts ?? 0;
    this.retryAfter = details.retryAfter;
    this.requestId = requestId(headers);
    this.#headers = headers;
    // By this Next knows its own errors, which a `fetch` of its making throws to say that a page is to be made at each request.
    const { digest } = /** @type {any} */ (cause) ?? {};
    if (typeof digest === "string") Object.defineProperty(this, "digest", { value: digest, enumerable: false });
    // The answer's text may hold a token or a password: it is there, but is not printed with the error.
    Object.defineProperty(this, "body", { value: details.body, enumerable: false });
  }

  get name() {
    return "ChatError";
  }

  get [BRAND]() {
    return true;
  }

  /** Made when asked for: Node loads its `fetch` for the first `Headers`. */
  get headers() {
    return this.#headers && (this.#headers = real(this.#headers));
  }

  /** What likely went wrong, and what to do about it. The texts are loaded by the first call. */
  async help() {
    const { find } = await import("./help.js");
    return find(this);
  }

  /** @returns {Record<string, unknown>} */
  toJSON() {
    const { name, message, body } = /** @type {any} */ (this);
    return { name, message, .../** @type {object} */ (this), body: redactText(body) };
  }
}

/** @param {any} headers @returns {string | undefined} */
function requestId(headers) {
  try {
    return headers?.get("x-request-id") ?? undefined;
  } catch {
    return undefined;
  }
}

/** An error of the kind `invalid`: nothing was sent. @param {string} message @param {Partial<Details>} [more] */
export function invalid(message, more) {
  return new ChatError({ kind: "invalid", message, ...more });
}

/** The error for a call that its caller gave up. @param {AbortSignal} signal @param {Partial<Details>} more */
export function aborted(signal, more) {
  return new ChatError({ kind: "aborted", message: "the caller aborted it", cause: signal.reason, ...more });
}

/**
 * Makes a `ChatError` of whatever was thrown: the core's details, or anything else.
 *
 * @param {any} thrown
 * @param {string} operation
 * @param {Partial<Details>} [sent] What is known of a request that had gone out: then the answer was what nobody could read.
 */
export function toChatError(thrown, operation, sent) {
  if (thrown instanceof ChatError) return thrown;
  if (isDetails(thrown)) {
    const { response, ...details } = thrown;
    const { cause } = details;
    const { message } = [cause, cause?.cause].find((one) => one instanceof SourceError) ?? details;
    return new ChatError({ ...details, message, operation: details.operation || operation, headers: response?.headers });
  }
  return new ChatError({ kind: sent ? "decode" : "invalid", message: said(thrown), operation, cause: thrown, ...sent });
}

/** Whether the core threw it. @param {any} thrown */
export function isDetails(thrown) {
  return typeof thrown === "object" && thrown !== null && typeof thrown.kind === "string" && typeof thrown.message === "string" && !(thrown instanceof Error);
}

/** What an error of any make says. @param {any} thrown @returns {string} */
export function said(thrown) {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return "something was thrown that cannot be printed";
  }
}
