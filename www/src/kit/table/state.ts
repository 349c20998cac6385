import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useQuery } from "../../app/router";
import { remembered } from "../store";
import { type Column, type Sorting, sortingOf } from "./columns";

/** How long after the last key the address follows, in milliseconds; browsers allow few changes of it. */
const PAUSE = 200;

/** The filter of a list; of a main list it is in the address. */
export function useFilter(main = false): [string, (filter: string) => void] {
  const [address, setAddress] = useQuery("q");
  const [filter, setFilter] = useState(main ? address : "");
  const written = useRef(address);
  useEffect(() => {
    // Somebody went back, or followed a link.
    if (main && address !== written.current) setFilter((written.current = address));
  }, [main, address]);
  useEffect(() => {
    if (!main || filter === written.current) return;
    const timer = setTimeout(() => setAddress((written.current = filter)), PAUSE);
    return () => clearTimeout(timer);
  }, [main, filter, setAddress]);
  return [filter, setFilter];
}

/** How a list is sorted; of a main list it is in the address. */
export function useSorting(main = false): [Sorting | undefined, (sorting: Sorting | undefined) => void] {
  const [address, setAddress] = useQuery("sort");
  const [own, setOwn] = useState("");
  const set = main ? setAddress : setOwn;
  const sorting = useMemo(() => sortingOf(main ? address : own), [main, address, own]);
  const sort = useCallback((next: Sorting | undefined) => set(next ? `${next.descending ? "-" : ""}${next.key}` : ""), [set]);
  return [sorting, sort];
}

type Chosen = Readonly<Record<string, readonly string[]>>;

const isChosen = (value: unknown): value is Chosen =>
  typeof value === "object" && value !== null && Object.values(value).every((keys) => Array.isArray(keys) && keys.every((key) => typeof key === "string"));

const chosenColumns = remembered<Chosen>("agora-chat-admin.columns", {}, isChosen);

/** The columns shown; those of a named list are remembered. */
export function useShown<T>(name: string | undefined, columns: readonly Column<T>[]): [readonly string[], (keys: readonly string[]) => void] {
  const kept = chosenColumns.use();
  const [own, setOwn] = useState<readonly string[]>();
  const usual = useMemo(() => columns.filter((c) => !c.hidden).map((c) => c.key), [columns]);
  return [
    (name === undefined ? own : kept[name]) ?? usual,
    (keys) => (name === undefined ? setOwn(keys) : chosenColumns.set((all) => ({ ...all, [name]: keys }))),
  ];
}

/** What a long list leaves to what stands around it, in pixels. */
const AROUND = 330;

function onResize(listener: () => void): () => void {
  addEventListener("resize", listener);
  return () => removeEventListener("resize", listener);
}

/** How high a long list may be. */
export const useRoom = (): number => useSyncExternalStore(onResize, () => Math.max(300, innerHeight - AROUND));
