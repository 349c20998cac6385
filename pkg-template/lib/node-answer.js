// @ts-check
// What Node's transports have in common on the way back: the part of `Response` that the client reads.
import { Readable, Transform, pipeline } from "node:stream";
import * as zlib from "node:zlib";

/** How many times an answer may be packed: each can make a thousand bytes of one. */
const LAYERS = 5;
const nothing = () => {};

/** @typedef {Iterable<[name: string, value: string]>} Fields */

export class Answer {
  #stream;
  #encoding;
  #fields;
  /** @type {Headers | undefined} */
  #headers;
  /** @type {ReadableStream<Uint8Array> | undefined} */
  #body;

  /**
   * @param {{ status: number, statusText: string, url: string }} head
   * @param {any} encoding The `content-encoding`.
   * @param {() => Fields} fields All headers: most answers' are never looked at.
   * @param {Readable & { text?: () => Promise<string> }} stream
   */
  constructor({ status, statusText, url }, encoding, fields, stream) {
    this.status = status;
    this.statusText = statusText;
    this.url = url;
    this.#encoding = encoding;
    this.#fields = fields;
    this.#stream = stream;
    // A connection that breaks before anyone reads must not end the process; readers are told.
    stream.on("error", nothing);
  }

  get ok() {
    return this.status >= 200 && this.status < 300;
  }

  /** Made when asked for: Node loads its `fetch` at the first. */
  get headers() {
    if (!this.#headers) {
      this.#headers = new Headers();
      for (const [name, value] of this.#fields()) this.#headers.append(name, value);
    }
    return this.#headers;
  }

  get body() {
    return (this.#body ??= /** @type {any} */ (Readable.toWeb(unpacked(this.#stream, this.#encoding))));
  }

  /** @returns {Promise<string>} */
  text() {
    const stream = this.#stream;
    // undici's have a shorter way, which takes a byte order mark off too.
    if (this.#encoding === undefined && stream.text) return stream.text();
    return read(unpacked(stream, this.#encoding));
  }
}

/** @param {Readable} stream @returns {Promise<string>} */
function read(stream) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("end", () => resolve(joined(chunks)));
    // Destroyed by an abort before it was read.
    if (stream.destroyed && stream.errored) reject(stream.errored);
  });
}

/** Where the chunks of most answers are put together: fresh memory would take longer to find than they to copy. */
const SCRATCH = 1 << 20;
/** @type {Buffer | undefined} */
let scratch;

/** The text that came in chunks. @param {Buffer[]} chunks */
function joined(chunks) {
  return unmarked(chunks.length < 2 ? (chunks[0]?.toString() ?? "") : together(chunks));
}

/** Text without a byte order mark. @param {string} text */
const unmarked = (text) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** @param {Buffer[]} chunks */
function together(chunks) {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > SCRATCH) return Buffer.concat(chunks, length).toString();
  scratch ??= Buffer.allocUnsafeSlow(SCRATCH);
  let end = 0;
  for (const chunk of chunks) end += chunk.copy(scratch, end);
  return scratch.toString("utf8", 0, end);
}

/** @type {Record<string, (first: Buffer) => zlib.Gunzip>} */
const UNPACKERS = {
  "gzip": () => zlib.createGunzip(),
  "x-gzip": () => zlib.createGunzip(),
  "br": () => /** @type {any} */ (zlib.createBrotliDecompress()),
  // Some servers mean zlib's format, as the standard says, and some the bare one.
  "deflate": (first) => (((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
};

/** The body without its content encodings, of which the last was put on last. @param {Readable} stream @param {any} encoding @returns {Readable} */
function unpacked(stream, encoding) {
  if (encoding === undefined) return stream;
  const names = String(encoding).toLowerCase().split(",").map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
  // As with `fetch`, what nobody knows stays as it is.
  if (!names.length || !names.every((name) => Object.hasOwn(UNPACKERS, name))) return stream;
  if (names.length > LAYERS) return new Readable({ read() { this.destroy(new Error(`the answer is packed ${names.length} times`)); } });
  const layers = names.reverse().map((name) => new Unpacking(UNPACKERS[name]));
  return /** @type {any} */ (pipeline([stream, ...layers], nothing));
}

/** Takes one encoding off. What does so is made at the first byte: an empty body is no file, not even a broken one. */
class Unpacking extends Transform {
  #make;
  /** @type {zlib.Gunzip | undefined} */
  #inner;

  /** @param {(first: Buffer) => zlib.Gunzip} make */
  constructor(make) {
    super();
    this.#make = make;
  }

  /** @param {Buffer} chunk @param {any} _ @param {(error?: Error | null) => void} done */
  _transform(chunk, _, done) {
    this.#inner ??= this.#begin(chunk);
    this.#inner.write(chunk, done);
  }

  /** @param {Buffer} first */
  #begin(first) {
    const inner = this.#make(first);
    inner.on("data", (chunk) => this.push(chunk) || inner.pause());
    inner.on("error", (error) => this.destroy(error));
    return inner;
  }

  /** @param {number} size */
  _read(size) {
    this.#inner?.resume();
    super._read(size);
  }

  /** @param {(error?: Error | null) => void} done */
  _flush(done) {
    if (!this.#inner) return done();
    this.#inner.on("end", done);
    this.#inner.end();
  }

  /** @param {Error | null} error @param {(error?: Error | null) => void} done */
  _destroy(error, done) {
    this.#inner?.destroy();
    done(error);
  }
}
