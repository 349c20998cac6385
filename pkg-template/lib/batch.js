// @ts-check
// More items than one request may hold: in chunks, with an outcome for each.
import { ChatError, aborted, invalid, toChatError } from "./error.js";

/** @typedef {{ items: any[], offset: number, ok: true, data: any } | { items: any[], offset: number, ok: false, error: ChatError }} Outcome */

/** What a smaller chunk may escape: one bad item spoils the rest. @param {ChatError} error */
const divides = (error) =>
  error.kind === "invalid" || (error.kind === "service" && [400, 404, 409, 413, 422].includes(error.status ?? 0));

/**
 * Runs a batch operation over any number of items. A chunk that is refused as a whole is halved until the culprits are
 * found; the rest goes on.
 *
 * @param {(params: any, options: any) => Promise<{ data: any }>} run
 * @param {string} operation
 * @param {string} field
 * @param {number} max
 * @param {any} params
 * @param {any} options
 * @returns {AsyncGenerator<Outcome, void, undefined>}
 */
export async function* each(run, operation, field, max, params, options = {}) {
  const { concurrency = 1, chunk = max, onProgress, ...rest } = options;
  const { [field]: given, ...others } = params ?? {};
  if (!given || (!given[Symbol.iterator] && !given[Symbol.asyncIterator]) || typeof given === "string") {
    throw invalid(`${field} must be an array or another iterable`, { operation, field });
  }
  for (const [name, value, most] of [["concurrency", concurrency, 1000], ["chunk", chunk, max]]) {
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw invalid(`${name} must be a whole number from 1 to ${most}`, { operation, field: name });
    }
  }
  const total = Array.isArray(given) ? given.length : undefined;
  const source = given[Symbol.asyncIterator]?.() ?? given[Symbol.iterator]();
  const progress = { done: 0, failed: 0, ...(total !== undefined && { total }) };
  let offset = 0;
  let ended = false;
  /** @type {Outcome[]} */
  const ready = [];
  /** @type {Set<Promise<void>>} */
  const running = new Set();

  /** @param {Outcome} outcome */
  function report(outcome) {
    progress[outcome.ok ? "done" : "failed"] += outcome.items.length;
    ready.push(outcome);
    try {
      onProgress?.({ ...progress });
    } catch {
      // Who only watches changes nothing.
    }
  }

  /** @param {any[]} items @param {number} offset @returns {Promise<void>} */
  async function work(items, offset) {
    try {
      const { data } = await run({ ...others, [field]: items }, rest);
      report({ items, offset, ok: true, data });
    } catch (thrown) {
      const error = toChatError(thrown, operation);
      if (items.length === 1 || !divides(error)) return report({ items, offset, ok: false, error });
      const half = Math.ceil(items.length / 2);
      await work(items.slice(0, half), offset);
      await work(items.slice(half), offset + half);
    }
  }

  /** The next items, at most a chunk. */
  async function take() {
    const items = [];
    while (items.length < chunk) {
      const { value, done } = await source.next();
      if (done) {
        ended = true;
        break;
      }
      items.push(value);
    }
    return items;
  }

  try {
    for (;;) {
      if (rest.signal?.aborted) throw aborted(rest.signal, { operation });
      while (!ended && running.size < concurrency) {
        const items = await take();
        if (!items.length) break;
        const task = work(items, offset).finally(() => running.delete(task));
        offset += items.length;
        running.add(task);
      }
      while (ready.length) yield /** @type {Outcome} */ (ready.shift());
      if (!running.size) {
        if (ended) return;
        continue;
      }
      await Promise.race(running);
    }
  } finally {
    if (!ended) await source.return?.();
  }
}
