import type { Text } from "../i18n/en";
import type { Advice } from "../i18n/en/errors";
import type { Failure } from "./failure";

/** The likely cause of a failure and what to do, the most exact that is known. */
export function advise({ kind, code, status }: Failure, t: Text): Advice | undefined {
  const byCode: Readonly<Record<string, Advice>> = t.errors.byCode;
  const byStatus: Readonly<Record<number, Advice>> = t.errors.byStatus;
  const byKind: Readonly<Record<string, Advice>> = t.errors.byKind;
  if (kind === "network" && !navigator.onLine) return t.errors.byKind.offline;
  return (
    (code !== undefined && Object.hasOwn(byCode, code) ? byCode[code] : undefined) ??
    (kind === "service" && status !== undefined ? byStatus[status] : undefined) ??
    (Object.hasOwn(byKind, kind) ? byKind[kind] : undefined)
  );
}
