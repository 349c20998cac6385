import { useCallback, useSyncExternalStore } from "react";

/** A place in the page: `#/users/amy?limit=20`. Hashes work from any static host. */
export interface Place {
  /** The parts of the path: `["users", "amy"]`. */
  path: readonly string[];
  query: URLSearchParams;
}

type Query = Record<string, string | undefined>;

function parse(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  return { path: path.split("/").filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

let current = { hash: location.hash, place: parse(location.hash) };

function snapshot(): Place {
  if (current.hash !== location.hash) current = { hash: location.hash, place: parse(location.hash) };
  return current.place;
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  addEventListener("popstate", listener);
  return () => {
    removeEventListener("hashchange", listener);
    removeEventListener("popstate", listener);
  };
}

/** Where the page is. */
export const usePlace = (): Place => useSyncExternalStore(subscribe, snapshot);
export const place = snapshot;

/** The address of a place. To and from what a list opens the query stays, unless another is given: it is the list's filter. */
export function href(path: readonly string[], query: Query = kept(path)): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text && `?${text}`}`;
}

function kept(path: readonly string[]): Query {
  const now = snapshot();
  return path[0] === now.path[0] && path.length + now.path.length > 2 ? Object.fromEntries(now.query) : {};
}

/** Goes to a place. */
export function go(path: readonly string[], query: Query = kept(path), how: "push" | "replace" = "push"): void {
  const to = href(path, query);
  if (to === location.hash) return;
  if (how === "push") location.hash = to;
  else {
    history.replaceState(null, "", to);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}

/** One query value of the address, as state. */
export function useQuery(name: string): [string, (value: string) => void] {
  const value = usePlace().query.get(name) ?? "";
  const set = useCallback(
    (next: string) => {
      const { path, query } = snapshot();
      go(path, { ...Object.fromEntries(query), [name]: next }, "replace");
    },
    [name],
  );
  return [value, set];
}
