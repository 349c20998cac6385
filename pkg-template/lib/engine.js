// @ts-check
// Runs calls: brings parameters to the core, and makes results and errors of what comes back.
import { attempt } from "./attempt.js";
import { ChatError, invalid, isDetails, said, toChatError } from "./error.js";
import { download, upload } from "./files.js";
import { plain } from "./headers.js";
import { parse, unwrap, write } from "./json.js";
import { Leave, heed } from "./leave.js";
import { Limits } from "./limits.js";
import { NONE, callOptions, leveled, merged, viewOptions } from "./options.js";
import { redactHeaders, redactText, redactUrl } from "./redact.js";
import { target } from "./target.js";
import { Watch, log } from "./transport.js";

/** @typedef {import("./resources.js").Row} Row */
/** @typedef {{ data: any, response: any, attempts: number }} Reply */

/** A client as calls see it: what it shares with its views, and what it has for itself. */
export class Engine {
  #shared;
  #settings;
  #defaults;

  /**
   * @param {import("./shared.js").Shared} shared
   * @param {any} [settings] Of a view.
   * @param {Record<string, any>} [defaults] What its calls have where they set nothing themselves.
   */
  constructor(shared, settings = shared.settings, defaults = shared.defaults) {
    this.#shared = shared;
    this.#settings = settings;
    this.#defaults = defaults;
  }

  /** The same client with other options. @param {any} options */
  with(options) {
    const checked = viewOptions(options);
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const settings = { ...this.#settings, ...given };
    if (given.logger || given.logLevel) settings.lines = leveled(settings);
    return new Engine(this.#shared, settings, merged(this.#defaults, checked));
  }

  /** Reads JSON as answers are read: no integer loses digits. @returns {Promise<(text: string) => any>} */
  async parser() {
    const { glue } = await this.#shared.ready();
    return (text) => parse(text, glue);
  }

  /** What a request to another server is sent with. @param {string} id @param {any} options */
  outside(id, options) {
    const { timeout = 30_000, retries = 2 } = { ...this.#shared.config, ...this.#checked(options, id) };
    return { watch: new Watch(this.#settings, options ?? {}, id, (error) => error), timeout, retries };
  }

  /** A call's options, the client's where it sets none. @param {any} options @param {string} id */
  #checked(options, id) {
    return merged(this.#defaults, callOptions(options, id));
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
    const { gate } = this.#shared;
    const items = row.batch && params?.[row.batch[0]];
    const admission = gate && { operation: id, ...this.#rates(id, row), cost: Array.isArray(items) ? items.length : 1, bulk };
    return this.#call(new Watch(this.#settings, options ?? {}, id, toChatError, Boolean(row.file), gate, admission), row, params, options);
  }

  /**
   * One function for all that a call awaits: each more would cost as much as writing its parameters does.
   *
   * @param {Watch} watch
   * @param {Row} row
   * @param {any} params
   * @param {any} options
   * @returns {Promise<Reply>}
   */
  async #call(watch, row, params, options) {
    const id = watch.operation;
    /** @type {Leave | undefined} */
    let leave;
    let once = false;
    try {
      const checked = this.#checked(options, id);
      if ((leave = begun(checked))?.left) throw leave.reason;
      const file = row.file ? await unless(leave, upload(id, row.file, params, this.#shared.platform, Boolean(options?.onUploadProgress))) : undefined;
      once = Boolean(file?.once);
      const text = write(file ? file.rest : params, id);
      const made = this.#shared.made ?? (await unless(leave, this.#shared.ready()));
      const turn = watch.gate?.enter(watch.admission, leave);
      if (turn) await turn;
      const first = file || row.bytes ? undefined : attempt(made, id, text, checked, watch, leave);
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
          if (leave) leave.ending = undefined;
        }
        if (first.succeeded) return this.#reply(watch, row, [first.response.status, first.text, 1, first.response], made.glue);
      }
      const reply = await this.#slowly(watch, leave, (functions) => made.core.call(id, text, { ...checked, ...functions, ...file, first }));
      if (row.bytes) {
        const reading = { timeout: 30_000, ...this.#shared.config, ...checked, onDownloadProgress: options?.onDownloadProgress };
        return { data: download(reply[3], this.#shared.platform, reading, id), response: reply[3], attempts: reply[2] };
      }
      return this.#reply(watch, row, reply, made.glue);
    } catch (thrown) {
      if (row.file) letGo(params?.[row.file], leave?.left ? leave.reason : thrown);
      throw this.#failed(watch, row.safe, thrown, leave, once);
    } finally {
      leave?.done();
    }
  }

  /**
   * Has the core do what a first attempt cannot: it may have to wait for a token, in the context of whoever waits for it.
   *
   * @param {Watch} watch
   * @param {Leave | undefined} leave
   * @param {(functions: object) => Promise<any>} send
   */
  async #slowly(watch, leave, send) {
    const functions = watch.functions(leave);
    const shared = this.#shared;
    shared.within = watch.within;
    try {
      return await send(functions);
    } finally {
      if (shared.within === watch.within) shared.within = undefined;
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
    const { method, path } = request ?? {};
    const id = `${method} ${path}`;
    const { gate } = this.#shared;
    // Names without end, and no rates: they share a pool.
    const admission = gate && { operation: id, pool: "", rates: [], cost: 1, bulk: false };
    return this.#request(new Watch(this.#settings, options ?? {}, id, toChatError, false, gate, admission), request ?? {}, options);
  }

  /** @param {Watch} watch @param {any} request @param {any} options @returns {Promise<Reply>} */
  async #request(watch, request, options) {
    const id = watch.operation;
    /** @type {Leave | undefined} */
    let leave;
    try {
      const { method, path, body } = target(request, id);
      const wrong = (/** @type {string} */ field, /** @type {string} */ must) => invalid(`${field} must be ${must}`, { operation: id, field });
      const own = request.headers === undefined ? NONE : { headers: plain(request.headers, wrong) };
      const checked = merged(own, this.#checked(options, id));
      if ((leave = begun(checked))?.left) throw leave.reason;
      const { glue, core } = this.#shared.made ?? (await unless(leave, this.#shared.ready()));
      const turn = watch.gate?.enter(watch.admission, leave);
      if (turn) await turn;
      const reply = await this.#slowly(watch, leave, (functions) => core.request(method, path, body, { ...checked, ...functions }));
      return this.#reply(watch, { none: reply[1] === "" }, reply, glue);
    } catch (thrown) {
      throw this.#failed(watch, watch.method === "GET", thrown, leave, false);
    } finally {
      leave?.done();
    }
  }

  /** The request that `run` would send, secrets masked. @param {string} id @param {Row} row @param {any} params @param {any} options */
  async prepare(id, row, params, options) {
    try {
      const checked = this.#checked(options, id);
      const { [row.file ?? ""]: _, ...rest } = params ?? {};
      const text = write(row.file ? rest : params, id);
      const { core } = await this.#shared.ready();
      const prepared = core.prepare(id, text, checked);
      const headers = redactHeaders(Object.fromEntries(prepared.headers));
      if (!row.open && this.#shared.authorizes) headers.authorization ??= "Bearer ***";
      return request(id, prepared, headers);
    } catch (error) {
      throw toChatError(error, id);
    }
  }

  /**
   * The error of a call, which is logged once.
   *
   * @param {Watch} watch
   * @param {boolean | undefined} safe Whether a repeat is harmless, if that is said.
   * @param {unknown} thrown
   * @param {Leave | undefined} leave
   * @param {boolean} once Whether its body went by only once.
   */
  #failed(watch, safe = watch.method !== "POST", thrown, leave, once) {
    const { operation, attempts } = watch;
    const error = leave?.left ? gone(leave, thrown, watch) : toChatError(thrown, operation, attempts ? { attempts, unknown: !safe } : undefined);
    if (once && error.status === 401) error.message += " (a stream goes by only once, so it was not sent again with a fresh token: pass a Blob or bytes)";
    watch.gate?.throttled(error);
    log(this.#settings.lines, "error", error.message, { operation, error });
    return error;
  }

  /** How long `n` calls, or items of a batch, take at the documented rates. @param {string} id @param {Row} row @param {number} n */
  estimate(id, row, n) {
    if (!Number.isInteger(n) || n < 0) throw invalid("n must be a whole number", { operation: id, field: "n" });
    const { limiter } = this.#shared;
    const limits = limiter instanceof Limits ? limiter : new Limits();
    const { pool, rates } = this.#rates(id, row);
    return limits.estimate(pool, rates, n, row.batch?.[1] ?? 1);
  }

  /** Where an operation's calls count, and at which rates. @param {string} id @param {Row} row */
  #rates(id, row) {
    const own = this.#shared.config.dialect === "easemob" ? row.easemob : undefined;
    return own ? { pool: id, rates: rates(own) } : { pool: row.pool ?? id, rates: row.rates ? rates(row.rates) : [] };
  }

  /** @param {Watch} watch @param {Row} row @param {any[]} reply @param {any} glue @returns {Reply} */
  #reply({ operation, method }, row, [status, text, attempts, response], glue) {
    if (row.none && text === "") return { data: undefined, response, attempts };
    try {
      return { data: unwrap(row, parse(text, glue)), response, attempts };
    } catch (cause) {
      const { headers } = response;
      const unknown = !(row.safe ?? method !== "POST");
      const why = text === "" ? "it is empty" : cause instanceof SyntaxError ? "it is not JSON" : said(cause);
      throw new ChatError({ kind: "decode", message: `cannot read the answer: ${why}`, operation, status, headers, attempts, unknown, body: text, cause });
    }
  }
}

/** What may end a call, if something may. @param {any} checked */
const begun = ({ signal, deadline }) => (signal || deadline !== undefined ? new Leave(signal, deadline) : undefined);

/** @template T @param {Leave | undefined} leave @param {Promise<T>} work @returns {Promise<T>} */
const unless = (leave, work) => (leave ? heed(work, leave.signal) : work);

/**
 * The error of a call that was left: what the core says of it is whether it may have been done.
 *
 * @param {Leave} leave
 * @param {any} thrown
 * @param {Watch} watch
 */
function gone({ late, deadline, reason }, thrown, { operation, attempts, left }) {
  const told = thrown instanceof ChatError || isDetails(thrown);
  // It failed by itself before it heard.
  if (told && thrown.kind !== "aborted" && !left) return toChatError(thrown, operation);
  const { unknown = false } = told && !left ? thrown : {};
  if (!late) return new ChatError({ kind: "aborted", message: "the caller aborted it", cause: reason, operation, attempts, unknown });
  return new ChatError({ kind: "timeout", message: `its deadline of ${deadline} ms is over`, cause: reason, operation, attempts, unknown, retryable: !unknown });
}

/** Lets go of a stream that nobody will read now. @param {any} file @param {unknown} reason */
function letGo(file, reason) {
  const stream = file?.data ?? file;
  if (typeof stream?.getReader === "function") {
    if (!stream.locked) stream.cancel(reason).catch(() => {});
  } else if (typeof stream?.pipe === "function") stream.destroy?.();
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
