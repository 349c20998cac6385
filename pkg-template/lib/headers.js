// @ts-check
// Headers of any make: this realm's, another's, an npm package's, a Map, pairs, a plain object.

/** Names and values, or nothing if it is no such thing. @param {any} given @returns {Iterable<[any, any]> | undefined} */
export function pairs(given) {
  if (typeof given !== "object" || given === null) return undefined;
  if (typeof given[Symbol.iterator] === "function") return given;
  if (typeof given.entries === "function") return given.entries();
  const prototype = Object.getPrototypeOf(given);
  // A plain object of another realm has that one's prototype, which has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null ? Object.entries(given) : undefined;
}

/**
 * As a plain object, names in lower case: so that two can be merged, whatever their make.
 *
 * @param {any} given What is `undefined` in it is left out.
 * @param {(field: string, must: string) => Error} wrong
 */
export function plain(given, wrong) {
  /** @type {Record<string, string>} */
  const headers = {};
  // What is no headers at all fails as what is no pair does.
  for (const pair of pairs(given) ?? [given]) {
    const [name, value] = Array.isArray(pair) ? pair : [];
    if (typeof name !== "string") throw wrong("headers", "an object of strings, Headers, or pairs");
    if (value === undefined) continue;
    if (typeof value !== "string") throw wrong(`headers.${name}`, "a string");
    const lower = name.toLowerCase();
    headers[lower] = Object.hasOwn(headers, lower) ? `${headers[lower]}, ${value}` : value;
  }
  return headers;
}

/** A real `Headers` of what some `fetch` answered with. @param {any} given @returns {Headers} */
export function real(given) {
  if (given instanceof Headers) return given;
  try {
    return new Headers([...(pairs(given) ?? [])].map(([name, value]) => [String(name), String(value)]));
  } catch {
    return new Headers();
  }
}
