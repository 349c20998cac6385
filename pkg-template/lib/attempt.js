// @ts-check
// A call's first attempt, made on this side: most calls need no other, and the boundary is crossed once for it. What is
// no success goes to the core, which knows what follows.
import { begin } from "./ending.js";
import { NONE } from "./options.js";

/** @typedef {{ generation: number, response?: any, text?: string, reason?: unknown, timedOut?: boolean }} First */
/** @typedef {(url: string, init: any, ending?: import("./ending.js").Ending) => any} Send */
/** @typedef {{ core: any, headers: Record<string, string> }} Made A core, and the headers that it told last. */

/** @param {string} lines */
function headers(lines) {
  return Object.fromEntries(lines.split("\n").map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]));
}

/**
 * Sends a call. Whatever its first attempt does not settle is the core's.
 *
 * @param {Made} made
 * @param {string} id
 * @param {string} params
 * @param {any} checked
 * @param {import("./transport.js").Watch} sender
 * @returns {Promise<any[]>} The status, the text, the attempts, the response.
 */
export async function exchange(made, id, params, checked, sender) {
  /** @type {string | undefined} */
  const start = made.core.start(id, params, checked === NONE ? undefined : checked);
  if (start === undefined) return made.core.call(id, params, { ...checked, ...sender });
  const line = start.indexOf("\n");
  const end = start.indexOf("\n\n", line);
  const [method, url, timeout, generation] = start.slice(0, line).split(" ");
  if (end > line) made.headers = headers(start.slice(line + 1, end));
  // A copy: whoever sends them may change them.
  const init = { method, headers: { ...made.headers }, body: start.slice(end + 2) || undefined, signal: /** @type {AbortSignal | undefined} */ (undefined) };
  const ending = begin(Number(timeout), checked.signal, sender.shares);
  if (!sender.light) init.signal = ending.signal;
  /** @type {First} */
  let first;
  let response;
  try {
    response = await sender.fetch(url, init, ending);
    if (typeof response !== "object" || response === null) throw new TypeError("fetch did not answer with a response");
    const text = await response.text();
    if (response.status < 400) return [response.status, text, 1, response];
    first = { generation: Number(generation), response, text };
  } catch (reason) {
    first = { generation: Number(generation), response, reason, timedOut: ending.timedOut };
  } finally {
    ending.forget();
  }
  return made.core.call(id, params, { ...checked, ...sender, first });
}
