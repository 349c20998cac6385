import { useEffect, useState } from "react";
import { useSpoken } from "../i18n";
import type { Advice } from "../i18n/en/errors";
import type { Failure } from "./failure";

/** The likely cause of a failure, what to do, and where to read on. */
export interface Advised {
  cause: string;
  remedy: string;
  docs?: string;
}

/** What to say of a failed call to an address: of the page's own matters the page, of the platform's the package. */
export function useAdvice(failure: Failure, address: string | undefined): Advised | undefined {
  const { text, language } = useSpoken();
  const { kind, help } = failure;
  const reach = useReach(kind === "network" ? address : undefined);
  const byKind: Readonly<Record<string, Advice | undefined>> = text.errors.byKind;
  const own = kind === "network" ? byKind[reach] : Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
  const [told, setTold] = useState<Advised>();
  useEffect(() => {
    if (own || !help) return;
    let gone = false;
    // Without the texts the failure still says what happened.
    help().then(
      (found) => gone || setTold(found && (language === "zh" ? found.zh : found)),
      () => undefined,
    );
    return () => void (gone = true);
  }, [failure, language]);
  return own ? { cause: own[0], remedy: own[1] } : told;
}

type Reach = "offline" | "cors" | "network";

/** Why a server did not answer. Browsers do not tell a page; but a server that answers only when nothing is read forbids it. */
function useReach(address: string | undefined): Reach {
  const [reach, setReach] = useState<Reach>("network");
  useEffect(() => {
    if (!navigator.onLine) return setReach("offline");
    setReach("network");
    if (address === undefined) return;
    const giveUp = new AbortController();
    const answers = (init: RequestInit) =>
      fetch(address, { ...init, credentials: "omit", cache: "no-store", signal: giveUp.signal }).then(
        () => true,
        () => false,
      );
    // A header that calls have too, so that the browser asks the server for leave as it does for them.
    Promise.all([answers({ mode: "no-cors" }), answers({ headers: { Authorization: "Bearer" } })]).then(
      ([there, allowed]) => giveUp.signal.aborted || (there && !allowed && setReach("cors")),
    );
    return () => giveUp.abort();
  }, [address]);
  return reach;
}
