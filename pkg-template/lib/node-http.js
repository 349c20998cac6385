// @ts-check
// Node's transport: `fetch` as far as the client needs it, over `node:http`, at less than half of its cost.
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import { PassThrough, Readable, pipeline } from "node:stream";
import * as zlib from "node:zlib";
import { multipart, sources } from "./upload.js";

/** Servers and balancers close idle connections without a word, so ours are closed first; global `fetch` keeps them as long. */
const IDLE = 4_000;
const REDIRECTS = 5;

/**
 * Makes a `fetch` that keeps its connections.
 *
 * @param {any} [agent] An agent of the caller's, for instance a proxy's.
 * @returns {(url: string, init: any, ending?: import("./ending.js").Ending) => Promise<Answer>}
 */
export function nodeFetch(agent) {
  /** @type {Map<string, any>} */
  const origins = new Map();
  /** @type {Record<string, any>} */
  const agents = {};

  /** What every request to an origin shares. @param {string} url */
  function target(url) {
    const end = url.indexOf("/", url.indexOf("//") + 2);
    const origin = end < 0 ? url : url.slice(0, end);
    let known = origins.get(origin);
    if (!known) {
      const { protocol, hostname, port } = new URL(origin);
      const client = protocol === "https:" ? https : http;
      // Brackets are how URLs write an IPv6 address, not part of it.
      const host = hostname.replace(/^\[(.*)\]$/, "$1");
      agents[protocol] ??= agent ?? new client.Agent({ keepAlive: true, timeout: IDLE });
      known = { client, protocol, hostname: host, port, agent: agents[protocol], servername: net.isIP(host) ? "" : host };
      if (origins.size > 100) origins.clear();
      origins.set(origin, known);
    }
    return { known, path: (end < 0 ? "/" : url.slice(end)).replace(/#.*/s, "") || "/" };
  }

  /** @param {string} url @param {any} init @param {import("./ending.js").Ending | undefined} ending @param {number} hops @returns {Promise<Answer>} */
  function send(url, init, ending, hops) {
    return new Promise((resolve, reject) => {
      const { signal, method = "GET" } = init;
      if (signal?.aborted) return reject(signal.reason);
      const { known: { client, protocol, hostname, port, agent, servername }, path } = target(url);
      const { headers, data, stream } = outgoing(init);
      // Spelled out, and with the TLS name that Node would find anew each time: both cost more than they look.
      const request = client.request({ protocol, hostname, port, agent, method, path, headers, servername: headers.host === undefined ? servername : undefined });
      /** @type {http.IncomingMessage | undefined} */
      let message;
      const stop = (/** @type {any} */ reason) => {
        // Whoever reads the answer hears of it too.
        message?.destroy(reason);
        request.destroy(reason);
        reject(reason);
      };
      const forget = signal ? listen(signal, stop) : nothing;
      if (ending && !signal) ending.stop = stop;
      request.on("error", (/** @type {any} */ error) => {
        forget();
        reject(telling(error));
      });
      request.on("response", (/** @type {http.IncomingMessage} */ response) => {
        message = response;
        if (signal) response.on("close", forget);
        const { statusCode: status = 0, headers } = response;
        if (status >= 300 && status < 400 && status !== 304 && headers.location !== undefined) {
          response.resume();
          try {
            const next = redirected(url, headers.location, init, hops);
            return resolve(send(next.url, next.init, ending, hops + 1));
          } catch (error) {
            return reject(error);
          }
        }
        resolve(new Answer(response, url, method));
      });
      if (stream) pipeline(stream, request, (/** @type {any} */ error) => error && reject(telling(error)));
      else request.end(data);
    });
  }

  return (url, init, ending) => send(url, init, ending, 0);
}

const nothing = () => {};

/** @param {AbortSignal} signal @param {(reason: unknown) => void} stop @returns {() => void} Forgets it. */
function listen(signal, stop) {
  const onAbort = () => stop(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return () => signal.removeEventListener("abort", onAbort);
}

/** The headers and the body to send. @param {any} init */
function outgoing(init) {
  /** @type {Record<string, string | number>} */
  const headers = { "accept-encoding": "gzip, deflate, br" };
  const given = init.headers;
  if (typeof given?.entries === "function") for (const [name, value] of given) headers[name] = value;
  else for (const name in given) headers[name.toLowerCase()] = given[name];
  let { body } = init;
  if (body === undefined || body === null) {
    if (init.method === "POST" || init.method === "PUT") headers["content-length"] = 0;
    return { headers };
  }
  if (typeof body === "string") {
    headers["content-length"] = Buffer.byteLength(body);
    return { headers, data: body };
  }
  if (body instanceof FormData) body = blob(body);
  if (body instanceof Blob) headers["content-length"] = body.size;
  const wrapped = new Response(body);
  const type = wrapped.headers.get("content-type");
  if (type) headers["content-type"] ??= type;
  return { headers, stream: wrapped.body ? Readable.fromWeb(/** @type {any} */ (wrapped.body)) : Readable.from([]) };
}

/** A form as a blob: its files are read as they are sent, and its length is known before. @param {FormData} form */
function blob(form) {
  const { pieces, type } = multipart(sources(form));
  return new Blob(/** @type {any} */ (pieces), { type });
}

/**
 * The request that a redirect asks for. Only reads are repeated elsewhere; a token never leaves its origin.
 *
 * @param {string} from
 * @param {string} location
 * @param {any} init
 * @param {number} hops
 */
function redirected(from, location, init, hops) {
  const [old, to] = [new URL(from), new URL(location, from)];
  const refused = (/** @type {string} */ why) => new TypeError(`the server redirects to ${to.origin}${to.pathname}: ${why}`);
  if (init.method !== "GET" && init.method !== "HEAD") throw refused(`a ${init.method} is not sent again, check baseUrl`);
  if (hops >= REDIRECTS) throw refused("that is one redirect too many");
  if (to.protocol !== "https:" && to.protocol !== old.protocol) throw refused("that is not encrypted");
  if (to.origin === old.origin) return { url: to.href, init };
  const headers = Object.fromEntries(new Headers(init.headers));
  for (const name of ["authorization", "cookie", "proxy-authorization"]) delete headers[name];
  return { url: to.href, init: { ...init, headers } };
}

/** An error that says something: of several addresses tried, the first one's. @param {any} error */
const telling = (error) => (error.message ? error : (error.errors?.[0] ?? error));

/** The part of `Headers` that is asked for at every call is answered from Node's own; the rest by a real one. */
class AnswerHeaders {
  #message;
  /** @type {Headers | undefined} */
  #all;

  /** @param {http.IncomingMessage} message */
  constructor(message) {
    this.#message = message;
  }

  get #real() {
    if (this.#all) return this.#all;
    this.#all = new Headers();
    const { rawHeaders } = this.#message;
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) this.#all.append(rawHeaders[i], rawHeaders[i + 1]);
    return this.#all;
  }

  /** @param {string} name */
  get(name) {
    const value = this.#message.headers[name.toLowerCase()];
    return typeof value === "string" ? value : value === undefined ? null : value.join(", ");
  }

  /** @param {string} name */
  has(name) {
    return this.get(name) !== null;
  }

  entries() {
    return this.#real.entries();
  }

  keys() {
    return this.#real.keys();
  }

  values() {
    return this.#real.values();
  }

  getSetCookie() {
    return this.#real.getSetCookie();
  }

  /** @param {(value: string, name: string, parent: Headers) => void} callback @param {any} [self] */
  forEach(callback, self) {
    this.#real.forEach(callback, self);
  }

  [Symbol.iterator]() {
    return this.entries();
  }
}

/** The part of `Response` that the client reads. */
class Answer {
  #message;
  #method;
  /** @type {ReadableStream<Uint8Array> | undefined} */
  #body;

  /** @param {http.IncomingMessage} message @param {string} url @param {string} method */
  constructor(message, url, method) {
    this.#message = message;
    this.#method = method;
    this.status = message.statusCode ?? 0;
    this.url = url;
    this.headers = new AnswerHeaders(message);
    // A connection that breaks before anyone reads must not end the process; readers are told.
    message.on("error", () => {});
  }

  get ok() {
    return this.status >= 200 && this.status < 300;
  }

  get statusText() {
    return this.#message.statusMessage ?? "";
  }

  get body() {
    return (this.#body ??= /** @type {any} */ (Readable.toWeb(decoded(this.#message, this.#method))));
  }

  /** @returns {Promise<string>} */
  text() {
    const stream = decoded(this.#message, this.#method);
    /** @type {Buffer[]} */
    const chunks = [];
    const read = new Promise((resolve, reject) => {
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("error", reject);
      stream.on("end", resolve);
      // Destroyed by an abort before it was read.
      if (stream.destroyed && stream.errored) reject(stream.errored);
    });
    return read.then(() => joined(chunks));
  }
}

/** Where the chunks of most answers are put together: fresh memory would take longer to find than they to copy. */
const SCRATCH = 1 << 20;
/** @type {Buffer | undefined} */
let scratch;

/** The text that came in chunks, without a byte order mark. @param {Buffer[]} chunks */
function joined(chunks) {
  const text = chunks.length < 2 ? (chunks[0]?.toString() ?? "") : together(chunks);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** @param {Buffer[]} chunks */
function together(chunks) {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > SCRATCH) return Buffer.concat(chunks, length).toString();
  scratch ??= Buffer.allocUnsafeSlow(SCRATCH);
  let end = 0;
  for (const chunk of chunks) end += chunk.copy(scratch, end);
  return scratch.toString("utf8", 0, end);
}

/** The body without its content encoding. @param {http.IncomingMessage} message @param {string} method @returns {Readable} */
function decoded(message, method) {
  const encoding = message.headers["content-encoding"]?.trim().toLowerCase();
  if (!encoding || method === "HEAD" || message.statusCode === 204 || message.statusCode === 304) return message;
  if (encoding === "gzip" || encoding === "x-gzip") return pipeline(message, zlib.createGunzip(), () => {});
  if (encoding === "br") return pipeline(message, zlib.createBrotliDecompress(), () => {});
  if (encoding !== "deflate") return message;
  // Some servers mean zlib's format, as the standard says, and some the bare one.
  const out = new PassThrough();
  if (message.destroyed) return out.destroy(message.errored ?? undefined);
  message.once("error", (error) => out.destroy(error));
  message.once("end", () => out.end());
  message.once("data", (first) => {
    message.removeAllListeners("end");
    const inflate = (first[0] & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
    inflate.write(first);
    pipeline(message, inflate, out, () => {});
  });
  return out;
}
