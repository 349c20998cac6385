// @ts-check
// One call's `fetch`: counts the attempts, tells the hooks, writes the log.
import { redactHeaders, redactText, redactUrl } from "./redact.js";
import { sender } from "./upload.js";

/** @type {Function[]} */
const NONE = [];

/** @typedef {import("./attempt.js").Send} Send */

/**
 * @typedef {object} Watch
 * @property {Send} fetch
 * @property {boolean} light Whether it takes an ending in place of a signal.
 * @property {boolean} shares Whether it may follow a signal that other calls follow too.
 * @property {(details: any, delay: number) => void} [onRetry]
 * @property {() => number} attempts How many times the call itself was sent; fetching a token does not count.
 */

/**
 * @param {any} settings The client's options.
 * @param {any} options The call's.
 * @param {string} operation
 * @param {(details: any, operation: string) => Error} toError
 * @param {boolean} [uploads] Whether it sends a file.
 * @param {{ again(): void, failed(details: any, delay: number): void }} [limiter] Told of each further attempt and failure.
 * @returns {Watch}
 */
export function watch(settings, options, operation, toError, uploads = false, limiter = undefined) {
  const given = options.fetch ?? settings.fetch;
  const plain = given ?? globalThis.fetch;
  const send = uploads ? sender(plain, options.onUploadProgress, Boolean(given)) : plain;
  const { logger } = settings;
  const hooks = (/** @type {string} */ name) => (settings[name] || options[name] ? [settings[name], options[name]].filter(Boolean) : NONE);
  const onRequest = hooks("onRequest");
  const onResponse = hooks("onResponse");
  const onRetry = hooks("onRetry");
  const watches = Boolean(logger || onRequest.length || onResponse.length);
  let attempts = 0;

  /** @type {Send} */
  function counted(url, init, ending) {
    const renewal = isTokenRenewal(url, init, operation);
    if (!renewal && ++attempts > 1) limiter?.again();
    return watches ? watched(url, init, ending, renewal) : send(url, init, ending);
  }

  /** @param {string} url @param {any} init @param {import("./ending.js").Ending | undefined} ending @param {boolean} renewal */
  async function watched(url, init, ending, renewal) {
    const request = {
      operation: renewal ? "tokens.app.create" : operation,
      method: init.method,
      url: redactUrl(url),
      headers: redactHeaders(init.headers),
      body: redactText(init.body),
      attempt: renewal ? 1 : attempts,
    };
    tell(onRequest, request);
    log(logger, "debug", `${request.operation}: ${request.method} ${request.url}`, request);
    const start = performance.now();
    try {
      const response = await send(url, init, ending);
      const elapsed = performance.now() - start;
      const { operation, method, attempt } = request;
      const answer = { operation, method, url: request.url, attempt, elapsed, status: response.status, headers: redactHeaders(response.headers) };
      tell(onResponse, answer);
      log(logger, "debug", `${operation}: ${answer.status} in ${Math.round(elapsed)} ms`, answer);
      return response;
    } catch (error) {
      log(logger, "debug", `${request.operation}: no answer`, { operation: request.operation, attempt: request.attempt, error });
      throw error;
    }
  }

  /** @param {any} details @param {number} delay */
  function retrying(details, delay) {
    limiter?.failed(details, delay);
    if (!listens) return;
    const error = toError(details, operation);
    tell(onRetry, { operation, error, delay, attempt: attempts });
    log(logger, "warn", `${operation}: again in ${Math.round(delay)} ms`, { operation, error, delay, attempt: attempts });
  }

  const listens = Boolean(logger || onRetry.length);
  // What others make of a signal is not known.
  const shares = Boolean(settings.shares) && send === globalThis.fetch;
  return { fetch: counted, light: send === settings.transport, shares, ...((listens || limiter) && { onRetry: retrying }), attempts: () => attempts };
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
