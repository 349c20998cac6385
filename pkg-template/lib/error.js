// @ts-check
// The one error type.
import { redactText } from "./redact.js";

/**
 * @typedef {object} Details
 * @property {string} kind
 * @property {string} message
 * @property {string} [operation]
 * @property {string} [field]
 * @property {number} [status]
 * @property {string} [code]
 * @property {string} [description]
 * @property {boolean} [retryable]
 * @property {number} [attempts]
 * @property {string} [body]
 * @property {unknown} [cause]
 */

/** What was to be sent could not be read: not the connection's fault, which it would be taken for. */
export class SourceError extends Error {}

/** What tells a `ChatError`, whichever copy of the package made it: an app may load it both ways, imported and required. */
const BRAND = Symbol.for("agora-chat-admin.ChatError");

export class ChatError extends Error {
  /** @param {any} value */
  static [Symbol.hasInstance](value) {
    return this === ChatError ? value?.[BRAND] === true : Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** @param {Details} details */
  constructor(details) {
    const { operation = "", message, cause } = details;
    super(operation ? `${operation}: ${message}` : message, cause === undefined ? undefined : { cause });
    this.kind = details.kind;
    this.operation = operation;
    this.field = details.field;
    this.status = details.status;
    this.code = details.code;
    this.description = details.description;
    this.retryable = details.retryable ?? false;
    this.attempts = details.attempts ?? 0;
    // The answer's text may hold a token or a password: it is there, but is not printed with the error.
    Object.defineProperty(this, "body", { value: details.body, enumerable: false });
  }

  get name() {
    return "ChatError";
  }

  get [BRAND]() {
    return true;
  }

  /** What likely went wrong, and what to do about it. The texts are loaded by the first call. */
  async help() {
    const { find } = await import("./help.js");
    return find(this);
  }

  toJSON() {
    const { name, message, kind, operation, field, status, code, description, retryable, attempts } = this;
    const body = redactText(/** @type {any} */ (this).body);
    return { name, message, kind, operation, field, status, code, description, retryable, attempts, body };
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
 */
export function toChatError(thrown, operation) {
  if (thrown instanceof ChatError) return thrown;
  if (thrown && typeof thrown === "object" && typeof thrown.kind === "string" && !(thrown instanceof Error)) {
    const { message } = thrown.cause instanceof SourceError ? thrown.cause : thrown;
    return new ChatError({ ...thrown, message, operation: thrown.operation || operation });
  }
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return new ChatError({ kind: "invalid", message: said, operation, cause: thrown });
}
