// @ts-check
// A call's first attempt, made on this side: most calls need no other, and the boundary is crossed once for it. What is
// no success goes to the core, which knows what follows.
import { begin } from "./ending.js";
import { NONE } from "./options.js";

/** @typedef {(url: string, init: any, ending?: import("./ending.js").Ending) => any} Send */
/** @typedef {{ timeout: number, generation: number, headers: Record<string, string> }} Head */
/** @typedef {{ core: any, glue: any, head?: Head }} Made A core, and what it told last of that which most calls share. */

/** A request and what became of it; the core is told of one that was no success. */
export class Attempt {
  /** @type {any} */
  response = undefined;
  /** The response's body, unless it could not be read. @type {string | undefined} */
  text = undefined;
  /** What was thrown. @type {unknown} */
  reason = undefined;

  /** @param {string} url @param {any} init @param {number} generation @param {import("./ending.js").Ending} ending */
  constructor(url, init, generation, ending) {
    this.url = url;
    this.init = init;
    this.generation = generation;
    this.ending = ending;
  }

  get timedOut() {
    return this.ending.timedOut;
  }

  get succeeded() {
    const { status } = this.response ?? {};
    return this.text !== undefined && status >= 200 && status < 300;
  }
}

/** @param {string} text @returns {Head} */
function head(text) {
  const [numbers, ...lines] = text.split("\n");
  const [timeout, generation] = numbers.split(" ").map(Number);
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]));
  return { timeout, generation, headers: Object.freeze(headers) };
}

/**
 * Begins a call's first attempt, unless the core must fetch a token before. Its time runs until its ending is forgotten.
 *
 * @param {Made} made
 * @param {string} id
 * @param {string} params
 * @param {any} checked
 * @param {import("./transport.js").Watch} watch
 * @param {import("./leave.js").Leave} [leave]
 */
export function attempt(made, id, params, checked, watch, leave) {
  /** @type {string | undefined} */
  const start = made.core.start(id, params, checked === NONE ? undefined : checked);
  if (start === undefined) return undefined;
  const space = start.indexOf(" ");
  const line = start.indexOf("\n");
  const end = start.indexOf("\n\n", line);
  if (end > line) made.head = head(start.slice(line + 1, end));
  const { timeout, generation, headers } = /** @type {Head} */ (made.head);
  const ending = begin(timeout, undefined, watch.shares && !leave);
  if (leave) leave.ending = ending;
  const method = start.slice(0, space);
  // Whoever else sends them may change them.
  const init = {
    method,
    redirect: method === "GET" ? "follow" : "manual",
    cache: "no-store",
    headers: watch.light ? headers : { ...headers },
    body: start.slice(end + 2) || undefined,
    signal: watch.light ? undefined : ending.signal,
  };
  return new Attempt(start.slice(space + 1, line), init, generation, ending);
}
