import { useCallback, useEffect, useState } from "react";
import { type Failure, failureOf } from "../api/failure";
import { session } from "../api/session";

/** Asks the sandbox something of its own, below `/__sandbox/`. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const now = session.get();
  if (!now) throw new Error("there is no connection");
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const answer = await now.fetch(`${new URL(now.profile.baseUrl).origin}/__sandbox/${path}`, { method, body: text });
  const told = await answer.text();
  if (!answer.ok) throw new Error(messageOf(told) || `${answer.status}`);
  return JSON.parse(told) as T;
}

function messageOf(text: string): string {
  try {
    const { error, message } = JSON.parse(text) as Record<string, unknown>;
    return [error, message].find((part) => typeof part === "string") as string | undefined ?? text;
  } catch {
    return text;
  }
}

/** What the sandbox tells, again on request. */
export function useAsk<T>(path: string): { data?: T; failure?: Failure; reload: () => void } {
  const [now, setNow] = useState<{ data?: T; failure?: Failure }>({});
  const reload = useCallback(() => {
    ask<T>("GET", path).then(
      (data) => setNow({ data }),
      (thrown: unknown) => setNow((before) => ({ ...before, failure: failureOf(thrown) })),
    );
  }, [path]);
  useEffect(reload, [reload]);
  return { ...now, reload };
}
