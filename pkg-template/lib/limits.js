// @ts-check
// The platform's documented rates, kept on this side: calls wait their turn instead of being refused.
import { ChatError, aborted } from "./error.js";

/**
 * @typedef {{ count: number, seconds: number, items?: boolean }} Rate
 * @typedef {object} Admission
 * @property {string} operation
 * @property {string} pool Operations of one pool share their rates.
 * @property {Rate[]} rates
 * @property {number} cost How many items of a batch it carries; rates with `items` count these.
 * @property {boolean} bulk Whether it is one of many that nobody waits for.
 * @property {AbortSignal} [signal]
 * @typedef {{ cost: number, end: number, gone: boolean, resolve: () => void, refuse: () => void }} Waiting
 * @typedef {{ windows: Window[], lanes: [Lane, Lane], urgent: number, timer?: any }} Queue
 */

/** How much of a window bulk work leaves free, so that others need not wait behind it. */
const RESERVE = 0.2;
/** How many interactive calls may pass a bulk one that could go. */
const IN_A_ROW = 4;
const PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const MAX_WAIT = 60_000;

/** What the rate lets bulk work use. @param {Rate} rate */
const share = ({ count }) => Math.max(1, Math.floor(count * (1 - RESERVE)));

/** A sliding window: what was sent in the last seconds, and how much of that as bulk work. */
class Window {
  /** @type {[at: number, amount: number, bulk: boolean][]} */
  #sent = [];
  #head = 0;
  #all = 0;
  #bulk = 0;

  /** @param {Rate} rate */
  constructor(rate) {
    this.rate = rate;
    this.length = rate.seconds * 1_000;
  }

  /** @param {number} cost */
  amount(cost) {
    return Math.min(this.rate.items ? cost : 1, this.rate.count);
  }

  /** @param {number} now */
  used(now) {
    const sent = this.#sent;
    while (this.#head < sent.length && sent[this.#head][0] <= now - this.length) {
      const [, amount, bulk] = sent[this.#head++];
      this.#all -= amount;
      if (bulk) this.#bulk -= amount;
    }
    if (this.#head > 1_000 || (this.#head > 0 && this.#head === sent.length)) {
      sent.splice(0, this.#head);
      this.#head = 0;
    }
    return this.#all;
  }

  /**
   * Milliseconds until so much fits, behind others that wait.
   *
   * @param {number} now
   * @param {number} cost
   * @param {boolean} bulk
   * @param {number} [ahead] How much waits before it.
   */
  wait(now, cost, bulk, ahead = 0) {
    const { count } = this.rate;
    const amount = this.amount(cost);
    let over = this.used(now) + ahead + amount - count;
    let overShare = bulk ? this.#bulk + amount - Math.max(share(this.rate), amount) : 0;
    // Whole windows pass before those ahead are gone.
    const whole = over > count ? Math.ceil(over / count) - 1 : 0;
    over -= whole * count;
    for (let i = this.#head; over > 0 || overShare > 0; i++) {
      // Nothing of it was sent yet, for there is a pause.
      if (i === this.#sent.length) return (whole + 1) * this.length;
      const [at, gone, wasBulk] = this.#sent[i];
      over -= gone;
      if (wasBulk) overShare -= gone;
      if (over <= 0 && overShare <= 0) return at + (whole + 1) * this.length - now;
    }
    return 0;
  }

  /** @param {number} now @param {number} cost @param {boolean} bulk */
  take(now, cost, bulk) {
    const amount = this.amount(cost);
    this.#sent.push([now, amount, bulk]);
    this.#all += amount;
    if (bulk) this.#bulk += amount;
  }
}

/** Those that wait, in their order. Whoever leaves is marked, and passed over later: thousands may leave at once. */
class Lane {
  /** @type {Waiting[]} */
  #list = [];
  #head = 0;
  size = 0;
  cost = 0;

  /** @param {Waiting} waiting */
  push(waiting) {
    this.#list.push(waiting);
    this.size++;
    this.cost += waiting.cost;
  }

  /** @returns {Waiting | undefined} */
  get first() {
    const list = this.#list;
    while (list[this.#head]?.gone) this.#head++;
    if (this.#head > 1_000 || this.#head === list.length) {
      list.splice(0, this.#head);
      this.#head = 0;
    }
    return list[this.#head];
  }

  /** @param {Waiting} waiting */
  remove(waiting) {
    waiting.gone = true;
    this.size--;
    this.cost -= waiting.cost;
  }
}

/** The limiter of one client. It holds a timer only while calls wait. */
export class Limits {
  /** @type {Map<string, Queue>} */
  #queues = new Map();
  /** @type {Window[]} */
  #app;
  #maxWait;
  #clock;
  #until = 0;
  #streak = 0;

  /**
   * @param {{ app?: Rate, maxWait?: number }} [options]
   * @param {{ now(): number, setTimeout(work: () => void, ms: number): any, clearTimeout(timer: any): void }} [clock]
   */
  constructor({ app, maxWait = MAX_WAIT } = {}, clock = { now: () => performance.now(), setTimeout: (work, ms) => setTimeout(work, ms), clearTimeout: (timer) => clearTimeout(timer) }) {
    this.#app = app ? [new Window(app)] : [];
    this.#maxWait = maxWait;
    this.#clock = clock;
  }

  /**
   * Lets a call go, at once or when its turn comes.
   *
   * @param {Admission} call
   * @returns {Promise<void> | undefined} Nothing if it may go at once.
   */
  acquire({ operation, pool, rates, cost, bulk, signal }) {
    const queue = this.#queue(pool, rates);
    const now = this.#clock.now();
    const [urgent, patient] = queue.lanes;
    if (!urgent.size && (!bulk || !patient.size) && this.#wait(queue, now, cost, bulk) <= 0) {
      this.#take(queue, now, cost, bulk);
      return undefined;
    }
    const refusal = (/** @type {number} */ wait) => {
      const message = `its documented rate is used up for ${Math.ceil(wait / 1_000)} seconds: call later, or set limits.maxWait`;
      return new ChatError({ kind: "limited", message, operation, retryable: true });
    };
    const wait = bulk || this.#maxWait === Infinity ? 0 : this.#behind(queue, now, cost);
    if (wait > this.#maxWait) return Promise.reject(refusal(wait));
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal, { operation }));
      const lane = queue.lanes[bulk ? 1 : 0];
      const onAbort = () => {
        const pumps = lane.first === waiting;
        lane.remove(waiting);
        reject(aborted(/** @type {AbortSignal} */ (signal), { operation }));
        if (pumps) this.#pump(queue);
      };
      const leave = () => {
        lane.remove(waiting);
        signal?.removeEventListener("abort", onAbort);
      };
      /** @type {Waiting} */
      const waiting = {
        cost,
        end: bulk ? Infinity : now + this.#maxWait,
        gone: false,
        resolve() {
          leave();
          resolve();
        },
        refuse() {
          leave();
          reject(refusal(1));
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      lane.push(waiting);
      // Others are timed already.
      if (lane.first === waiting) this.#pump(queue);
    });
  }

  /** Counts what was sent without asking: another attempt. @param {Admission} call */
  record({ pool, rates, cost, bulk }) {
    this.#take(this.#queue(pool, rates), this.#clock.now(), cost, bulk);
  }

  /**
   * The platform said "too fast": nothing more is sent for a while, by any operation, longer each time in a row.
   *
   * @param {number} [delay] What the platform asked for, in milliseconds.
   */
  throttled(delay = 0) {
    const now = this.#clock.now();
    // Those that were under way together say it together.
    if (now >= this.#until) this.#streak = now < this.#until + 5_000 ? this.#streak + 1 : 1;
    const pause = Math.min(PAUSE * 2 ** (this.#streak - 1), LONGEST_PAUSE);
    this.#until = Math.max(this.#until, now + Math.max(pause, delay));
    for (const queue of this.#queues.values()) this.#pump(queue);
  }

  /**
   * How long so many calls take as bulk work, if they begin now.
   *
   * @param {string} pool
   * @param {Rate[]} rates
   * @param {number} items
   * @param {number} chunk How many a call carries.
   */
  estimate(pool, rates, items, chunk) {
    const now = this.#clock.now();
    const calls = Math.ceil(items / chunk);
    const queue = this.#queue(pool, rates);
    const times = [...queue.windows, ...this.#app].map((window) => {
      const waiting = queue.lanes.reduce((sum, { size, cost }) => sum + (window.rate.items ? cost : size), 0);
      const amount = window.used(now) + waiting + (window.rate.items ? items : calls);
      return Math.floor(Math.max(0, amount - 1) / share(window.rate)) * window.length;
    });
    return { calls, milliseconds: Math.max(0, this.#until - now, ...times) };
  }

  /** @param {string} key @param {Rate[]} rates */
  #queue(key, rates) {
    let queue = this.#queues.get(key);
    if (!queue) this.#queues.set(key, (queue = { windows: rates.map((r) => new Window(r)), lanes: [new Lane(), new Lane()], urgent: 0 }));
    return queue;
  }

  /** @param {Queue} queue @param {number} now @param {number} cost @param {boolean} bulk */
  #wait(queue, now, cost, bulk) {
    let wait = this.#until - now;
    for (const window of queue.windows) wait = Math.max(wait, window.wait(now, cost, bulk));
    for (const window of this.#app) wait = Math.max(wait, window.wait(now, cost, bulk));
    return wait;
  }

  /** How long a call waits behind those that wait already. @param {Queue} queue @param {number} now @param {number} cost */
  #behind(queue, now, cost) {
    const [urgent, patient] = queue.lanes;
    const passing = Math.min(patient.size, Math.ceil(urgent.size / IN_A_ROW));
    let wait = this.#until - now;
    for (const window of queue.windows) wait = Math.max(wait, window.wait(now, cost, false, passing + (window.rate.items ? urgent.cost : urgent.size)));
    for (const window of this.#app) {
      let ahead = passing;
      for (const { lanes } of this.#queues.values()) ahead += lanes[0].size;
      wait = Math.max(wait, window.wait(now, cost, false, ahead));
    }
    return wait;
  }

  /** @param {Queue} queue @param {number} now @param {number} cost @param {boolean} bulk */
  #take(queue, now, cost, bulk) {
    for (const window of queue.windows) window.take(now, cost, bulk);
    for (const window of this.#app) window.take(now, cost, bulk);
  }

  /** Lets go whoever may, and sets the timer for the next. @param {Queue} queue */
  #pump(queue) {
    this.#clock.clearTimeout(queue.timer);
    queue.timer = undefined;
    const [urgent, patient] = queue.lanes;
    for (;;) {
      const now = this.#clock.now();
      const [first, second] = [urgent.first, patient.first];
      const waits = [first, second].map((next, bulk) => (next ? this.#wait(queue, now, next.cost, bulk === 1) : Infinity));
      const wait = Math.min(...waits);
      if (wait > 0) {
        // A pause may have come since it began to wait.
        if (first && first.end <= now) {
          first.refuse();
          continue;
        }
        const due = Math.min(wait, first ? first.end - now : Infinity);
        // A timer may fire a little early, and takes no more than 2^31 - 1.
        if (due < Infinity) queue.timer = this.#clock.setTimeout(() => this.#pump(queue), Math.min(Math.ceil(due), 2 ** 31 - 1));
        return;
      }
      const bulk = waits[0] > 0 || (waits[1] <= 0 && queue.urgent >= IN_A_ROW);
      queue.urgent = bulk || !second ? 0 : queue.urgent + 1;
      const next = /** @type {Waiting} */ (bulk ? second : first);
      this.#take(queue, now, next.cost, bulk);
      next.resolve();
    }
  }
}
