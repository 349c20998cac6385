import type { OperationId, Operations } from "agora-chat-admin";
import { useCallback, useEffect, useState } from "react";
import { run } from "./door";
import { type Failure, failureOf } from "./failure";

interface Called<T> {
  data?: T;
  failure?: Failure;
  loading: boolean;
}

/** Asks once for what an operation tells, again when the parameters change. With `params` undefined nothing is asked. */
export function useCall<Id extends OperationId>(operation: Id, params: Operations[Id]["params"] | undefined) {
  const [now, setNow] = useState<Called<Operations[Id]["result"]>>({ loading: params !== undefined });
  const [round, setRound] = useState(0);
  const key = JSON.stringify(params ?? null);
  useEffect(() => {
    if (params === undefined) return setNow({ loading: false });
    const giveUp = new AbortController();
    setNow({ loading: true });
    run(operation, params, { signal: giveUp.signal }).then(
      (data) => giveUp.signal.aborted || setNow({ data, loading: false }),
      (thrown: unknown) => giveUp.signal.aborted || setNow({ failure: failureOf(thrown), loading: false }),
    );
    return () => giveUp.abort();
  }, [operation, key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { ...now, reload };
}
