import type { ChatAdminOptions, OperationId } from "./index.js";

/** Makes a sandbox: the platform, stateful and in memory, behind a `fetch` that opens no socket. */
export declare function createSandbox(options?: SandboxOptions): Promise<Sandbox>;

/** What a sandbox begins with. */
export interface SandboxOptions {
  /** The apps, each as `"org#app"` or by what differs from the app that there is by default, `demo#chat`. */
  apps?: (string | SandboxApp)[] | undefined;
  /** Whose documentation the apps follow. Default: `"agora"`. */
  dialect?: "agora" | "easemob" | undefined;
  /** Leaves documented limits unchecked: call rates, counts, sizes. */
  loose?: boolean | undefined;
  /** What to run at start in the first app. */
  seed?: Seed | undefined;
}

/** An app and its credentials; those left out are the sandbox's own, and no two apps share them: `options(app)` tells. */
export interface SandboxApp {
  org?: string | undefined;
  name?: string | undefined;
  dialect?: "agora" | "easemob" | undefined;
  appId?: string | undefined;
  appCertificate?: string | undefined;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Lets users register without a token. */
  openRegistration?: boolean | undefined;
}

/** Operations to run with the app's own authority: an array, or JSON lines. */
export type Seed = string | Iterable<{ op: OperationId; params?: object | undefined }>;

/** A running sandbox: what clients need of it, and what tests do to it. */
export interface Sandbox {
  /** The base URL. Nothing listens there: give clients `fetch` too. */
  readonly url: string;
  /** Answers as the platform does; what lies under `/__sandbox/` controls the sandbox. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** What a client of an app needs, its credentials among it: `new ChatAdmin(sandbox.options())`. Default: the first app. */
  options(app?: string): ChatAdminOptions;
  /** Empties every app, and takes back faults, the journal and moves of the clock. */
  reset(): Promise<void>;
  /** Runs operations in an app, by default the first; resolves to how many. */
  seed(lines: Seed, options?: { app?: string | undefined }): Promise<number>;
  /** Keeps what every app holds, under a name. */
  snapshot(name?: string): Promise<void>;
  /** Goes back to what was kept. */
  restore(name?: string): Promise<void>;
  /** Stops the clock (`freeze`), sets it (`at`, Unix milliseconds or a date), moves it on (`advance`, milliseconds); tells it. */
  clock(move?: { freeze?: boolean | undefined; at?: number | Date | undefined; advance?: number | undefined }): Promise<{ now: number; frozen: boolean }>;
  readonly faults: {
    /** Makes requests fail from now on. */
    add(fault: Fault): Promise<SetFault>;
    list(): Promise<SetFault[]>;
    /** Takes back one fault, or all. */
    clear(id?: number): Promise<void>;
  };
  /** The last 1,000 requests, the oldest first. */
  journal(filter?: JournalFilter): Promise<JournalEntry[]>;
}

/** What goes wrong, and for which requests. */
export interface Fault {
  /** `status` answers with a platform error, `delay` holds the answer back, `reset` closes the connection, `half` breaks the answer off, `malformed`, `html` and `empty` answer with just that. Default: `status`. */
  kind?: "status" | "delay" | "reset" | "half" | "malformed" | "html" | "empty" | undefined;
  /** Only this operation, or with `.*` at the end, this resource. */
  operation?: OperationId | `${string}.*` | undefined;
  /** Only paths that hold this. */
  path?: string | undefined;
  method?: string | undefined;
  /** How many requests it hits; all if absent. */
  times?: number | undefined;
  /** Which part of the requests it hits, from 0 to 1; all if absent. */
  rate?: number | undefined;
  status?: number | undefined;
  /** The platform's `error`. */
  error?: string | undefined;
  error_description?: string | undefined;
  /** The `Retry-After` of the answer, in seconds. */
  retry_after?: number | undefined;
  /** For how many milliseconds the answer is held back. */
  delay?: number | undefined;
}

/** A fault that is set. */
export interface SetFault extends Fault {
  id: number;
  /** How many requests it has hit. */
  hits: number;
}

/** Which entries of the journal. */
export interface JournalFilter {
  operation?: OperationId | undefined;
  method?: string | undefined;
  /** Only paths that hold this. */
  target?: string | undefined;
  status?: number | undefined;
  /** Only entries with a greater id. */
  after?: number | undefined;
}

/** A request as the sandbox saw it; secrets are masked. */
export interface JournalEntry {
  id: number;
  /** When, in Unix milliseconds of the sandbox's clock. */
  time: number;
  method: string;
  target: string;
  app: string | null;
  operation: string | null;
  params?: Record<string, unknown>;
  status: number;
  /** The platform's `error`. */
  error?: string;
  /** Why it was not routed, or what nearly fitted. */
  near_miss?: string;
  /** Whether a fault answered it. */
  fault: boolean;
}
