// @ts-check
// What ends a request before its time: that its time is over, or that the caller gave up.
import { follow } from "./leave.js";

/**
 * @typedef {object} Ending
 * @property {AbortSignal} signal
 * @property {boolean} timedOut
 * @property {((reason: unknown) => void) | undefined} stop Set by a transport of ours, to be told; others get the signal, which costs more.
 * @property {() => void} end Ends it.
 * @property {() => void} forget Says that the answer is there: nothing ends it any more.
 */

/** The ending of one request. @implements {Ending} */
class Own {
  /** @param {number} timeout @param {AbortSignal | undefined} caller */
  constructor(timeout, caller) {
    this.timedOut = false;
    /** @type {((reason: unknown) => void) | undefined} */
    this.stop = undefined;
    /** @type {AbortController | undefined} */
    this.controller = undefined;
    this.unfollow = caller && follow(caller, () => this.end());
    this.timer = setTimeout(expire, timeout, this);
  }

  get signal() {
    return (this.controller ??= new AbortController()).signal;
  }

  end() {
    this.controller?.abort();
    this.stop?.(new DOMException("This operation was aborted", "AbortError"));
  }

  forget() {
    clearTimeout(this.timer);
    this.unfollow?.();
  }
}

/** How many requests share a signal: it looks through those that listen whenever one more does. */
const SHARERS = 16;
/** By how much of its timeout a request may end late, so that it can share. */
const SLACK = 0.01;

/**
 * The ending of requests that begin together and that nothing but time can end. Node takes as long to make a signal, and to
 * have `fetch` follow it, as this client takes for everything else.
 *
 * @implements {Ending}
 */
class Shared {
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
    // None while nobody waits: it would keep the process.
    if (this.live++ === 0) this.timer = setTimeout(expire, this.closes + this.timeout - now, this);
    return this;
  }

  end() {
    this.controller.abort();
  }

  forget() {
    if (--this.live === 0) clearTimeout(this.timer);
  }
}

/** @param {Own | Shared} ending */
function expire(ending) {
  ending.timedOut = true;
  ending.end();
}

/** @type {Shared | undefined} */
let shared;

/**
 * Begins to wait for a request's end.
 *
 * @param {number} timeout In milliseconds.
 * @param {AbortSignal | undefined} caller
 * @param {boolean} shares Whether it may follow a signal that other requests follow too.
 * @returns {Ending}
 */
export function begin(timeout, caller, shares) {
  if (!shares || caller) return new Own(timeout, caller);
  const now = performance.now();
  if (!shared?.takes(timeout, now)) shared = new Shared(timeout, now);
  return shared.join(now);
}
