// @ts-check
// What ends a call before its time: its caller, by a signal, or its deadline.

/**
 * Who follows which signal. A signal gets one listener, however many calls share it: Node looks through those that it has
 * whenever one more comes, and takes more than ten for a leak.
 *
 * @type {WeakMap<AbortSignal, { all: Set<() => void>, onAbort: () => void }>}
 */
const followed = new WeakMap();

/**
 * Calls `told` when the signal is aborted.
 *
 * @param {AbortSignal} signal
 * @param {() => void} told Must not throw.
 * @returns {() => void} Forgets it.
 */
export function follow(signal, told) {
  let followers = followed.get(signal);
  if (!followers) {
    const all = new Set();
    const onAbort = () => {
      for (const one of [...all]) one();
    };
    followed.set(signal, (followers = { all, onAbort }));
    signal.addEventListener("abort", onAbort);
  }
  const { all, onAbort } = followers;
  const one = () => told();
  all.add(one);
  return () => {
    all.delete(one);
    if (all.size || followed.get(signal)?.all !== all) return;
    followed.delete(signal);
    signal.removeEventListener("abort", onAbort);
  };
}

/**
 * What `work` gives, or the signal's reason as soon as it is aborted: for work that may not heed it.
 *
 * @template T
 * @param {T | PromiseLike<T>} work
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export function heed(work, signal) {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    const forget = () => signal.removeEventListener("abort", onAbort);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    // When it comes too late there is no one left to tell.
    Promise.resolve(work).finally(forget).then(resolve, reject);
  });
}

/** One call's leave, for those that have a signal or a deadline. */
export class Leave {
  /** Whether the call was left. */
  left = false;
  /** Whether its deadline did that. */
  late = false;
  /** Why. @type {unknown} */
  reason = undefined;
  /** The first attempt's, which is told without a signal: that costs less. @type {import("./ending.js").Ending | undefined} */
  ending = undefined;
  /** @type {AbortController | undefined} */
  #controller;
  #forget;
  #timer;

  /** @param {AbortSignal | undefined} caller @param {number | undefined} deadline In milliseconds. */
  constructor(caller, deadline) {
    this.deadline = deadline;
    this.#forget = caller && follow(caller, () => this.#go(caller.reason));
    this.#timer = deadline === undefined ? undefined : setTimeout(() => this.#late(), deadline);
    if (caller?.aborted) this.#go(caller.reason);
  }

  /** A signal of this call alone, for whatever it waits for. */
  get signal() {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.left) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  #late() {
    this.late = true;
    this.#go(new DOMException(`the deadline of ${this.deadline} ms is over`, "TimeoutError"));
  }

  /** @param {unknown} reason */
  #go(reason) {
    if (this.left) return;
    this.left = true;
    this.reason = reason;
    this.ending?.end();
    this.#controller?.abort(reason);
  }

  /** Says that the call has its outcome. */
  done() {
    this.#forget?.();
    clearTimeout(this.#timer);
  }
}
