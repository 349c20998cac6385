import { type Failure, failureOf } from "../../api/failure";
import { session } from "../../api/session";
import { store } from "../store";

/** One thing of a queue. */
export interface QueueItem {
  name: string;
  state: "waiting" | "running" | "ok" | "failed";
  failure?: Failure;
}

/** A change to many things, one after another. */
export interface Job {
  id: number;
  title: string;
  operation: string;
  items: readonly QueueItem[];
  state: "running" | "paused" | "over";
}

/** Does it for some names; answers which of them failed, or throws if all did. */
export type Work = (names: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, Failure>>;

export interface Order {
  title: string;
  operation: string;
  names: readonly string[];
  /** How many go into one call. */
  size: number;
  run: Work;
}

/** The queues of this session, the newest first. */
export const jobs = store<readonly Job[]>([]);

const orders = new Map<number, { order: Order; stop: AbortController; running: number }>();
const AT_ONCE = 4;
let last = 0;

/** Begins a queue. */
export function enqueue(order: Order): void {
  last += 1;
  orders.set(last, { order, stop: new AbortController(), running: 0 });
  const items = order.names.map((name): QueueItem => ({ name, state: "waiting" }));
  jobs.set((all) => [{ id: last, title: order.title, operation: order.operation, items, state: "running" }, ...all]);
  advance(last);
}

const find = (id: number): Job | undefined => jobs.get().find((job) => job.id === id);

function change(id: number, how: (job: Job) => Job): void {
  jobs.set((all) => all.map((job) => (job.id === id ? how(job) : job)));
}

function mark(id: number, names: ReadonlySet<string>, how: (item: QueueItem) => QueueItem): void {
  change(id, (job) => ({ ...job, items: job.items.map((item) => (names.has(item.name) ? how(item) : item)) }));
}

/** Starts as many calls as may run at once. */
function advance(id: number): void {
  const known = orders.get(id);
  const job = find(id);
  if (!known || !job || job.state !== "running") return;
  while (known.running < AT_ONCE) {
    const waiting = find(id)?.items.filter((item) => item.state === "waiting") ?? [];
    if (waiting.length === 0) break;
    const names = waiting.slice(0, known.order.size).map((item) => item.name);
    mark(id, new Set(names), (item) => ({ name: item.name, state: "running" }));
    known.running += 1;
    void work(id, known.order, names, known.stop.signal).finally(() => {
      known.running -= 1;
      advance(id);
    });
  }
  if (known.running === 0) change(id, (now) => ({ ...now, state: "over" }));
}

/** Runs one call. One that is refused as a whole is halved, so that a bad item does not spoil the good ones. */
async function work(id: number, order: Order, names: readonly string[], signal: AbortSignal): Promise<void> {
  try {
    const failed = await order.run(names, signal);
    mark(id, new Set(names), ({ name }) => {
      const failure = failed.get(name);
      return failure ? { name, state: "failed", failure } : { name, state: "ok" };
    });
  } catch (thrown) {
    const failure = failureOf(thrown);
    const divides = failure.kind === "service" && [400, 404, 409, 413].includes(failure.status ?? 0);
    if (names.length > 1 && divides && !signal.aborted) {
      const half = Math.ceil(names.length / 2);
      await work(id, order, names.slice(0, half), signal);
      await work(id, order, names.slice(half), signal);
    } else mark(id, new Set(names), ({ name }) => ({ name, state: "failed", failure }));
  }
}

export function pause(id: number): void {
  change(id, (job) => (job.state === "running" ? { ...job, state: "paused" } : job));
}

export function resume(id: number): void {
  change(id, (job) => ({ ...job, state: "running" }));
  advance(id);
}

/** Tries again what failed. */
export function retryFailed(id: number): void {
  change(id, (job) => ({ ...job, items: job.items.map((item) => (item.state === "failed" ? { name: item.name, state: "waiting" } : item)) }));
  resume(id);
}

/** Gives a queue up and forgets it; what is under way is aborted. */
export function dismiss(id: number): void {
  orders.get(id)?.stop.abort();
  orders.delete(id);
  jobs.set((all) => all.filter((job) => job.id !== id));
}

// A queue belongs to its connection.
let app = session.get()?.chat;
session.subscribe(() => {
  const now = session.get()?.chat;
  if (now !== app) for (const { id } of jobs.get()) dismiss(id);
  app = now;
});
