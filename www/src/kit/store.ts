import { useSyncExternalStore } from "react";

/** A value that components can watch. */
export interface Store<T> {
  get(): T;
  set(next: T | ((now: T) => T)): void;
  subscribe(listener: () => void): () => void;
  /** The value, kept up to date in a component. */
  use(): T;
}

/** Makes a store; values are replaced, never changed in place. */
export function store<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const get = () => value;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    get,
    subscribe,
    set(next) {
      const changed = typeof next === "function" ? (next as (now: T) => T)(value) : next;
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of [...listeners]) listener();
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}

/** A store that the browser remembers. Never for secrets. */
export function remembered<T>(key: string, initial: T, fits: (value: unknown) => value is T): Store<T> {
  const kept = store(recall(key, initial, fits));
  kept.subscribe(() => {
    try {
      localStorage.setItem(key, JSON.stringify(kept.get()));
    } catch {
      // A full or forbidden storage costs the memory, not the page.
    }
  });
  return kept;
}

function recall<T>(key: string, initial: T, fits: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return fits(value) ? value : initial;
  } catch {
    return initial;
  }
}
