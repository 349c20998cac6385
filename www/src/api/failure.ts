import type { ChatError, Help } from "agora-chat-admin";

/** A failed call, as plain data. */
export interface Failure {
  kind: "invalid" | "network" | "timeout" | "aborted" | "service" | "decode" | "locked" | "refused" | "unknown";
  message: string;
  operation?: string;
  status?: number;
  /** The platform's `error`. */
  code?: string;
  /** The platform's `error_description`. */
  description?: string;
  attempts?: number;
  retryable?: boolean;
  /** The parameter that does not fit. */
  field?: string;
  body?: string;
  /** What the package knows of the cause and the remedy. */
  help?: () => Promise<Help | undefined>;
}

const KINDS = ["invalid", "network", "timeout", "aborted", "service", "decode", "locked", "refused"] as const;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Reads whatever was thrown. */
export function failureOf(thrown: unknown): Failure {
  const e = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Record<string, unknown>;
  return {
    kind: KINDS.find((kind) => kind === e.kind) ?? "unknown",
    message: text(e.message) ?? String(thrown),
    operation: text(e.operation),
    status: number(e.status),
    code: text(e.code),
    description: text(e.description),
    attempts: number(e.attempts),
    retryable: e.retryable === true,
    field: text(e.field),
    body: text(e.body),
    help: typeof e.help === "function" ? () => (thrown as ChatError).help() : undefined,
  };
}

/** Thrown instead of sending a change while the profile is read-only. */
export class Locked extends Error {
  override readonly name = "Locked";
  readonly kind = "locked";
  constructor(readonly operation: string) {
    super(`${operation} changes data, and this profile is read-only`);
  }
}
