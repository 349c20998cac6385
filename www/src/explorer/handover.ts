import type { Params } from "../api/door";
import { session } from "../api/session";
import { go } from "../app/router";

let kept: { id: string; params: Params } | undefined;

/** Opens an operation with parameters filled in. They go through memory, never through the address. */
export function openInExplorer(id: string, params: Params): void {
  kept = { id, params };
  go(["explorer", id]);
}

/** The parameters that another place handed over for an operation, once. */
export function handedOver(id: string): Params {
  const params = kept?.id === id ? kept.params : {};
  kept = undefined;
  return params;
}

// What nobody fetched must not outlive the connection.
session.subscribe(() => {
  if (!session.get()) kept = undefined;
});
