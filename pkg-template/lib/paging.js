// @ts-check
// Lists that come in pages.
import { ChatError, aborted } from "./error.js";

/** @typedef {NonNullable<import("./resources.js").Row["page"]>} Paging */
/** @typedef {(params: any, options: any) => Promise<import("./engine.js").Reply>} Run */

/** How many empty pages in a row may have a new cursor: a service that goes on and on so has lost its way. */
const EMPTY = 1_000;

/**
 * Every page, one after another.
 *
 * @param {Run} run
 * @param {string} operation
 * @param {Paging} paging
 * @param {any} params
 * @param {any} options
 */
export async function* pages(run, operation, paging, params = {}, options = undefined) {
  const seen = new Set();
  let next = { ...params };
  if (paging.number) next[paging.number] ??= paging.first;
  const asked = next[paging.size];
  // A service that has a maximum fills its pages only up to that.
  const full = typeof asked === "number" ? Math.min(asked, paging.max ?? asked) : 1;
  let empty = 0;
  for (;;) {
    const { data: page, attempts, response } = await run(next, options);
    const { items, cursor } = page;
    if (items.length || !seen.size) yield page;
    empty = items.length ? 0 : empty + 1;
    if (paging.cursor) {
      // What a cursor leads to may be empty, filtered for instance, and the list go on behind it.
      if (!cursor || (!items.length && seen.has(cursor))) return;
      if (seen.has(cursor) || empty > EMPTY) {
        const message = `the list was cut short: ${empty ? "its pages are empty and have no end" : "the platform gave a cursor that it gave before"}`;
        throw new ChatError({ kind: "decode", message, operation, status: response.status, attempts });
      }
      seen.add(cursor);
      next = { ...next, [paging.cursor]: cursor };
    } else {
      if (items.length < full) return;
      const number = /** @type {string} */ (paging.number);
      seen.add(next[number]);
      next = { ...next, [number]: next[number] + 1 };
    }
  }
}

/**
 * Every item of every page.
 *
 * @param {Run} run
 * @param {string} operation
 * @param {Paging} paging
 * @param {any} params
 * @param {any} options
 */
export function items(run, operation, paging, params, options) {
  async function* iterate() {
    for await (const page of pages(run, operation, paging, params, options)) {
      for (const item of page.items) {
        if (options?.signal?.aborted) throw aborted(options.signal, { operation });
        yield item;
      }
    }
  }
  return iterable(iterate);
}

/** What can be iterated over, or taken as an array. @template T @param {() => AsyncGenerator<T>} iterate */
export function iterable(iterate) {
  return {
    [Symbol.asyncIterator]: iterate,
    /** @param {{ limit?: number }} [bound] */
    async toArray({ limit = Infinity } = {}) {
      /** @type {T[]} */
      const list = [];
      if (limit > 0) {
        for await (const item of iterate()) if (list.push(item) >= limit) break;
      }
      return list;
    },
  };
}
