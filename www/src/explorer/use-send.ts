import { useEffect, useRef, useState } from "react";
import type { Operation } from "../api/catalog";
import { type Outcome, type Params, runFully } from "../api/door";
import { type Failure, failureOf } from "../api/failure";
import { pagingOf } from "../api/paging";
import type { CallSettings } from "./SendOptions";

/** A call from the explorer, and what came of it. */
export interface Sending {
  busy: boolean;
  outcome?: Outcome<unknown>;
  failure?: Failure;
  /** The parameters of the next page, if there is one. */
  next?: Params;
  send: (params?: Params) => void;
  cancel: () => void;
}

export function useSend(operation: Operation, params: Params, settings: CallSettings): Sending {
  const [now, setNow] = useState<Pick<Sending, "busy" | "outcome" | "failure" | "next">>({ busy: false });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const send = async (given: Params) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setNow({ busy: true });
    try {
      const outcome = await runFully(operation.id, given, { ...settings, signal });
      const paging = await pagingOf(operation.id);
      const page = outcome.data as { items?: readonly unknown[]; cursor?: string } | undefined;
      const next = paging && page?.items ? paging.after(given, page.items.length, page.cursor) : undefined;
      if (!signal.aborted) setNow({ busy: false, outcome, next });
    } catch (thrown) {
      if (running.current?.signal === signal) setNow({ busy: false, failure: failureOf(thrown) });
    }
  };
  return { ...now, send: (given = params) => void send(given), cancel: () => running.current?.abort() };
}
