import type { CallOptions, HistoryMessage, OperationId, Operations, RequestEvent } from "agora-chat-admin";
import { amend, type Attempt, BODY_KEPT, record } from "../log/store";
import { masked, maskedText } from "../log/mask";
import { failureOf, Locked } from "./failure";
import { reads } from "./reads";
import { session, type Session } from "./session";

export type Params = Readonly<Record<string, unknown>>;

export interface RunOptions {
  signal?: AbortSignal;
  /** How long to wait, in milliseconds. */
  timeout?: number;
  retries?: number;
  /** The method of an older form. */
  form?: string;
  onUploadProgress?: CallOptions["onUploadProgress"];
  onDownloadProgress?: CallOptions["onDownloadProgress"];
}

/** A call that succeeded, and what is known of it. */
export interface Outcome<T> {
  data: T;
  status: number;
  attempts: number;
  elapsed: number;
  /** Its number in the log. */
  entry: number;
}

/** Runs an operation for its result. Every call of the page goes through {@link runFully} in the end. */
export async function run<Id extends OperationId>(
  operation: Id,
  params: Operations[Id]["params"],
  options: RunOptions = {},
): Promise<Operations[Id]["result"]> {
  return (await runFully<Operations[Id]["result"]>(operation, params as Params, options)).data;
}

/** Runs an operation and keeps it in the log. Changes are refused while the session is read-only. */
export function runFully<T>(operation: string, params: Params = {}, options: RunOptions = {}): Promise<Outcome<T>> {
  return logged(operation, params, options, async ({ chat }, watching) => {
    const { data, response, attempts } = await chat.call(operation as OperationId, params as never, watching).withResponse();
    return { data: data as T, status: response.status, attempts };
  });
}

/** Reads the messages of an hour: where they are, and then the file. */
export async function readHour(time: string, signal: AbortSignal): Promise<HistoryMessage[]> {
  const { data } = await logged("messages.history.get", { time }, { signal }, async ({ chat }, watching) => {
    const messages = await chat.messages.history.read({ time }, watching).toArray();
    return { data: messages, status: 200, attempts: 1 };
  });
  return data;
}

type Done<T> = Pick<Outcome<T>, "data" | "status" | "attempts">;

/** Keeps a call in the log, whatever makes it. */
async function logged<T>(
  operation: string,
  params: Params,
  options: RunOptions,
  work: (now: Session, watching: CallOptions) => Promise<Done<T>>,
): Promise<Outcome<T>> {
  const now = session.get();
  if (!now) throw new Error("there is no connection");
  if (!now.unlocked && !reads(operation)) throw new Locked(operation);
  const start = performance.now();
  const entry = record({ at: Date.now(), operation, params: shownParams(params), ...UNSENT });
  const elapsed = () => performance.now() - start;
  try {
    const done = await work(now, { ...options, ...watchers(entry, now, options) });
    // An upload that tells its progress goes by another way, on which its answer is not seen.
    const unseen = options.onUploadProgress && { answer: maskedText(JSON.stringify(done.data)) };
    amend(entry, () => ({ state: "ok", status: done.status, elapsed: elapsed(), ...unseen }));
    return { ...done, elapsed: elapsed(), entry };
  } catch (thrown) {
    const failure = failureOf(thrown);
    amend(entry, () => ({ state: "failed", status: failure.status, elapsed: elapsed(), failure: withoutBody(failure) }));
    throw thrown;
  }
}

const UNSENT = { method: "", url: "", headers: {}, state: "pending", attempts: [] } as const;

/** Parameters as the log shows them: secrets masked, files by name. */
const shownParams = (params: Params): Params =>
  masked(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value instanceof Blob ? fileName(value) : value]))) as Params;

const fileName = (file: Blob): string => (file instanceof File ? file.name : file.type);

const withoutBody = ({ body: _, ...rest }: ReturnType<typeof failureOf>) => rest;

/** The hooks that write a call into the log. */
function watchers(entry: number, now: Session, { onUploadProgress }: RunOptions): CallOptions {
  const tap: CallOptions["fetch"] = async (input, init) => {
    try {
      const response = await now.fetch(input, init);
      void keepAnswer(entry, response);
      return response;
    } catch (thrown) {
      amendLast(entry, { error: failureOf(thrown).message });
      throw thrown;
    }
  };
  return {
    // Only without a `fetch` of ours the package can watch what goes out.
    ...(!onUploadProgress && { fetch: tap }),
    onRequest: (sent: RequestEvent) =>
      amend(entry, ({ operation, attempts }) =>
        sent.operation === operation
          ? {
              method: sent.method,
              url: sent.url,
              headers: sent.headers,
              body: sent.body && maskedText(sent.body).slice(0, BODY_KEPT),
              attempts: [...attempts, { at: Date.now() }],
            }
          : { attempts: [...attempts, { at: Date.now(), renewal: true }] },
      ),
    onResponse: ({ status, elapsed }) => amendLast(entry, { status, elapsed }),
    onRetry: ({ delay }) => amendLast(entry, { delay }),
  };
}

function amendLast(entry: number, change: Partial<Attempt>): void {
  amend(entry, ({ attempts }) => ({
    attempts: attempts.map((attempt, i) => (i === attempts.length - 1 ? { ...attempt, ...change } : attempt)),
  }));
}

/** Keeps what the platform answered, if it is text. */
async function keepAnswer(entry: number, response: Response): Promise<void> {
  const type = response.headers.get("content-type") ?? "";
  if (!/json|text|html|xml/.test(type) || response.bodyUsed) return;
  try {
    const text = await response.clone().text();
    amend(entry, () => ({ answer: maskedText(text).slice(0, BODY_KEPT) }));
  } catch {
    // An answer that breaks off is the call's failure to tell, not the log's.
  }
}
