// @ts-check
// One call's `fetch`: counts the attempts, tells the hooks, writes the log.
import { redactHeaders, redactText, redactUrl } from "./redact.js";
import { sender } from "./upload.js";

/** @typedef {import("./attempt.js").Send} Send */

/** One call's `fetch`. A class, since most calls need little of it and closures would be made for all. */
export class Watch {
  /** How many times the call itself was sent; fetching a token does not count. */
  attempts = 0;
  /** Whether its failure was told. */
  failed = false;
  #send;
  #settings;
  #options;
  #toError;
  #limiter;

  /**
   * @param {any} settings The client's options.
   * @param {any} options The call's.
   * @param {string} operation
   * @param {(details: any, operation: string) => Error} toError
   * @param {boolean} [uploads] Whether it sends a file.
   * @param {{ again(): void, failed(details: any, delay: number): void }} [limiter] Told of each further attempt and failure.
   */
  constructor(settings, options, operation, toError, uploads = false, limiter = undefined) {
    const given = options.fetch ?? settings.fetch;
    const plain = given ?? globalThis.fetch;
    /** @type {Send} */
    this.#send = uploads ? sender(plain, options.onUploadProgress, Boolean(given), plain !== settings.transport && plain !== globalThis.fetch) : plain;
    this.#settings = settings;
    this.#options = options;
    this.operation = operation;
    this.#toError = toError;
    this.#limiter = limiter;
    /** Whether it takes an ending in place of a signal. */
    this.light = this.#send === settings.transport;
    /** Whether it may follow a signal that other calls follow too. What others make of a signal is not known. */
    this.shares = Boolean(settings.shares) && this.#send === globalThis.fetch;
  }

  /** @type {Send} */
  fetch(url, init, ending) {
    const renewal = isTokenRenewal(url, init, this.operation);
    if (!renewal && ++this.attempts > 1) this.#limiter?.again();
    if (this.#settings.logger || this.#listens("onRequest") || this.#listens("onResponse")) return this.#watched(url, init, ending, renewal);
    // Not as a method: browsers' `fetch` looks at what it is called on.
    const send = this.#send;
    return send(url, init, ending);
  }

  /** @param {string} url @param {any} init @param {import("./ending.js").Ending | undefined} ending @param {boolean} renewal */
  async #watched(url, init, ending, renewal) {
    const { logger } = this.#settings;
    const send = this.#send;
    const request = {
      operation: renewal ? "tokens.app.create" : this.operation,
      method: init.method,
      url: redactUrl(url),
      headers: redactHeaders(init.headers),
      body: redactText(init.body),
      attempt: renewal ? 1 : this.attempts,
    };
    this.#tell("onRequest", request);
    log(logger, "debug", `${request.operation}: ${request.method} ${request.url}`, request);
    const start = performance.now();
    try {
      const response = await send(url, init, ending);
      const elapsed = performance.now() - start;
      const { operation, method, attempt } = request;
      const answer = { operation, method, url: request.url, attempt, elapsed, status: response.status, headers: redactHeaders(response.headers) };
      this.#tell("onResponse", answer);
      log(logger, "debug", `${operation}: ${answer.status} in ${Math.round(elapsed)} ms`, answer);
      return response;
    } catch (error) {
      log(logger, "debug", `${request.operation}: no answer`, { operation: request.operation, attempt: request.attempt, error });
      throw error;
    }
  }

  /** Before a wait for the next attempt. @param {any} details @param {number} delay */
  retrying(details, delay) {
    this.#limiter?.failed(details, delay);
    const { logger } = this.#settings;
    if (!logger && !this.#listens("onRetry")) return;
    const operation = this.operation;
    const event = { operation, error: this.#toError(details, operation), delay, attempt: this.attempts };
    this.#tell("onRetry", event);
    log(logger, "warn", `${operation}: again in ${Math.round(delay)} ms`, event);
  }

  /** @param {string} hook */
  #listens(hook) {
    return Boolean(this.#settings[hook] || this.#options[hook]);
  }

  /** @param {string} hook @param {object} event */
  #tell(hook, event) {
    tell([this.#settings[hook], this.#options[hook]].filter(Boolean), event);
  }

  /** For the core, which calls functions. */
  functions() {
    /** @type {Send} */
    const fetch = (url, init, ending) => this.fetch(url, init, ending);
    return { fetch, onRetry: (/** @type {any} */ details, /** @type {number} */ delay) => this.retrying(details, delay) };
  }
}

/** A request for the app token that a call needed first. @param {string} url @param {any} init @param {string} operation */
function isTokenRenewal(url, init, operation) {
  return init.method === "POST" && url.endsWith("/token") && !operation.startsWith("tokens.") && operation !== "POST /token";
}

/** Hooks watch; what they throw changes nothing. @param {Function[]} hooks @param {object} event */
export function tell(hooks, event) {
  for (const hook of hooks) {
    try {
      Promise.resolve(hook(event)).catch(() => {});
    } catch {
      // As above.
    }
  }
}

/** @param {any} logger @param {string} level @param {string} message @param {object} details */
export function log(logger, level, message, details) {
  try {
    logger?.[level]?.(message, details);
  } catch {
    // A logger that throws changes nothing either.
  }
}
