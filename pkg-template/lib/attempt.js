// @ts-check
// A call's first attempt, made on this side: most calls need no other, and the boundary is crossed once for it. What is
// no success goes to the core, which knows what follows.
import { NONE } from "./options.js";

/** @typedef {{ generation: number, response?: any, text?: string, reason?: unknown, timedOut?: boolean }} First */
/** @typedef {(url: string, init: any, ending?: Ending) => any} Send */
/** @typedef {{ core: any, headers: Record<string, string> }} Made A core, and the headers that it told last. */

/** What ends a request before its time: that its time is over, or that the caller gave up. */
export class Ending {
  /** @param {number} timeout @param {AbortSignal | undefined} caller */
  constructor(timeout, caller) {
    this.timedOut = false;
    /** Set by a transport of ours, to be told; others get a signal, which costs more. @type {((reason: unknown) => void) | undefined} */
    this.stop = undefined;
    /** @type {AbortController | undefined} */
    this.controller = undefined;
    this.caller = caller;
    this.onAbort = caller && (() => this.end());
    caller?.addEventListener("abort", /** @type {() => void} */ (this.onAbort));
    this.timer = setTimeout(expire, timeout, this);
  }

  get signal() {
    return (this.controller ??= new AbortController()).signal;
  }

  end() {
    this.controller?.abort();
    this.stop?.(new DOMException("This operation was aborted", "AbortError"));
  }

  /** The answer is there: nothing ends it any more. */
  forget() {
    clearTimeout(this.timer);
    this.caller?.removeEventListener("abort", /** @type {() => void} */ (this.onAbort));
  }
}

/** How many calls share a signal: it looks through those that listen whenever one more does. */
const SHARERS = 16;
/** By how much of its timeout a call may end late, so that it can share. */
const SLACK = 0.01;

/**
 * The same for calls that begin together and that nothing but time can end. Node takes as long to make a signal, and to
 * have `fetch` follow it, as this client takes for everything else.
 */
class SharedEnding {
  /** @param {number} timeout @param {number} now */
  constructor(timeout, now) {
    this.timedOut = false;
    this.stop = undefined;
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    this.timeout = timeout;
    this.closes = now + timeout * SLACK;
    this.left = SHARERS;
    this.live = 0;
    /** @type {any} */
    this.timer = undefined;
  }

  /** @param {number} timeout @param {number} now */
  takes(timeout, now) {
    return timeout === this.timeout && this.left > 0 && now <= this.closes;
  }

  /** @param {number} now */
  join(now) {
    this.left--;
    if (this.live++ === 0) this.timer = setTimeout(expireAll, this.closes + this.timeout - now, this);
    return this;
  }

  forget() {
    if (--this.live === 0) clearTimeout(this.timer);
  }
}

/** @type {SharedEnding | undefined} */
let shared;

/** @param {number} timeout */
function share(timeout) {
  const now = performance.now();
  if (!shared?.takes(timeout, now)) shared = new SharedEnding(timeout, now);
  return shared.join(now);
}

/** @param {Ending} ending */
function expire(ending) {
  ending.timedOut = true;
  ending.end();
}

/** @param {SharedEnding} ending */
function expireAll(ending) {
  ending.timedOut = true;
  ending.controller.abort();
}

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
  const caller = checked.signal;
  const ending = sender.shares && !caller ? share(Number(timeout)) : new Ending(Number(timeout), caller);
  if (!sender.light) init.signal = ending.signal;
  /** @type {First} */
  let first;
  let response;
  try {
    response = await sender.fetch(url, init, /** @type {Ending} */ (ending));
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
