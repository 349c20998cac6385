// @ts-check
// What an answer with status 200 tells of single items of a batch: whom it refused all the same, and why.

/** @typedef {[who: string | number, why: unknown]} Refusal By name, or by place in the batch. */

/**
 * The ways of telling, by their name in the table. A list that is not there tells nothing; one of something else throws.
 *
 * @type {Record<string, (data: any, items: any[]) => Refusal[]>}
 */
const ways = {
  results: (data) => list(data).filter((one) => one.result === false).map((one) => [one.user, one.reason]),
  unregistered: ({ data }) => list(data).map((one) => [one.username, one.registerUserFailReason]),
  fail: ({ fail }) => Object.entries(fail ?? {}),
  errors: ({ errorKeys }) => Object.entries(errorKeys ?? {}),
  lists: ({ success: _, ...lists }) => Object.entries(lists).flatMap(([why, names]) => list(names).map((name) => /** @type {Refusal} */ ([name, why]))),
  pushed: (data) => list(data).flatMap((one, place) => (/SUCCESS$/.test(one.pushStatus) ? [] : [[place, one.desc ?? one.pushStatus]])),
  recalled: (data) => list(data).filter((one) => one.recalled !== "yes").map((one) => [one.msg_id, one.recalled]),
  // The documented example has a colon at the end of each name. What stands in the list of failures is not documented.
  metadata(data, items) {
    const failed = list(data.updateMetadataFailed ?? data["updateMetadataFailed:"]);
    if (!failed.length) return [];
    const done = list(data.updateMetadataSucceeded ?? data["updateMetadataSucceeded:"]).map((one) => fold(one.username));
    return items.filter((item) => !done.includes(name(item))).map((item) => [item.username, JSON.stringify(failed)]);
  },
};

/** @param {unknown} data @returns {any[]} */
const list = (data) => (Array.isArray(data) ? data : []);

/** The platform folds user IDs to lower case. @param {unknown} text */
const fold = (text) => String(text).toLowerCase();

/** What an answer calls an item. @param {any} item */
export const name = (item) => fold(typeof item === "object" ? (item?.username ?? item?.msg_id) : item);

/**
 * The items that were refused: their places in the batch, with the reasons.
 *
 * @param {string | undefined} way
 * @param {any} data
 * @param {any[]} items
 * @returns {Map<number, string>}
 */
export function refusals(way, data, items) {
  /** @type {Map<number, string>} */
  const found = new Map();
  for (const [who, why] of (way && ways[way]?.(data ?? {}, items)) || []) {
    const reason = why === undefined ? "no reason given" : String(why);
    if (typeof who === "number") found.set(who, reason);
    else items.forEach((item, place) => name(item) === fold(who) && found.set(place, reason));
  }
  return found;
}
