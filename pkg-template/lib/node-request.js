// @ts-check
// What Node's transports have in common on the way out: the URL, the headers, the body, and where a redirect leads.
import { Readable } from "node:stream";
import { SourceError } from "./error.js";
import { multipart, sources } from "./upload.js";

/** A URL as `URL` would write it; most are. */
const PLAIN = /^https?:\/\/[\w.:[\]-]+\/[\w\-.~!$&()*+,;=:@%/?]*$/;
const REDIRECTS = 5;

/** A URL as `fetch` would ask for it, cut after the origin. @param {string} given */
export function target(given) {
  let url = given;
  // Segments of dots may go, as `fetch` has it.
  if (!PLAIN.test(url) || url.includes("/.") || url.includes("%2e")) {
    const parsed = new URL(url);
    parsed.hash = "";
    url = parsed.href;
  }
  const end = url.indexOf("/", 8);
  return { url, origin: url.slice(0, end), path: url.slice(end) };
}

/** Headers that many requests share, as they are sent. @type {WeakMap<object, Record<string, any>>} */
const shared = new WeakMap();

/** @param {any} given @returns {Record<string, any>} */
function lowered(given) {
  /** @type {Record<string, any>} */
  const headers = { "accept-encoding": "gzip, deflate, br" };
  if (typeof given?.entries === "function") for (const [name, value] of given) headers[name] = value;
  else for (const name in given) headers[name.toLowerCase()] = given[name];
  return headers;
}

/** As `lowered`, and once for what is frozen. @param {any} given @returns {Record<string, any>} */
function sharing(given) {
  let headers = shared.get(given);
  if (!headers) shared.set(given, (headers = lowered(given)));
  return headers;
}

/**
 * The headers and the body to send. Whoever changes the headers copies them first.
 *
 * @param {any} init
 * @returns {{ headers: Record<string, any>, body?: string | Uint8Array | Readable }}
 */
export function outgoing(init) {
  const { method = "GET", headers: given, body } = init;
  if (given && method === "GET" && body === undefined && Object.isFrozen(given)) return { headers: sharing(given) };
  const headers = lowered(given);
  if (body === undefined || body === null) {
    if (method === "POST" || method === "PUT") headers["content-length"] = 0;
    return { headers };
  }
  // As `fetch` does.
  if (method === "GET" || method === "HEAD") throw new TypeError(`a ${method} has no body`);
  if (typeof body === "string" || body instanceof Uint8Array) {
    headers["content-length"] = Buffer.byteLength(body);
    return { headers, body };
  }
  // By what they can do: where tests run in an imitated browser, these are classes of its own.
  if (typeof body.getReader === "function") return { headers, body: Readable.fromWeb(body) };
  if (typeof body.getAll === "function") {
    const { pieces, type } = multipart(sources(body));
    return packed(headers, /** @type {(string | Blob)[]} */ (pieces), type);
  }
  return packed(headers, [body], body.type);
}

/** A body in pieces, whose length is known before it is read. @param {Record<string, any>} headers @param {(string | Blob)[]} pieces @param {string} type */
function packed(headers, pieces, type) {
  headers["content-length"] = pieces.reduce((sum, piece) => sum + (typeof piece === "string" ? Buffer.byteLength(piece) : piece.size), 0);
  if (type) headers["content-type"] ??= type;
  return { headers, body: Readable.from(bytes(pieces), { objectMode: false }) };
}

/** @param {(string | Blob)[]} pieces @returns {AsyncGenerator<Uint8Array>} */
async function* bytes(pieces) {
  for (const piece of pieces) {
    if (typeof piece === "string") yield Buffer.from(piece);
    else if (typeof piece.stream !== "function") yield Buffer.from(await piece.arrayBuffer());
    else {
      try {
        yield* /** @type {any} */ (piece.stream());
      } catch (cause) {
        // One on disk may have changed since. Whoever reads the message would look at the network.
        throw new SourceError(`the file cannot be read, or was changed while it was sent: ${/** @type {Error} */ (cause).message}`, { cause });
      }
    }
  }
}

/**
 * The request that a redirect asks for; nothing if it is not followed, and then the redirect itself is the answer. Only
 * reads are repeated elsewhere, never without the encryption that they had; a token never leaves its origin.
 *
 * @param {{ status: number, location: string | undefined, url: string, init: any, hops: number }} answer
 */
export function redirected({ status, location, url, init, hops }) {
  const { method = "GET" } = init;
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  if (hops >= REDIRECTS || (method !== "GET" && method !== "HEAD")) return undefined;
  const from = new URL(url);
  const to = resolve(location, from);
  if (!to || (to.protocol !== "https:" && to.protocol !== from.protocol)) return undefined;
  if (to.origin === from.origin) return { url: to.href, init };
  const headers = Object.fromEntries(Object.entries(outgoing(init).headers));
  for (const name of ["authorization", "cookie", "proxy-authorization", "host"]) delete headers[name];
  return { url: to.href, init: { ...init, headers } };
}

/** @param {string} location @param {URL} from */
function resolve(location, from) {
  try {
    return new URL(location, from);
  } catch {
    return undefined;
  }
}
