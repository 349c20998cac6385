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

/** What to say of a failure: of the page's own matters the page, of the platform's the package. */
export function useAdvice(failure: Failure): Advised | undefined {
  const { text, language } = useSpoken();
  const { kind, help } = failure;
  const byKind: Readonly<Record<string, Advice | undefined>> = text.errors.byKind;
  const own = kind === "network" && !navigator.onLine ? text.errors.byKind.offline : Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
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
