// @ts-check
// What this process has put in place of Node's own `fetch`. Judged at each call: mocks come and go.
import { isDeepStrictEqual } from "node:util";

/** Where undici keeps the dispatcher that `setGlobalDispatcher` sets; by its newer versions the second. */
const DISPATCHERS = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];

/** Whether requests are meant to go another way than Node's own: through a mock, a framework's cache, a proxy. */
export function isFetchReplaced() {
  const { fetch } = /** @type {any} */ (globalThis);
  if (fetch !== undefined && !isOwn(fetch)) return true;
  // None is there until something needed `fetch`.
  return DISPATCHERS.some((name) => {
    const dispatcher = /** @type {any} */ (globalThis)[name];
    return dispatcher !== undefined && !isDefault(dispatcher);
  });
}

/** `judge`, asked once for each. @param {(object: any) => boolean} judge @returns {(object: any) => boolean} */
function once(judge) {
  /** @type {WeakMap<object, boolean>} */
  const judged = new WeakMap();
  return (object) => {
    let verdict = judged.get(object);
    if (verdict === undefined) judged.set(object, (verdict = judge(object)));
    return verdict;
  };
}

/** Node's `fetch` is written in JavaScript, and loads from where nobody else can. What was there when this module was loaded tells nothing: mocks may come first. */
const isOwn = once((fetch) => typeof fetch === "function" && Function.prototype.toString.call(fetch).includes("internal/deps/undici/undici"));

/** Whether it is an agent such as undici makes for itself. */
const isDefault = once((dispatcher) => {
  const { constructor } = dispatcher;
  // Stands for the other one, which is looked at as well.
  if (constructor?.name === "Dispatcher1Wrapper") return true;
  if (constructor?.name !== "Agent" || dispatcher.dispatch !== constructor.prototype.dispatch) return false;
  const [its, usual] = [settings(dispatcher), settings(new constructor())];
  return its.length > 0 && isDeepStrictEqual(its, usual);
});

/** @param {any} agent */
function settings(agent) {
  const names = Object.getOwnPropertySymbols(agent).filter(({ description }) => description === "options" || description === "factory");
  return names.map((name) => agent[name]);
}
