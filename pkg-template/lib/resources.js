// @ts-check
// The methods: `chat.groups.mutes.add(…)`, made from the table when first asked for.
import { operations } from "../generated/operations.js";
import { each } from "./batch.js";
import { invalid } from "./error.js";
import { real } from "./headers.js";
import { reader } from "./history.js";
import { items, pages } from "./paging.js";

/**
 * What the JavaScript side must know of an operation; the core knows the rest.
 *
 * @typedef {object} Row
 * @property {string} [at] Where the result is in the answer; absent for the whole of it.
 * @property {string} [or] Where it is in answers that have nothing there.
 * @property {boolean} [none] Whether callers get nothing.
 * @property {boolean} [list] Whether the result is a list.
 * @property {boolean} [map] Whether it is an object with names that are not known beforehand.
 * @property {boolean} [plain] Whether it is a text, a number or a boolean; otherwise it is an object.
 * @property {boolean} [optional] Whether it may be missing.
 * @property {string[]} [needs] Members, some of which tell the result from what others answer.
 * @property {boolean} [many] Whether one value may stand for a list of one.
 * @property {boolean} [bytes] Whether the answer is a file.
 * @property {string} [file] The parameter that holds a file to upload.
 * @property {boolean} [open] Whether it is sent without a token.
 * @property {string[]} [big] Members that hold integers beyond 2^53.
 * @property {{ size: string, cursor?: string, next?: string, number?: string, first?: number, max?: number }} [page]
 * @property {[field: string, max: number, told?: string]} [batch] The list parameter, how many it may hold, and how the
 *   answer tells which of them were refused.
 * @property {boolean} [safe] Whether a repeat is harmless, where that does not go without saying: a POST's is not, others' are. Said of all
 *   batches where it is.
 * @property {[count: number, seconds: number, items?: boolean][]} [rates] The documented rates; some count the batch's items.
 * @property {[count: number, seconds: number, items?: boolean][]} [easemob] Easemob's rates, where they differ; these the operation has for itself.
 * @property {string} [pool] The name under which operations share their rates.
 */

/** @type {Record<string, Row>} */
const table = operations;

/** @param {string} id @returns {Row} */
export function find(id) {
  const row = typeof id === "string" && Object.hasOwn(table, id) ? table[id] : undefined;
  if (row) return row;
  const resource = String(id).split(".")[0];
  const like = Object.keys(table).filter((known) => known.startsWith(`${resource}.`));
  throw invalid(`there is no such operation${like.length ? `; there are ${like.join(", ")}` : ""}`, { operation: String(id) });
}

/**
 * Methods beside those of the table, which make more than one request.
 *
 * @type {Record<string, (engine: import("./engine.js").Engine) => unknown>}
 */
const more = { "messages.history.read": (engine) => reader(engine, runner(engine, "messages.history.get")) };

/** @typedef {Map<string, string | Tree>} Tree */

/** @type {Tree | undefined} */
let tree;

/** The table as a tree of names; its leaves are ids. */
function names() {
  if (tree) return tree;
  tree = new Map();
  for (const id of [...Object.keys(table), ...Object.keys(more)]) {
    let node = tree;
    const parts = id.split(".");
    const name = parts.pop() ?? id;
    for (const part of parts) {
      const next = node.get(part);
      if (next instanceof Map) node = next;
      else node.set(part, (node = new Map()));
    }
    node.set(name, id);
  }
  return tree;
}

/** Gives `target` the table's resources and methods. @param {object} target @param {import("./engine.js").Engine} engine */
export function attach(target, engine, node = names()) {
  for (const [name, leaf] of node) {
    Object.defineProperty(target, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = typeof leaf === "string" ? method(engine, leaf) : attach({}, engine, leaf);
        Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
      },
    });
  }
  return target;
}

/** @param {import("./engine.js").Engine} engine @param {string} id @returns {import("./paging.js").Run} */
function runner(engine, id) {
  const row = find(id);
  return (params, options) => engine.run(id, row, params, options);
}

/** @param {import("./engine.js").Engine} engine @param {string} id */
function method(engine, id) {
  const make = more[id];
  if (make) return make(engine);
  const row = find(id);
  const run = runner(engine, id);
  const bulk = (/** @type {any} */ params, /** @type {any} */ options) => engine.run(id, row, params, options, true);
  /** @type {any} */
  const call = (/** @type {any} */ params, /** @type {any} */ options) => settle(run(params, options));
  Object.defineProperty(call, "name", { value: id });
  call.prepare = (/** @type {any} */ params, /** @type {any} */ options) => engine.prepare(id, row, params, options);
  if (row.page) {
    const { page } = row;
    call.pages = (/** @type {any} */ params, /** @type {any} */ options) => pages(bulk, id, page, params, options);
    call.all = (/** @type {any} */ params, /** @type {any} */ options) => items(bulk, id, page, params, options);
  }
  if (row.batch) {
    const { batch, safe } = row;
    call.each = (/** @type {any} */ params, /** @type {any} */ options) => each(bulk, id, batch, safe, params, options);
  }
  return call;
}

/**
 * A promise of the result that can be asked for the response too.
 *
 * @param {Promise<import("./engine.js").Reply>} reply
 */
export function settle(reply) {
  /** @type {any} */
  const result = reply.then(dataOf);
  // By assignment: to define it takes four times as long as the promise.
  result.withResponse = () => {
    // Whoever asks for the response hears of a failure there.
    result.catch(() => {});
    return reply.then(({ data, response: { status, headers, url }, attempts }) => ({ data, response: { status, headers: real(headers), url }, attempts }));
  };
  return result;
}

/** @param {import("./engine.js").Reply} reply */
const dataOf = ({ data }) => data;
