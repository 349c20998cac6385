// @ts-check
// One call's `fetch`: counts the attempts, tells the hooks, writes the log.
import { Foreign, cached } from "./foreign.js";
import { heed } from "./leave.js";
import { redactHeaders, redactText, redactUrl } from "./redact.js";
import { sender } from "./upload.js";

/** @typedef {import("./attempt.js").Send} Send */

/** The runtime's own `fetch`, as far as can be known: it heeds its signal. */
const native = globalThis.fetch;

const missing = async () => {
  throw new TypeError("this runtime has no fetch: pass one as the option fetch");
};

/** @template T @param {() => T} work @returns {T} */
const run = (work) => work();

/** One call's `fetch`. A class, since most calls need little of it and closures would be made for all. */
export class Watch {
  /** How many times the call itself was sent. */
  attempts = 0;
  /** How it was sent last. */
  method = "";
  /** Whether it was left while it waited for a turn. */
  left = false;
  /** Whether its next attempt asked the limiter. */
  admitted = true;
  /** Runs work in the caller's context. */
  within = run;
  #send;
  #settings;
  #options;
  #toError;
  #foreign;

  /**
   * @param {any} settings The client's options.
   * @param {any} options The call's.
   * @param {string} operation
   * @param {(details: any, operation: string) => Error} toError
   * @param {boolean} [uploads] Whether it sends a file.
   * @param {import("./gate.js").Gate} [gate] Told of each further attempt and failure.
   * @param {any} [admission] What it is told of.
   */
  constructor(settings, options, operation, toError, uploads = false, gate = undefined, admission = undefined) {
    const given = options.fetch ?? settings.fetch;
    const plain = given ?? globalThis.fetch ?? missing;
    // Our transport hands over to a global `fetch` that was replaced.
    this.#foreign = globalThis.fetch !== native || (plain !== settings.transport && plain !== native);
    /** @type {Send} */
    this.#send = uploads ? sender(plain, options.onUploadProgress, Boolean(given), this.#foreign) : plain;
    this.#settings = settings;
    this.#options = options;
    this.operation = operation;
    this.#toError = toError;
    this.gate = gate;
    this.admission = admission;
    /** Whether it takes an ending in place of a signal. */
    this.light = this.#send === settings.transport && globalThis.fetch === native;
    /** Whether it may follow a signal that other calls follow too. What others make of a signal is not known. */
    this.shares = Boolean(settings.shares) && this.#send === native && !this.#foreign;
  }

  /** @type {Send} */
  fetch(url, init, ending) {
    if (++this.attempts > 1 && !this.admitted) this.gate?.again(this.admission);
    this.admitted = false;
    this.method = init.method;
    const { lines } = this.#settings;
    if (lines?.debug || this.#listens("onRequest") || this.#listens("onResponse")) return this.#watched(url, init, ending);
    return this.#sent(url, init, ending);
  }

  /** @type {Send} */
  #sent(url, init, ending) {
    // Not as a method: browsers' `fetch` looks at what it is called on.
    const send = this.#send;
    if (this.light) return send(url, init, ending);
    if (!cached()) delete init.cache;
    return this.#foreign ? foreign(send, url, init, ending) : send(url, init, ending);
  }

  /** @param {string} url @param {any} init @param {import("./ending.js").Ending | undefined} ending */
  async #watched(url, init, ending) {
    const { lines } = this.#settings;
    const request = {
      operation: this.operation,
      method: init.method,
      url: redactUrl(url),
      headers: redactHeaders(init.headers),
      body: redactText(init.body),
      attempt: this.attempts,
    };
    this.#tell("onRequest", request);
    log(lines, "debug", `${request.operation}: ${request.method} ${request.url}`, request);
    const start = performance.now();
    try {
      const response = await this.#sent(url, init, ending);
      const elapsed = performance.now() - start;
      const { operation, method, attempt } = request;
      const answer = { operation, method, url: request.url, attempt, elapsed, status: response.status, headers: redactHeaders(response.headers) };
      this.#tell("onResponse", answer);
      log(lines, "debug", `${operation}: ${answer.status} in ${Math.round(elapsed)} ms`, answer);
      return response;
    } catch (error) {
      log(lines, "debug", `${request.operation}: no answer`, { operation: request.operation, attempt: request.attempt, error });
      throw error;
    }
  }

  /** Before a wait for the next attempt. @param {any} details @param {number} delay */
  retrying(details, delay) {
    this.gate?.throttled(details, delay);
    const { lines } = this.#settings;
    if (!lines?.warn && !this.#listens("onRetry")) return;
    const operation = this.operation;
    const event = { operation, error: this.#toError(details, operation), delay, attempt: this.attempts };
    this.#tell("onRetry", event);
    log(lines, "warn", `${operation}: again in ${Math.round(delay)} ms`, event);
  }

  /** @param {string} hook */
  #listens(hook) {
    return Boolean(this.#settings[hook] || this.#options[hook]);
  }

  /** @param {string} hook @param {object} event */
  #tell(hook, event) {
    tell([this.#settings[hook], this.#options[hook]].filter(Boolean), event);
  }

  /**
   * For the core, which calls functions: in whatever context it happens to run, so they take the caller's with them.
   *
   * @param {import("./leave.js").Leave} [leave]
   */
  functions(leave) {
    const within = (this.within = snapshot(this.#settings) ?? run);
    return {
      signal: leave?.signal,
      /** @type {Send} */
      fetch: (url, init, ending) => within(() => this.fetch(url, init, ending)),
      onRetry: (/** @type {any} */ details, /** @type {number} */ delay) => within(() => this.retrying(details, delay)),
      turn: () => within(() => this.#turn(leave)),
    };
  }

  /** Whether another attempt may go: it waits as a first one does. @param {import("./leave.js").Leave} [leave] */
  async #turn(leave) {
    try {
      await this.gate?.enter(this.admission, leave);
      this.admitted = true;
      return true;
    } catch {
      // Its caller left; otherwise its turn is too far off, and what the last attempt met with is told.
      this.left = Boolean(leave?.left);
      return false;
    }
  }
}

/** A call's context, where there is such a thing: edge runtimes have it as a global. @param {any} settings @returns {((work: () => any) => any) | undefined} */
function snapshot(settings) {
  const { AsyncLocalStorage } = /** @type {any} */ (globalThis);
  return settings.snapshot ? settings.snapshot() : AsyncLocalStorage?.snapshot?.();
}

/**
 * Sends with what may not heed its signal, and answers with what nobody knows.
 *
 * @param {Send} send @param {string} url @param {any} init @param {import("./ending.js").Ending} [ending]
 */
async function foreign(send, url, init, ending) {
  const signal = init.signal ?? ending?.signal;
  const given = { ...init, signal };
  return new Foreign(await heed(send(url, given, ending), signal), signal);
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

/** @param {any} lines @param {string} level @param {string} message @param {object} details */
export function log(lines, level, message, details) {
  try {
    lines?.[level]?.(message, details);
  } catch {
    // A logger that throws changes nothing either.
  }
}
