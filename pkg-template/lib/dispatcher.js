// @ts-check
// The transport for a `Dispatcher` of undici's, which the caller gave: its `request` costs a third of what `node:http` does.
import { EventEmitter } from "node:events";
import { Answer } from "./node-answer.js";
import { outgoing, redirected, target } from "./node-request.js";

/** Whether it is one; the package knows them by what they can do. @param {any} agent */
export function isDispatcher(agent) {
  return typeof agent?.dispatch === "function" && typeof agent.request === "function";
}

/**
 * Makes a `fetch` that sends through a dispatcher.
 *
 * @param {any} dispatcher
 * @returns {(url: string, init: any, ending?: import("./ending.js").Ending) => Promise<Answer>}
 */
export function dispatcherFetch(dispatcher) {
  const only = connectedTo(dispatcher);

  /** @param {string} given @param {any} init @param {import("./ending.js").Ending | undefined} ending @param {number} hops @returns {Promise<Answer>} */
  function send(given, init, ending, hops) {
    return new Promise((resolve, reject) => {
      const { method = "GET" } = init;
      const { url, origin, path } = target(given);
      if (only !== undefined && only !== origin) throw new TypeError(`agent is connected to ${only}, not to ${origin}: give one that takes any, such as undici's Agent`);
      const { headers: shared, body } = outgoing(init);
      // Interceptors may change them.
      const headers = { ...shared };
      const signal = init.signal ?? (ending && new Stop(ending));
      // How long it may take is the client's affair.
      const options = { origin, path, method, headers, body, signal, headersTimeout: 0, bodyTimeout: 0 };
      dispatcher.request(options, (/** @type {any} */ error, /** @type {any} */ response) => {
        if (error) return reject(error);
        const { statusCode: status, statusText = "", headers, body } = response;
        if (status >= 300 && status < 400) {
          const next = redirected({ status, location: first(headers.location), url, init, hops });
          if (next && (only === undefined || only === target(next.url).origin)) {
            body.dump().catch(() => {});
            return resolve(send(next.url, next.init, ending, hops + 1));
          }
        }
        resolve(new Answer({ status, statusText, url }, headers["content-encoding"], () => pairs(headers), body));
      });
    });
  }

  return (url, init, ending) => send(url, init, ending, 0);
}

/** The origin of a `Client` or a `Pool`, which connect to no other: they would send there what is meant for another. @param {any} dispatcher @returns {string | undefined} */
function connectedTo(dispatcher) {
  const name = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === "url");
  return name && dispatcher[name]?.origin;
}

/** What ends a request, as undici takes it: an emitter costs less than an `AbortSignal`. */
class Stop extends EventEmitter {
  /** @type {unknown} */
  reason = undefined;

  /** @param {import("./ending.js").Ending} ending */
  constructor(ending) {
    super();
    ending.stop = (reason) => {
      this.reason = reason;
      this.emit("abort");
    };
  }
}

/** @param {string | string[] | undefined} value */
const first = (value) => (Array.isArray(value) ? value[0] : value);

/** @param {Record<string, string | string[]>} headers @returns {Generator<[string, string]>} */
function* pairs(headers) {
  for (const [name, values] of Object.entries(headers)) for (const value of [values].flat()) yield [name, value];
}
