import { type Failure, failureOf } from "../../api/failure";
import { session } from "../../api/session";
import { store } from "../store";

/** One thing of a queue. */
export interface QueueItem {
  name: string;
  state: "waiting" | "running" | "ok" | "failed";
  failure?: Failure;
}

/** A change to many things, a few at a time. */
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
  /** Told now and then which are done, and at last that the queue is over. */
  did?: (names: readonly string[], over: boolean) => void;
}

/** The queues of this session, the newest first. */
export const jobs = store<readonly Job[]>([]);

/** A queue at work. It changes in place; what is shown is a copy, made now and then. */
interface Live {
  order: Order;
  stop: AbortController;
  state: Job["state"];
  items: Map<string, QueueItem>;
  waiting: string[];
  running: number;
  /** Done, but not told yet. */
  untold: string[];
  shows?: ReturnType<typeof setTimeout>;
}

const live = new Map<number, Live>();
const AT_ONCE = 4;
/** How often what is shown keeps up, in milliseconds. */
const PACE = 100;
let last = 0;

/** Begins a queue. */
export function enqueue(order: Order): void {
  last += 1;
  const id = last;
  const waiting = [...new Set(order.names)];
  const items = new Map(waiting.map((name): [string, QueueItem] => [name, { name, state: "waiting" }]));
  live.set(id, { order, stop: new AbortController(), state: "running", items, waiting, running: 0, untold: [] });
  jobs.set((all) => [{ id, title: order.title, operation: order.operation, items: [...items.values()], state: "running" }, ...all]);
  advance(id);
}

/** Shows how far a queue is: soon, or at once. */
function show(id: number, atOnce = false): void {
  const job = live.get(id);
  if (!job || (job.shows && !atOnce)) return;
  clearTimeout(job.shows);
  const copy = () => {
    job.shows = undefined;
    jobs.set((all) => all.map((one) => (one.id === id ? { ...one, state: job.state, items: [...job.items.values()] } : one)));
    const over = job.state === "over";
    if (job.untold.length > 0 || over) job.order.did?.(job.untold.splice(0), over);
  };
  if (atOnce) copy();
  else job.shows = setTimeout(copy, PACE);
}

/** Starts as many calls as may run at once. */
function advance(id: number): void {
  const job = live.get(id);
  if (!job || job.state !== "running") return;
  while (job.running < AT_ONCE && job.waiting.length > 0) {
    const names = job.waiting.splice(0, job.order.size);
    for (const name of names) job.items.set(name, { name, state: "running" });
    job.running += 1;
    void work(job, names).finally(() => {
      job.running -= 1;
      advance(id);
    });
  }
  if (job.running === 0) job.state = "over";
  show(id, job.state === "over");
}

/** Runs one call. One that is refused as a whole is halved, so that a bad item does not spoil the good ones. */
async function work(job: Live, names: readonly string[]): Promise<void> {
  const { order, stop, items } = job;
  try {
    const failed = await order.run(names, stop.signal);
    for (const name of names) {
      const failure = failed.get(name);
      items.set(name, failure ? { name, state: "failed", failure } : { name, state: "ok" });
      if (!failure) job.untold.push(name);
    }
  } catch (thrown) {
    const failure = failureOf(thrown);
    const divides = failure.kind === "refused" || (failure.kind === "service" && [400, 404, 409, 413].includes(failure.status ?? 0));
    if (names.length > 1 && divides && !stop.signal.aborted) {
      const half = Math.ceil(names.length / 2);
      await work(job, names.slice(0, half));
      await work(job, names.slice(half));
    } else for (const name of names) items.set(name, { name, state: "failed", failure });
  }
}

export function pause(id: number): void {
  const job = live.get(id);
  if (job?.state === "running") job.state = "paused";
  show(id, true);
}

export function resume(id: number): void {
  const job = live.get(id);
  if (job) job.state = "running";
  advance(id);
  show(id, true);
}

/** Tries again what failed. */
export function retryFailed(id: number): void {
  const job = live.get(id);
  for (const { name, state } of [...(job?.items.values() ?? [])]) {
    if (state !== "failed") continue;
    job?.items.set(name, { name, state: "waiting" });
    job?.waiting.push(name);
  }
  resume(id);
}

/** Gives a queue up and forgets it; what is under way is aborted. */
export function dismiss(id: number): void {
  const job = live.get(id);
  if (job) {
    job.state = "over";
    clearTimeout(job.shows);
    job.stop.abort();
  }
  live.delete(id);
  jobs.set((all) => all.filter((one) => one.id !== id));
}

// A queue belongs to its connection.
let app = session.get()?.chat;
session.subscribe(() => {
  const now = session.get()?.chat;
  if (now !== app) for (const { id } of jobs.get()) dismiss(id);
  app = now;
});
