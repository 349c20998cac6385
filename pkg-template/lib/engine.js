// @ts-check
// Runs calls: brings parameters to the core, and makes results and errors of what comes back.
import { attempt } from "./attempt.js";
import { ChatError, aborted, invalid, toChatError } from "./error.js";
import { download, upload } from "./files.js";
import { parse, unwrap, write } from "./json.js";
import { Limits } from "./limits.js";
import { callOptions, configuration } from "./options.js";
import { redactHeaders, redactText, redactUrl } from "./redact.js";
import { Watch, log } from "./transport.js";

/** @typedef {import("./resources.js").Row} Row */
/** @typedef {{ data: any, response: any, attempts: number }} Reply */
/** @typedef {import("./attempt.js").Made} Made */

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
        return (this.#made = { glue, core });
      })
      .catch((error) => {
        this.#loaded = undefined;
        throw error;
      }));
  }

  /** Reads JSON as answers are read: no integer loses digits. @returns {Promise<(text: string) => any>} */
  async parser() {
    const { glue } = await this.#ready();
    return (text) => parse(text, glue);
  }

  /** What a request to another server is sent with. @param {string} id @param {any} options */
  outside(id, options) {
    const { timeout = 30_000, retries = 2 } = { ...this.#config, ...options };
    return { watch: new Watch(this.#settings, options ?? {}, id, (error) => error), timeout, retries };
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
    const watch = this.#watch(id, options, admission, Boolean(row.file));
    return this.#unlessAborted(watch, options, this.#call(watch, row, params, options, admission));
  }

  /**
   * One function for all that a call awaits: each more would cost as much as writing its parameters does.
   *
   * @param {Watch} watch
   * @param {Row} row
   * @param {any} params
   * @param {any} options
   * @param {any} admission
   * @returns {Promise<Reply>}
   */
  async #call(watch, row, params, options, admission) {
    const id = watch.operation;
    try {
      const checked = begun(options, id);
      const file = row.file ? await upload(id, row.file, params, this.#platform, Boolean(options?.onUploadProgress)) : undefined;
      const text = write(file ? file.rest : params, id);
      const made = this.#made ?? (await this.#ready());
      const turn = this.#turn(admission, checked.signal);
      if (turn) await turn;
      const first = file || row.bytes ? undefined : attempt(made, id, text, checked, watch);
      if (first) {
        try {
          const response = await watch.fetch(first.url, first.init, first.ending);
          if (typeof response !== "object" || response === null) throw new TypeError("fetch did not answer with a response");
          first.response = response;
          first.text = await response.text();
        } catch (reason) {
          first.reason = reason;
        } finally {
          first.ending.forget();
        }
        if (first.succeeded) return this.#reply(id, row, [first.response.status, first.text, 1, first.response], made.glue);
      }
      const reply = await made.core.call(id, text, { ...checked, ...watch.functions(), ...file, first });
      if (row.bytes) return { data: download(reply[3], this.#platform, { timeout: 30_000, ...this.#config, ...checked, onDownloadProgress: options?.onDownloadProgress }, id), response: reply[3], attempts: reply[2] };
      return this.#reply(id, row, reply, made.glue);
    } catch (thrown) {
      throw this.#failed(watch, thrown);
    }
  }

  /**
   * Runs a request that the table does not know.
   *
   * @param {any} request
   * @param {any} options
   * @returns {Promise<Reply>}
   */
  raw(request, options) {
    const { method, path, headers } = request ?? {};
    const id = `${method} ${path}`;
    // Names without end, and no rates: they share a pool.
    const admission = this.#limiter && { operation: id, pool: "", rates: [], cost: 1, bulk: false };
    const all = headers ? { ...options, headers: { ...headers, ...options?.headers } } : options;
    const watch = this.#watch(id, all, admission);
    return this.#unlessAborted(watch, all, this.#request(watch, request ?? {}, all, admission));
  }

  /** @param {Watch} watch @param {any} request @param {any} options @param {any} admission @returns {Promise<Reply>} */
  async #request(watch, { method, path, query, body }, options, admission) {
    try {
      const checked = begun(options, watch.operation);
      if (typeof method !== "string") throw invalid("method must be one of GET, POST, PUT, DELETE", { field: "method" });
      if (typeof path !== "string") throw invalid("path must be a string that begins with /", { field: "path" });
      const search = query === undefined ? "" : new URLSearchParams(query).toString();
      const target = search ? `${path}${path.includes("?") ? "&" : "?"}${search}` : path;
      const text = body === undefined ? undefined : JSON.stringify(body);
      const { glue, core } = await this.#ready();
      const turn = this.#turn(admission, checked.signal);
      if (turn) await turn;
      const reply = await core.request(method.toUpperCase(), target, text, { ...checked, ...watch.functions() });
      return this.#reply(watch.operation, { none: reply[1] === "" }, reply, glue);
    } catch (thrown) {
      throw this.#failed(watch, thrown);
    }
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

  /** @param {string} id @param {any} options @param {any} admission @param {boolean} [uploads] */
  #watch(id, options, admission, uploads) {
    const limiter = admission && {
      again: () => this.#limiter?.record?.(admission),
      failed: (/** @type {any} */ error, /** @type {number} */ delay) => this.#throttled(error, delay),
    };
    return new Watch(this.#settings, options ?? {}, id, toChatError, uploads, limiter);
  }

  /** What to wait for before anything is sent, if there is something. @param {any} admission @param {AbortSignal | undefined} signal */
  #turn(admission, signal) {
    return this.#limiter?.acquire(signal ? { ...admission, signal } : admission);
  }

  /**
   * Lets go at once when the caller aborts, whatever the call is waiting for.
   *
   * @param {Watch} watch
   * @param {any} options
   * @param {Promise<Reply>} call
   */
  #unlessAborted(watch, options, call) {
    const signal = options?.signal;
    if (typeof signal?.addEventListener !== "function") return call;
    return unlessAborted(call, signal, () => this.#failed(watch, aborted(signal, { operation: watch.operation, attempts: watch.attempts })));
  }

  /** The error of a call, which is logged once. @param {Watch} watch @param {unknown} thrown */
  #failed(watch, thrown) {
    const error = toChatError(thrown, watch.operation);
    if (watch.failed) return error;
    watch.failed = true;
    this.#throttled(error);
    log(this.#settings.logger, "error", error.message, { operation: watch.operation, error });
    return error;
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

  /** @param {string} id @param {Row} row @param {any[]} reply @param {any} glue @returns {Reply} */
  #reply(id, row, [status, text, attempts, response], glue) {
    if (row.none && text === "") return { data: undefined, response, attempts };
    try {
      return { data: unwrap(row, parse(text, glue)), response, attempts };
    } catch (cause) {
      const what = text === "" ? "it is empty" : cause instanceof SyntaxError ? "it is not JSON" : /** @type {any} */ (cause).message;
      throw new ChatError({ kind: "decode", message: `cannot read the answer: ${what}`, operation: id, status, attempts, body: text, cause });
    }
  }
}

/** A call's options, unless the caller aborted before it began. @param {any} options @param {string} operation */
function begun(options, operation) {
  const checked = callOptions(options, operation);
  const { signal } = checked;
  if (signal?.aborted) throw aborted(signal, { operation });
  return checked;
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
