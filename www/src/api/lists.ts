import type { OperationId } from "agora-chat-admin";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Failure, failureOf } from "./failure";
import { type Params, runFully } from "./door";
import { pagingOf } from "./paging";

/** A list that grows page by page. */
export interface Listing<T> {
  items: readonly T[];
  state: "loading" | "idle" | "failed";
  /** Whether the platform has more. */
  more: boolean;
  failure?: Failure;
  loadMore(): void;
  /** Loads page after page until the end, or until `stop`. */
  loadAll(): void;
  stop(): void;
  reload(): void;
  /** Changes what is shown without asking again; return `undefined` to drop an item. */
  patch(change: (item: T) => T | undefined): void;
}

/** How often a list that loads page after page is shown anew, in milliseconds. */
const PACE = 300;

interface Now<T> {
  items: readonly T[];
  state: Listing<T>["state"];
  next?: Params;
  failure?: Failure;
}

/** Lists what an operation answers. With `params` undefined nothing is asked. */
export function useList<T>(operation: string, params: Params | undefined): Listing<T> {
  const key = JSON.stringify(params ?? null);
  const stable = useMemo(() => params, [operation, key]);
  const [now, setNow] = useState<Now<T>>({ items: [], state: stable ? "loading" : "idle" });
  const running = useRef<AbortController>(undefined);

  const load = useCallback(
    async (from: Params, how: { anew?: boolean; all?: boolean }) => {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      let { anew = false } = how;
      let next: Params | undefined = from;
      let fresh: T[] = [];
      let shown = performance.now();
      // What is shown may have been changed meanwhile, so that pages are added to it, not to what was.
      const show = (state: Now<T>["state"], failure?: Failure) => {
        const [some, replaces, following] = [fresh, anew, next];
        [fresh, anew, shown] = [[], false, performance.now()];
        setNow((n) => ({ items: replaces ? some : [...n.items, ...some], state, next: following, failure }));
      };
      // What is shown stays until its successor is there.
      setNow((n) => ({ items: n.items, state: "loading", next: n.next }));
      try {
        do {
          const page: PageOf<T> = await pageOf<T>(operation, next, how.all === true, signal);
          if (signal.aborted) return;
          for (const item of page.items) fresh.push(item);
          next = page.next;
          if (!how.all || next === undefined) show("idle");
          else if (performance.now() - shown >= PACE) show("loading");
        } while (how.all && next);
      } catch (thrown) {
        if (signal.aborted) return;
        if (anew && fresh.length === 0) setNow((n) => ({ ...n, state: "failed", failure: failureOf(thrown) }));
        else show("failed", failureOf(thrown));
      }
    },
    [operation],
  );

  const reload = useCallback(() => {
    if (stable) void load(stable, { anew: true });
    else setNow({ items: [], state: "idle" });
  }, [load, stable]);

  useEffect(() => {
    setNow({ items: [], state: "loading" });
    reload();
    return () => running.current?.abort();
  }, [reload]);

  return {
    ...now,
    more: now.next !== undefined,
    loadMore: () => now.next && void load(now.next, {}),
    loadAll: () => now.next && void load(now.next, { all: true }),
    stop: () => {
      running.current?.abort();
      setNow((n) => ({ ...n, state: "idle" }));
    },
    reload,
    patch: (change) => setNow((n) => ({ ...n, items: n.items.flatMap((item) => change(item) ?? []) })),
  };
}

/** Asks for one item of a list anew, where a reload would lose what was loaded; one that is gone leaves the list. */
export function useRefresh<T, D>(
  listing: Listing<T>,
  operation: OperationId,
  params: (id: string) => Params,
  idOf: (item: T) => string,
  changes: (details: D) => Partial<T>,
): (id: string) => void {
  const { patch } = listing;
  return (id) =>
    void runFully<readonly D[]>(operation, params(id)).then(
      ({ data: [details] }) => patch((item) => (idOf(item) !== id ? item : details && { ...item, ...changes(details) })),
      (thrown: unknown) => {
        // A row that could not be asked for stays as it was.
        if (failureOf(thrown).status === 404) patch((item) => (idOf(item) === id ? undefined : item));
      },
    );
}

interface PageOf<T> {
  items: readonly T[];
  next?: Params;
}

async function pageOf<T>(operation: string, asked: Params, big: boolean, signal: AbortSignal): Promise<PageOf<T>> {
  const paging = await pagingOf(operation);
  const params = (big && paging?.biggest(asked)) || asked;
  const { data } = await runFully<readonly T[] | { items: readonly T[]; cursor?: string }>(operation, params, { signal });
  if ("items" in data) return { items: data.items, next: paging?.after(params, data.items.length, data.cursor) };
  return { items: data };
}
