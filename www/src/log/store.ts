import type { Failure } from "../api/failure";
import { store } from "../kit/store";

/** One time a request went over the wire. */
export interface Attempt {
  at: number;
  /** How long the answer took, in milliseconds. */
  elapsed?: number;
  status?: number;
  /** Why no answer came. */
  error?: string;
  /** Whether it only fetched a token for the call. */
  renewal?: boolean;
  /** How long the client waited before the next attempt, in milliseconds. */
  delay?: number;
}

/** One call of this session, with its secrets masked. */
export interface Entry {
  id: number;
  at: number;
  operation: string;
  params: Readonly<Record<string, unknown>>;
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  state: "pending" | "ok" | "failed";
  attempts: readonly Attempt[];
  status?: number;
  /** From the first attempt to the end, in milliseconds. */
  elapsed?: number;
  answer?: string;
  failure?: Failure;
}

const KEPT = 5000;
/** How much of a body the log keeps, in characters. */
export const BODY_KEPT = 200_000;

/** The calls of this session, the newest first. */
export const entries = store<readonly Entry[]>([]);

let last = 0;

export function record(entry: Omit<Entry, "id">): number {
  last += 1;
  const id = last;
  entries.set((all) => [{ id, ...entry }, ...all.slice(0, KEPT - 1)]);
  return id;
}

export function amend(id: number, change: (entry: Entry) => Partial<Entry>): void {
  entries.set((all) => all.map((entry) => (entry.id === id ? { ...entry, ...change(entry) } : entry)));
}

export function clearLog(): void {
  entries.set([]);
}
