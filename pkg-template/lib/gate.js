// @ts-check
// The limiter, ours or the caller's, as calls see it: what it throws is told as every failure is.
import { ChatError, said } from "./error.js";
import { heed } from "./leave.js";

export class Gate {
  #limiter;

  /** @param {any} limiter */
  constructor(limiter) {
    this.#limiter = limiter;
  }

  /**
   * What to wait for before anything is sent, if there is something.
   *
   * @param {any} admission
   * @param {import("./leave.js").Leave} [leave]
   * @returns {Promise<void> | undefined}
   */
  enter(admission, leave) {
    let turn;
    try {
      turn = this.#limiter.acquire(leave ? { ...admission, signal: leave.signal } : admission);
    } catch (error) {
      turn = Promise.reject(error);
    }
    if (turn === undefined || turn === null) return undefined;
    return admitted(leave ? heed(turn, leave.signal) : turn, admission.operation, leave);
  }

  /** Counts what is sent without a turn. @param {any} admission */
  again(admission) {
    this.#tell("record", admission);
  }

  /** Tells of a failure that says "too fast". @param {any} error @param {number} [delay] */
  throttled(error, delay = 0) {
    if (error.retryable && (error.status === 429 || error.status === 403)) this.#tell("throttled", delay);
  }

  /** It is told, as hooks are: what it makes of that changes no call. @param {string} what @param {any} about */
  #tell(what, about) {
    try {
      Promise.resolve(this.#limiter[what]?.(about)).catch(() => {});
    } catch {
      // As above.
    }
  }
}

/** @param {Promise<void>} turn @param {string} operation @param {import("./leave.js").Leave} [leave] */
async function admitted(turn, operation, leave) {
  try {
    await turn;
  } catch (cause) {
    if (leave?.left || cause instanceof ChatError) throw cause;
    throw new ChatError({ kind: "limited", message: `the limiter failed: ${said(cause)}`, operation, retryable: true, cause });
  }
}
