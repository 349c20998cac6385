// @ts-check
// Runs calls: brings parameters to the core, and makes results and errors of what comes back.
import { exchange } from "./attempt.js";
import { ChatError, aborted, invalid, toChatError } from "./error.js";
import { download, upload } from "./files.js";
import { parse, unwrap, write } from "./json.js";
import { Limits } from "./limits.js";
import { callOptions, configuration } from "./options.js";
import { redactHeaders, redactText, redactUrl } from "./redact.js";
import { log, watch } from "./transport.js";

/** @typedef {import("./resources.js").Row} Row */
/** @typedef {{ data: any, response: any, attempts: number }} Reply */
/** @typedef {import("./attempt.js").Made & { glue: any }} Made */

export class Engine {
  #load;
  #settings;
  #platform;
  #limiter;
  #config;
  #token;
  /** @type {Promise<Made> | undefined} */
  #loaded;
  /** @type {Made | undefined} */
  #made;

  /** @param {any} settings @param {import("./load.js").Load} load @param {any} platform */
  constructor(settings, load, platform) {
    const { config, token } = configuration(settings);
    const transport = settings.fetch ? undefined : platform.transport?.(settings.agent);
    if (settings.agent && !transport) throw invalid("agent needs Node, without a fetch of your own", { field: "agent" });
    this.#settings = { ...settings, fetch: settings.fetch ?? transport, transport, shares: platform.shares };
    const { limiter, limits } = settings;
    this.#limiter = limiter ?? (limits === false ? undefined : new Limits(limits === true ? {} : limits));
    this.#config = config;
    this.#token = token;
    this.#load = load;
    this.#platform = platform;
  }

  /** The core; loaded and made on first use. */
  #ready() {
    return (this.#loaded ??= this.#load()
      .then((glue) => {
        // Looked up at each call, so that a `fetch` that is replaced later, by a mock for instance, is used.
        const fetch = (/** @type {any} */ url, /** @type {any} */ init) => globalThis.fetch(url, init);
        const core = new glue.Core({ ...this.#config, ...this.#config.app, ...this.#config.auth }, fetch, this.#token);
        return (this.#made = { glue, core, headers: {} });
      })
      .catch((error) => {
        this.#loaded = undefined;
        throw error;
      }));
  }

  /** Reads JSON as answers are read: no integer loses digits. @returns {Promise<(text: string) => any>} */
  async parser() {
    const { glue } = await this.#ready();
    return (text) => parse(text, glue.quoteBigIntegers);
  }

  /** What a request to another server is sent with. @param {string} id @param {any} options */
  outside(id, options) {
    const { timeout = 30_000, retries = 2 } = { ...this.#config, ...options };
    return { ...watch(this.#settings, options ?? {}, id, (error) => error), timeout, retries };
  }

  /**
   * Runs an operation of the table.
   *
   * @param {string} id
   * @param {Row} row
   * @param {any} params
   * @param {any} options
   * @param {boolean} [bulk] Whether it is one of many that nobody waits for.
   * @returns {Promise<Reply>}
   */
  run(id, row, params, options, bulk = false) {
    const items = row.batch && params?.[row.batch[0]];
    const admission = this.#limiter && { operation: id, ...this.#rates(id, row), cost: Array.isArray(items) ? items.length : 1, bulk };
    return this.#guarded(id, options, admission, async (checked, sender, admitted) => {
      const file = row.file ? await upload(id, row.file, params, this.#platform, Boolean(options?.onUploadProgress)) : undefined;
      const text = write(file ? file.rest : params, id);
      const made = this.#made ?? (await this.#ready());
      const turn = admitted();
      if (turn) await turn;
      const reply = await (file || row.bytes ? made.core.call(id, text, { ...checked, ...sender, ...file }) : exchange(made, id, text, checked, sender));
      if (row.bytes) return answer(reply, download(reply[3], this.#platform, options ?? {}, id));
      return answer(reply, this.#read(id, row, reply, made.glue));
    }, Boolean(row.file));
  }

  /**
   * Runs a request that the table does not know.
   *
   * @param {any} request
   * @param {any} options
   * @returns {Promise<Reply>}
   */
  raw(request, options) {
    const { method, path, query, body, headers } = request ?? {};
    const id = `${method} ${path}`;
    // Names without end, and no rates: they share a pool.
    const admission = this.#limiter && { operation: id, pool: "", rates: [], cost: 1, bulk: false };
    return this.#guarded(id, headers ? { ...options, headers: { ...headers, ...options?.headers } } : options, admission, async (checked, sender, admitted) => {
      if (typeof method !== "string") throw invalid("method must be one of GET, POST, PUT, DELETE", { field: "method" });
      if (typeof path !== "string") throw invalid("path must be a string that begins with /", { field: "path" });
      const search = query === undefined ? "" : new URLSearchParams(query).toString();
      const target = search ? `${path}${path.includes("?") ? "&" : "?"}${search}` : path;
      const text = body === undefined ? undefined : JSON.stringify(body);
      const { glue, core } = await this.#ready();
      const turn = admitted();
      if (turn) await turn;
      const reply = await core.request(method.toUpperCase(), target, text, { ...checked, ...sender });
      return answer(reply, reply[1] === "" ? undefined : this.#read(id, {}, reply, glue));
    });
  }

  /** The request that `run` would send, secrets masked. @param {string} id @param {Row} row @param {any} params @param {any} options */
  async prepare(id, row, params, options) {
    try {
      const checked = callOptions(options, id);
      const { [row.file ?? ""]: _, ...rest } = params ?? {};
      const text = write(row.file ? rest : params, id);
      const { core } = await this.#ready();
      const prepared = core.prepare(id, text, checked);
      const headers = redactHeaders(Object.fromEntries(prepared.headers));
      if (!row.open && (this.#token || Object.keys(this.#config.auth).length)) headers.authorization ??= "Bearer ***";
      return request(id, prepared, headers);
    } catch (error) {
      throw toChatError(error, id);
    }
  }

  /**
   * Runs `work`, and lets go at once when the caller aborts, whatever `work` is waiting for.
   *
   * @param {string} id
   * @param {any} options
   * @param {any} admission What the limiter is asked, if there is one.
   * @param {(checked: any, sender: any, admitted: () => Promise<void> | void) => Promise<Reply>} work
   * @param {boolean} [uploads]
   */
  async #guarded(id, options, admission, work, uploads) {
    try {
      const checked = callOptions(options, id);
      const { signal } = checked;
      const limiter = admission && { again: () => this.#limiter?.record?.(admission), failed: (/** @type {any} */ error, /** @type {number} */ delay) => this.#throttled(error, delay) };
      const sender = watch(this.#settings, options ?? {}, id, toChatError, uploads, limiter);
      if (!signal) return await work(checked, sender, () => this.#limiter?.acquire(admission));
      if (signal.aborted) throw aborted(signal, { operation: id });
      const working = work(checked, sender, () => this.#limiter?.acquire({ ...admission, signal }));
      return await unlessAborted(working, signal, () => aborted(signal, { operation: id, attempts: sender.attempts() }));
    } catch (thrown) {
      const error = toChatError(thrown, id);
      this.#throttled(error);
      log(this.#settings.logger, "error", error.message, { operation: id, error });
      throw error;
    }
  }

  /** Tells the limiter of a failure that says "too fast". @param {any} error @param {number} [delay] */
  #throttled(error, delay = 0) {
    if (error.retryable && (error.status === 429 || error.status === 403)) this.#limiter?.throttled?.(delay);
  }

  /** How long `n` calls, or items of a batch, take at the documented rates. @param {string} id @param {Row} row @param {number} n */
  estimate(id, row, n) {
    if (!Number.isInteger(n) || n < 0) throw invalid("n must be a whole number", { operation: id, field: "n" });
    const limits = this.#limiter instanceof Limits ? this.#limiter : new Limits();
    const { pool, rates } = this.#rates(id, row);
    return limits.estimate(pool, rates, n, row.batch?.[1] ?? 1);
  }

  /** Where an operation's calls count, and at which rates. @param {string} id @param {Row} row */
  #rates(id, row) {
    const own = this.#config.dialect === "easemob" ? row.easemob : undefined;
    return own ? { pool: id, rates: rates(own) } : { pool: row.pool ?? id, rates: row.rates ? rates(row.rates) : [] };
  }

  /** @param {string} id @param {Row} row @param {any[]} reply @param {any} glue */
  #read(id, row, [status, text, attempts], glue) {
    if (row.none && text === "") return undefined;
    try {
      return unwrap(row, parse(text, glue.quoteBigIntegers));
    } catch (cause) {
      const what = text === "" ? "it is empty" : "it is not JSON";
      throw new ChatError({ kind: "decode", message: `cannot read the answer: ${what}`, operation: id, status, attempts, body: text, cause });
    }
  }
}

/**
 * What `working` gives, or the error as soon as the caller aborts.
 *
 * @template T
 * @param {Promise<T>} working
 * @param {AbortSignal} signal
 * @param {() => Error} error
 * @returns {Promise<T>}
 */
async function unlessAborted(working, signal, error) {
  let onAbort = () => {};
  const gone = new Promise((_, reject) => {
    onAbort = () => reject(error());
    signal.addEventListener("abort", onAbort);
  });
  // The loser of the race may still fail, with no one left to tell.
  working.catch(() => {});
  try {
    return await /** @type {Promise<T>} */ (Promise.race([working, gone]));
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** @type {WeakMap<object, import("./limits.js").Rate[]>} */
const known = new WeakMap();

/** Rates, spelled out. @param {NonNullable<Row["rates"]>} list */
function rates(list) {
  let rates = known.get(list);
  if (!rates) known.set(list, (rates = list.map(([count, seconds, items = false]) => ({ count, seconds, items }))));
  return rates;
}

/** @param {any[]} reply @param {any} data @returns {Reply} */
function answer([, , attempts, response], data) {
  return { data, response, attempts };
}

/** A prepared request as callers see it. @param {string} operation @param {any} prepared @param {Record<string, string>} headers */
function request(operation, prepared, headers) {
  const { method, parts, file } = prepared;
  const url = redactUrl(prepared.url);
  const body = redactText(prepared.body);
  const quoted = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;
  return {
    operation,
    method,
    url,
    headers,
    ...(body !== undefined && { body }),
    ...(parts && { parts: Object.fromEntries(parts), file }),
    /** The request as a command line; the token is left to the reader. */
    toCurl() {
      return [
        `curl -X ${method} ${quoted(url)}`,
        ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
        ...(body === undefined ? [] : [`--data ${quoted(body)}`]),
        ...(parts ?? []).map((/** @type {[string, string]} */ [name, value]) => `-F ${quoted(`${name}=${value}`)}`),
        ...(file ? [`-F ${quoted(`${file}=@${file}`)}`] : []),
      ].join(" \\\n  ");
    },
  };
}
