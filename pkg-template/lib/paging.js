// @ts-check
// Lists that come in pages.
import { aborted } from "./error.js";

/** @typedef {NonNullable<import("./resources.js").Row["page"]>} Paging */
/** @typedef {(params: any, options: any) => Promise<import("./engine.js").Reply>} Run */

/**
 * Every page, one after another.
 *
 * @param {Run} run
 * @param {Paging} paging
 * @param {any} params
 * @param {any} options
 */
export async function* pages(run, paging, params = {}, options = undefined) {
  const seen = new Set();
  let next = { ...params };
  if (paging.number) next[paging.number] ??= paging.first;
  const asked = next[paging.size];
  // A service that has a maximum fills its pages only up to that.
  const full = typeof asked === "number" ? Math.min(asked, paging.max ?? asked) : 1;
  for (;;) {
    const { data: page } = await run(next, options);
    if (page.items.length || !seen.size) yield page;
    if (!page.items.length) return;
    if (paging.cursor) {
      if (!page.cursor || seen.has(page.cursor)) return;
      seen.add(page.cursor);
      next = { ...next, [paging.cursor]: page.cursor };
    } else {
      if (page.items.length < full) return;
      seen.add(next[/** @type {string} */ (paging.number)]);
      next = { ...next, [/** @type {string} */ (paging.number)]: next[/** @type {string} */ (paging.number)] + 1 };
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
    for await (const page of pages(run, paging, params, options)) {
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
