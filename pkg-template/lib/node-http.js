// @ts-check
// Node's transport: `fetch` as far as the client needs it, over `node:http`, at less than half of its cost.
//
// Not by name, nor as a namespace: those are copies, and what tools put in place of `http.request` would not be seen.
import { channel } from "node:diagnostics_channel";
import http from "node:http";
import https from "node:https";
import * as net from "node:net";
import { pipeline, Readable } from "node:stream";
import { Answer } from "./node-answer.js";
import { outgoing, redirected, target } from "./node-request.js";

/** Servers and balancers close idle connections without a word, so ours are closed first; global `fetch` keeps them as long. */
const IDLE = 4_000;
/** The most connections to one origin: a process may have a thousand files open, often no more. What is beyond waits. */
const CONNECTIONS = 256;
/** For how many milliseconds nothing may have been heard before what happened meanwhile is asked for. */
const QUIET = 20;
/** A redirect's body up to this length is read for the sake of the connection. */
const REDIRECT_BODY = 65_536;

// Taken now: tests may put a clock of their own in their place.
const { setImmediate, setInterval, clearInterval } = globalThis;
const nothing = () => {};

/** The pool for each global agent that there was: all clients share it. @type {WeakMap<object, any>} */
const pools = new WeakMap();

/**
 * What makes the connections, unless the caller says. It is as the process's global agent is, with its proxy and its
 * certificates; one that is of another kind than Node's own is there to be used.
 *
 * @param {any} client `node:http` or `node:https`.
 */
function pool({ globalAgent, Agent }) {
  let pool = pools.get(globalAgent);
  if (!pool) {
    // Node's own timeout is a timer for each connection, which is set and stopped at each request.
    const options = { ...globalAgent.options, keepAlive: true, timeout: undefined, maxSockets: CONNECTIONS };
    pool = globalAgent.constructor === Agent ? keeping(new Agent(options)) : globalAgent;
    pools.set(globalAgent, pool);
  }
  return pool;
}

/** Whether somebody wants to see requests as they are made, and to change them. */
const created = channel("http.client.request.created");
/** Of the clients' `request` functions, whether they are Node's own. @type {WeakMap<Function, boolean>} */
const nodes = new WeakMap();

/**
 * Whether headers may be given as a list, which Node sends as it is: that saves a twentieth of a call. Mocks, tracers and
 * proxies read and change them by name.
 *
 * @param {any} connections
 * @param {Function} request
 */
function takesList(connections, request) {
  if (!connections[OURS] || connections.options.proxyEnv || created.hasSubscribers) return false;
  let own = nodes.get(request);
  if (own === undefined) {
    const text = String(request);
    nodes.set(request, (own = text.startsWith("function request(") && text.includes("ClientRequest")));
  }
  return own;
}

/** When a connection was last used. */
const SINCE = Symbol("since");
/** Under which name an agent of ours keeps a request's connection. */
const NAME = Symbol("name");
/** Marks an agent of ours. */
const OURS = Symbol("ours");

/** Has an agent close what is idle, with one timer for all that it keeps. @param {any} agent */
function keeping(agent) {
  const { getName } = agent;
  agent[OURS] = true;
  // It would be put together three times for each request, of twenty parts where there is TLS.
  agent.getName = (/** @type {any} */ options) => options[NAME] ?? getName.call(agent, options);
  /** @type {any} */
  let sweeping;
  agent.on("free", (/** @type {any} */ socket) => {
    socket[SINCE] = performance.now();
    sweeping ??= setInterval(sweep, IDLE / 4).unref();
  });
  const sweep = () => {
    discard(agent, IDLE * 0.75);
    if (Object.keys(agent.freeSockets).length) return;
    clearInterval(sweeping);
    sweeping = undefined;
  };
  return agent;
}

/**
 * Drops kept connections that were idle too long, or that the server has begun to close: Node does so only when they are.
 *
 * @param {any} agent
 * @param {number} most In milliseconds.
 */
function discard({ freeSockets = {} }, most) {
  const now = performance.now();
  for (const socket of Object.values(freeSockets).flat()) {
    if (socket.writable && !(now - socket[SINCE] > most)) continue;
    socket.emit("agentRemove");
    socket.destroy();
  }
}

/**
 * Makes a `fetch` that keeps its connections.
 *
 * @param {any} [agent] An agent of the caller's, for instance a proxy's.
 * @returns {(url: string, init: any, ending?: import("./ending.js").Ending) => Promise<Answer>}
 */
export function nodeFetch(agent) {
  /** @type {Map<string, any>} */
  const origins = new Map();

  /** What every request to an origin shares. @param {string} origin */
  function server(origin) {
    let known = origins.get(origin);
    if (!known) {
      const { protocol, host: authority, hostname, port } = new URL(origin);
      // Brackets are how URLs write an IPv6 address, not part of it.
      const host = hostname.replace(/^\[(.*)\]$/, "$1");
      known = { client: protocol === "https:" ? https : http, protocol, authority, hostname: host, port, servername: net.isIP(host) ? "" : host, heard: -QUIET };
      if (origins.size > 100) origins.clear();
      origins.set(origin, known);
    }
    return known;
  }

  /** @param {string} given @param {any} init @param {import("./ending.js").Ending | undefined} ending @param {number} hops @returns {Promise<Answer>} */
  function send(given, init, ending, hops) {
    return new Promise((resolve, reject) => {
      const { signal, method = "GET" } = init;
      if (signal?.aborted) return reject(signal.reason);
      const { url, origin, path } = target(given);
      const to = server(origin);
      const { client, protocol, hostname, port } = to;
      const connections = agent ?? pool(client);
      const { headers, body } = outgoing(init);
      // A host of the caller's is the server's TLS name too, as Node has it.
      const own = headers.host === undefined;
      const list = own && takesList(connections, client.request);
      /** @type {http.ClientRequest | undefined} */
      let request;
      /** @type {http.IncomingMessage | undefined} */
      let message;
      let stopped = false;
      const stop = (/** @type {any} */ reason) => {
        stopped = true;
        // Whoever reads the answer hears of it too.
        message?.destroy(reason);
        request?.destroy(reason);
        reject(reason);
      };
      const forget = signal ? listen(signal, stop) : nothing;
      if (ending && !signal) ending.stop = stop;
      const start = () => {
        if (stopped) return;
        // Spelled out, and with the names that Node would find anew each time: both cost more than they look.
        const exchange = client.request({
          protocol,
          hostname,
          port,
          agent: connections,
          method,
          path,
          headers: list ? spelled(headers, to.authority) : { ...headers },
          servername: own ? to.servername : undefined,
          [NAME]: own ? origin : undefined,
        });
        request = exchange;
        exchange.on("error", (/** @type {any} */ error) => reject(telling(error, exchange)));
        exchange.on("close", () => {
          forget();
          // For instance since the server switched to another protocol.
          if (!message) reject(new Error("the connection was closed without an answer"));
        });
        exchange.on("response", (/** @type {http.IncomingMessage} */ response) => {
          message = response;
          to.heard = performance.now();
          const { statusCode: status = 0, statusMessage: statusText = "", headers } = response;
          if (status >= 300 && status < 400) {
            const next = redirected({ status, location: headers.location, url, init, hops });
            if (next) {
              if (Number(headers["content-length"]) <= REDIRECT_BODY) response.resume();
              else response.destroy();
              return resolve(send(next.url, next.init, ending, hops + 1));
            }
          }
          resolve(new Answer({ status, statusText, url }, headers["content-encoding"], () => pairs(response.rawHeaders), response));
        });
        if (body instanceof Readable) pipeline(body, exchange, (/** @type {any} */ error) => error && reject(telling(error, exchange)));
        else exchange.end(body);
      };
      if (performance.now() - to.heard < QUIET) return start();
      turns(() => {
        to.heard = performance.now();
        discard(connections, IDLE);
        try {
          start();
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  return (url, init, ending) => send(url, init, ending, 0);
}

/**
 * Waits until Node has heard what happened while the process was idle or busy: a server that closed a kept connection
 * meanwhile would get the next request on it, and whether it arrived nobody could tell. The first turn may begin in the
 * middle of one.
 *
 * @param {() => void} then
 */
function turns(then) {
  setImmediate(() => setImmediate(then));
}

/** @param {AbortSignal} signal @param {(reason: unknown) => void} stop @returns {() => void} Forgets it. */
function listen(signal, stop) {
  const onAbort = () => stop(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return () => signal.removeEventListener("abort", onAbort);
}

/** Headers as lists, those that many requests share. @type {WeakMap<object, any[]>} */
const lists = new WeakMap();

/** Headers as a list of names and values in turn; Node reads it alone. @param {Record<string, any>} headers @param {string} host */
function spelled(headers, host) {
  let list = lists.get(headers);
  if (list?.[1] !== host) {
    list = ["host", host];
    for (const name in headers) list.push(name, headers[name]);
    lists.set(headers, list);
  }
  return list;
}

/** Headers as they came. @param {string[]} raw @returns {Generator<[string, string]>} */
function* pairs(raw) {
  for (let i = 0; i + 1 < raw.length; i += 2) yield [raw[i] ?? "", raw[i + 1] ?? ""];
}

/** An error that says something: of several addresses tried, the first one's. @param {any} error @param {http.ClientRequest} request */
function telling(error, request) {
  const told = error.message ? error : (error.errors?.[0] ?? error);
  // There the server may have closed it before the request came; a new connection would have said so.
  if (request.reusedSocket && (told.code === "ECONNRESET" || told.code === "EPIPE")) told.message += ", on a connection that was kept from an earlier call";
  return told;
}
