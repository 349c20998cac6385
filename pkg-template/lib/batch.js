// @ts-check
// More items than one request may hold: in chunks, with an outcome for each, to be paused and resumed.
import { ChatError, aborted, invalid, toChatError } from "./error.js";
import { follow } from "./leave.js";
import { callOptions } from "./options.js";
import { Ranges } from "./ranges.js";
import { name, refusals } from "./told.js";
import { tell } from "./transport.js";

/** @typedef {{ items: any[], indexes: number[] }} Chunk */
/** @typedef {Chunk & ({ ok: true, data: any } | { ok: false, error: ChatError })} Outcome */

/** Statuses with which the platform refuses what is in the request, and not the caller or the moment. */
const REFUSALS = [200, 400, 403, 404, 409, 413, 422];
/** Chunks up to this are halved without asking first whether that can help. */
const FEW = 4;

/**
 * What a smaller chunk may escape: one bad item spoils the rest.
 *
 * @param {ChatError} error
 * @param {string} field
 * @param {any[]} items
 * @param {Record<string, unknown>} others The other parameters.
 */
function divides(error, field, items, others) {
  const { kind, field: wrong = "", status = 0, code, retryable } = error;
  if (kind === "invalid") return wrong === field || wrong.startsWith(`${field}[`);
  // Other codes of 403 say that the app lacks a feature.
  if (kind !== "service" || !REFUSALS.includes(status) || (status === 403 && (code !== "forbidden_op" || retryable))) return false;
  // A refusal that names another parameter's value, a group for instance, is of that.
  const said = words(error.description ?? "");
  return items.some((item) => said.has(name(item))) || !Object.values(others).some((value) => said.has(String(value).toLowerCase()));
}

/** The words of a text, as ids are written. @param {string} text */
const words = (text) => new Set(text.toLowerCase().split(/[^\p{L}\p{N}_.@#-]+/u).flatMap((word) => [word, word.replace(/[.]+$/, "")]));

/** What errors have in common that have one reason. @param {ChatError} error */
const reason = ({ status, code, description }) => `${status} ${code} ${description}`;

/**
 * What a checkpoint says of items that did not succeed. Nothing, if another run may well do better: they were too fast, or
 * nothing of it was done.
 *
 * @param {ChatError} error
 */
function verdict({ kind, status = 0, retryable, unknown }) {
  if (unknown) return "unknown";
  return kind === "invalid" || (kind === "service" && !retryable && REFUSALS.includes(status)) ? "failed" : undefined;
}

/**
 * Runs a batch operation over any number of items. A chunk that is refused as a whole is halved until the culprits are
 * found, unless what was refused is not among the items; the rest goes on. Nothing new is begun while the caller looks at an
 * outcome.
 *
 * @param {import("./paging.js").Run} run
 * @param {string} operation
 * @param {NonNullable<import("./resources.js").Row["batch"]>} batch
 * @param {boolean | undefined} safe Whether a repeat is harmless.
 * @param {any} params
 * @param {any} [options]
 */
export function each(run, operation, [field, max, told], safe, params, options = {}) {
  const { concurrency = 1, chunk = max, resume, onProgress, ...rest } = options;
  const { [field]: given, ...others } = params ?? {};
  const { signal } = rest;
  /** @type {Record<"done" | "failed" | "unknown", Ranges>} */
  const settled = { done: new Ranges(resume?.done), failed: new Ranges(resume?.failed), unknown: new Ranges(resume?.unknown) };
  const lists = Object.values(settled);
  const checkpoint = () => ({ operation, done: settled.done.list(), failed: settled.failed.list(), unknown: settled.unknown.list() });
  /** How many met with a failure that may pass. */
  let passing = 0;
  let paused = false;
  let wake = () => {};

  function check() {
    const wrong = (/** @type {string} */ name, /** @type {string} */ must) => invalid(`${name} must be ${must}`, { operation, field: name });
    if (!given || (!given[Symbol.iterator] && !given[Symbol.asyncIterator]) || typeof given === "string") {
      throw wrong(field, "an array or another iterable");
    }
    for (const [name, value, most] of [["concurrency", concurrency, 1000], ["chunk", chunk, max]]) {
      if (!Number.isInteger(value) || value < 1 || value > most) throw wrong(name, `a whole number from 1 to ${most}`);
    }
    callOptions(rest, operation);
    if (resume === undefined) return;
    if (resume?.operation !== operation || !lists.every((list) => list.valid)) throw wrong("resume", "a checkpoint of this operation");
    if (lists.some((list) => list.end > (given.length ?? Infinity))) throw wrong("resume", "a checkpoint of these items: it knows of more");
  }

  /** @returns {AsyncGenerator<Outcome, void, undefined>} */
  async function* outcomes() {
    check();
    const source = given[Symbol.asyncIterator]?.() ?? given[Symbol.iterator]();
    const total = Array.isArray(given) ? given.length : undefined;
    /** @type {Outcome[]} */
    const ready = [];
    /** @type {Set<Promise<void>>} */
    const running = new Set();
    let filling = false;
    let ended = false;
    let left = false;
    let index = 0;
    /** Reasons of refusals that were found not to lie in the items. @type {Set<string>} */
    const hopeless = new Set();
    /** @type {{ error: unknown } | undefined} */
    let trouble;

    /** Takes the next items, at most a chunk, and sends them off. */
    async function fill() {
      /** @type {Chunk} */
      const next = { items: [], indexes: [] };
      filling = true;
      try {
        while (!ended && next.items.length < chunk) {
          const step = source.next();
          const { value, done: last } = typeof step.then === "function" ? await step : step;
          if (last) ended = true;
          else if (lists.some((list) => list.has(index))) index++;
          else {
            next.items.push(value);
            next.indexes.push(index++);
          }
        }
      } catch (error) {
        ended = true;
        trouble = { error };
      }
      filling = false;
      if (next.items.length && !paused && !left) {
        const task = work(next).then(() => {
          running.delete(task);
          wake();
        });
        running.add(task);
      }
      wake();
    }

    /** Sends a chunk; gives the error with which the whole of it was refused. @param {Chunk} chunk */
    async function attempt({ items, indexes }) {
      try {
        const { data, response, attempts } = await run({ ...others, [field]: items }, rest);
        const refused = tellsOf(data, items, response, attempts);
        const some = (/** @type {(place: number) => unknown} */ keep) => ({ items: items.filter((_, i) => keep(i)), indexes: indexes.filter((_, i) => keep(i)) });
        if (refused.size < items.length) ready.push({ ...some((place) => !refused.has(place)), ok: true, data });
        for (const [place, reason] of refused) {
          const details = { kind: "service", message: reason, description: reason, status: response.status, operation, attempts };
          ready.push({ ...some((other) => other === place), ok: false, error: new ChatError(details) });
        }
        return undefined;
      } catch (thrown) {
        return toChatError(thrown, operation);
      } finally {
        wake();
      }
    }

    /** @param {Chunk} chunk @returns {Promise<void>} */
    async function work(chunk) {
      const error = await attempt(chunk);
      if (error) await refused(chunk, error);
    }

    /** Finds what was meant by the refusal of a whole chunk. @param {Chunk} chunk @param {ChatError} error @returns {Promise<void>} */
    async function refused(chunk, error) {
      const { items, indexes } = chunk;
      const why = reason(error);
      if (items.length === 1 || hopeless.has(why) || !divides(error, field, items, others)) {
        ready.push({ items, indexes, ok: false, error });
        return;
      }
      const cut = (/** @type {number} */ from, /** @type {number} */ to) => ({ items: items.slice(from, to), indexes: indexes.slice(from, to) });
      const half = Math.ceil(items.length / 2);
      /** @type {(Chunk & { error?: ChatError })[]} */
      let parts = [cut(0, half), cut(half, items.length)];
      for (const part of parts) {
        if (paused || left) return;
        part.error = await attempt(part);
      }
      // Both halves are refused for the same reason: it may lie elsewhere, which an item of each half can tell.
      if (items.length > FEW && parts.every((part) => part.error && reason(part.error) === why)) {
        const [first, last] = [cut(0, 1), cut(items.length - 1, items.length)].map((one) => ({ ...one, error: undefined }));
        parts = [first, { ...cut(1, half), error }, { ...cut(half, items.length - 1), error }, last];
        for (const one of [first, last]) {
          if (paused || left) return;
          Object.assign(one, { error: await attempt(one) });
        }
        if ([first, last].every((/** @type {any} */ one) => one.error && reason(one.error) === why)) hopeless.add(why);
      }
      for (const part of parts) if (part.error && !paused && !left) await refused(part, part.error);
    }

    /** @param {any} data @param {any[]} items @param {any} response @param {number} attempts */
    function tellsOf(data, items, response, attempts) {
      try {
        return refusals(told, data, items);
      } catch (cause) {
        const message = "cannot read what the answer tells of single items";
        throw new ChatError({ kind: "decode", message, operation, status: response.status, attempts, unknown: !safe, cause });
      }
    }

    /** @param {Outcome} outcome */
    function settle(outcome) {
      const where = outcome.ok ? "done" : verdict(outcome.error);
      if (where) for (const at of outcome.indexes) settled[where].add(at);
      else passing += outcome.indexes.length;
      const event = {
        done: settled.done.size,
        failed: settled.failed.size + settled.unknown.size + passing,
        ...(total !== undefined && { total }),
        get checkpoint() {
          return checkpoint();
        },
      };
      tell(onProgress ? [onProgress] : [], event);
      return outcome;
    }

    const forget = signal && follow(signal, () => wake());
    try {
      for (;;) {
        if (signal?.aborted) throw aborted(signal, { operation });
        const outcome = ready.shift();
        if (outcome) {
          yield settle(outcome);
          continue;
        }
        if (!ended && !paused && !filling && running.size < concurrency) {
          fill();
          if (!filling) continue;
        }
        if (!running.size && !ready.length) {
          if (paused || (ended && !trouble && !filling)) return;
          if (trouble) throw trouble.error;
        }
        await new Promise((resolve) => (wake = () => resolve(undefined)));
      }
    } finally {
      // What is under way cannot be taken back: its outcome belongs into the checkpoint, also that there is none.
      left = true;
      await Promise.all(running);
      for (const outcome of ready.splice(0)) if (outcome.ok || outcome.error.kind !== "aborted" || outcome.error.unknown) settle(outcome);
      forget?.();
      const closed = ended ? undefined : source.return?.();
      // A source that hangs is not waited for.
      if (filling) Promise.resolve(closed).catch(() => {});
      else await closed;
    }
  }

  return Object.defineProperties(outcomes(), {
    checkpoint: { get: checkpoint },
    pause: {
      value() {
        paused = true;
        wake();
      },
    },
  });
}
