/** What is mentioned below; where neither the DOM's types nor Node's are there to say more, it is all that is known. */
declare global {
  interface AbortSignal {}
  interface Blob {}
  interface Headers {}
  interface ReadableStream<R = any> {}
  interface Request {}
  interface RequestInit {}
  interface Response {}
  interface URL {}
  interface URLSearchParams {}
}

/**
 * Where the app is, and how to prove who calls. In Node, Deno and Bun, what is not given is taken from the environment:
 * `AGORA_CHAT_BASE_URL`, `AGORA_CHAT_APP` (`org#app`) or else `AGORA_CHAT_APP_ID`, `AGORA_CHAT_DIALECT`, `AGORA_CHAT_LOG`,
 * and for `auth` the first of `AGORA_CHAT_TOKEN`, `AGORA_CHAT_APP_CERTIFICATE` (with `AGORA_CHAT_APP_ID`), and
 * `AGORA_CHAT_CLIENT_ID` with `AGORA_CHAT_CLIENT_SECRET` that is set. Browsers and workers have no such defaults.
 */
export interface ChatAdminOptions extends ViewOptions {
  /** The REST server, for instance `https://a61.chat.agora.io`. Plain `http://` is for this machine only. */
  baseUrl?: string | undefined;
  /** The app: its key `"org#app"`, its two names, or its App ID. */
  app?: string | { org: string; name: string } | { id: string } | undefined;
  /** How to prove who calls. */
  auth?: Auth | undefined;
  /** Which vendor's documentation the app follows. Default: `"agora"`. */
  dialect?: "agora" | "easemob" | undefined;
  /** Older forms to use, for old private deployments: operation id to the method of a documented older form. */
  forms?: Partial<Record<OperationId, string>> | undefined;
  /** Accepts plain `http://` to another machine, in the easemob dialect. Anyone on the way can read the token. */
  allowHttp?: boolean | undefined;
  /**
   * The documented rates, kept on this side: calls wait for their turn, and all of them wait when the platform says that
   * they are too fast. Bulk work (`each`, `all`, `pages`) leaves room for other calls. `false` turns it off. Default: `true`.
   */
  limits?: boolean | LimitOptions | undefined;
  /** Keeps the rates instead: for several processes that share one app. */
  limiter?: Limiter | undefined;
  /**
   * Node only: what to connect with instead of the pool that all clients of a process share, which keeps at most 256
   * connections to one origin and lets calls beyond them wait. An `http.Agent` or `https.Agent`, for instance a proxy's; or a
   * `Dispatcher` of undici's (`Agent`, `Pool`, `ProxyAgent`, `EnvHttpProxyAgent`, `MockAgent`), through which more calls a
   * second go than through either. Without it a `fetch`, an undici dispatcher or an `http.globalAgent` of another kind that
   * the process has put in place of Node's own is used.
   */
  agent?: HttpAgent | Dispatcher | undefined;
  /** Accepts a certificate or client secret in a browser, where everyone who opens the page can read it. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** What a client sets for all of its calls, and a view of it for its own. */
export interface ViewOptions extends Hooks {
  /** How long one attempt may take, in milliseconds; with Node's `fetch`, a hundredth more. Default: 30,000. */
  timeout?: number | undefined;
  /**
   * How long a whole call may take, in milliseconds: its token, its turn, all attempts and the waits between them. Then it
   * fails with the kind `timeout`. A download's ends with the head of the answer; of `each`, `all` and `pages` it holds for
   * each request. Default: none.
   */
  deadline?: number | undefined;
  /** How many times a failed request is sent again. Default: 2. */
  retries?: number | undefined;
  /** Headers for every request. */
  headers?: HeadersLike | undefined;
  /**
   * What to send requests with. Default: in Node `node:http` with connections that are kept, which costs less than half
   * of the global `fetch`; elsewhere, and where it was replaced, that.
   */
  fetch?: Fetch | undefined;
  /** Told of each request, answer, retry and failure; tokens, passwords and secrets are masked. `console` will do. */
  logger?: Logger | undefined;
  /**
   * How much the logger is told: `debug` all, `warn` retries and failures, `error` failures. Default: `debug` where there is a
   * logger, otherwise `off`. Without a logger, `console` is told.
   */
  logLevel?: LogLevel | undefined;
}

/** The least that is logged. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** Headers of any make: an object, pairs, a Map, or a `Headers` of any package. What is `undefined` is left out. */
export type HeadersLike =
  | Record<string, string | undefined>
  | Iterable<readonly [string, string | undefined]>
  | { entries(): Iterable<[string, string]> };

/** The part of Node's `http.Agent` and `https.Agent` that tells them. */
export interface HttpAgent {
  readonly maxSockets: number;
  readonly sockets: object;
  destroy(): void;
}

/** The part of undici's `Dispatcher` that tells it. */
export interface Dispatcher {
  dispatch(options: any, handler: any): boolean;
  request(options: any): Promise<any>;
}

/**
 * How to prove who calls: Agora's App ID and App Certificate (tokens are built locally), Easemob's client ID and secret
 * (a token is fetched), a token of your own or a function that fetches one, or nothing.
 */
export type Auth =
  | { appId: string; appCertificate: string; /** Each token's life in seconds. Default: 3,600. */ expire?: number | undefined }
  | { clientId: string; clientSecret: string }
  | { token: string | (() => TokenAnswer | Promise<TokenAnswer>) }
  | "none";

/** A token, with its life in seconds if that is known. It is kept until shortly before it ends. */
export type TokenAnswer = string | { token: string; expires_in?: number | undefined };

/** How the documented rates are kept. */
export interface LimitOptions {
  /** At most so many calls of all operations together. Default: as the operations allow. */
  app?: { count: number; seconds: number } | undefined;
  /**
   * How long a call may wait for its turn, in milliseconds. One that would wait longer, all those counted that wait already,
   * fails at once with the kind `limited`, and nothing is sent; bulk work waits as it must. Default: 60,000.
   */
  maxWait?: number | undefined;
}

/** Lets calls go at a rate that processes share. `examples/redis-limiter.mjs` is one. */
export interface Limiter {
  /**
   * Resolves when the call may be sent; asked again before each retry. Rejects with the signal's reason when it is aborted.
   * When it fails otherwise, a call that was not yet sent fails with the kind `limited`, and a retry is given up.
   */
  acquire(call: Admission): Promise<void> | void;
  /** Told that the platform refused a call as too fast, and how long to wait at least, in milliseconds. */
  throttled?: ((delay: number) => void) | undefined;
  /** Told of another attempt that did not ask: one with a fresh token. */
  record?: ((call: Admission) => void) | undefined;
}

/** A call that asks to be sent. */
export interface Admission {
  operation: string;
  /** Operations with the same pool share their rates. */
  pool: string;
  /** The documented rates: so many in so many seconds. Where `items` is true, `cost` counts, otherwise the call. */
  rates: { count: number; seconds: number; items?: boolean }[];
  /** How many items of a batch it carries; 1 for other operations. */
  cost: number;
  /** Whether it is part of `each`, `all` or `pages`. */
  bulk: boolean;
  signal?: AbortSignal;
}

/** The part of `fetch` that the client needs: Node's, undici's, node-fetch's, a browser's or your own. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What a `fetch` is given. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  /** A text, a `Blob`, a `FormData` or a stream; typed so that every `fetch` takes it. */
  body?: any;
  signal?: AbortSignal;
  /** `"manual"` for all but GET: what writes is never led elsewhere. */
  redirect?: "follow" | "manual";
  /** Nothing is answered from a cache. */
  cache: "no-store";
  /** For a stream. */
  duplex?: "half";
}

/** What a `fetch` answers, as far as it is read. Downloads and streams need `body` too. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Where log lines go. */
export interface Logger {
  debug?: ((message: string, details: unknown) => void) | undefined;
  info?: ((message: string, details: unknown) => void) | undefined;
  warn?: ((message: string, details: unknown) => void) | undefined;
  error?: ((message: string, details: unknown) => void) | undefined;
}

/** Functions that watch. What they throw or return changes nothing. */
export interface Hooks {
  /** Called before each attempt. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called when the head of an answer has come. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called before each wait for another attempt. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** A request that is about to be sent, secrets masked. */
export interface RequestEvent {
  operation: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** 1 for the first. */
  attempt: number;
}

/** An answer that came. */
export interface ResponseEvent {
  operation: string;
  method: string;
  url: string;
  status: number;
  headers: Record<string, string>;
  attempt: number;
  /** Milliseconds since it was sent. */
  elapsed: number;
}

/** A retry that is about to be waited for. */
export interface RetryEvent {
  operation: string;
  error: ChatError;
  /** Milliseconds. */
  delay: number;
  /** How many times it was sent so far. */
  attempt: number;
}

/** What one call may set for itself. */
export interface CallOptions extends Hooks {
  /** How long one attempt may take, in milliseconds. */
  timeout?: number | undefined;
  /** How long the whole call may take, in milliseconds. */
  deadline?: number | undefined;
  /** How many times it is sent again. */
  retries?: number | undefined;
  /** Ends the call at once, whatever it waits for. */
  signal?: AbortSignal | undefined;
  /** More headers. */
  headers?: HeadersLike | undefined;
  /** The method of a documented older form to use. */
  form?: string | undefined;
  /** What to send it with. */
  fetch?: Fetch | undefined;
  /** Told as a download comes in, in bytes. `total` is absent if the server did not say. */
  onDownloadProgress?: ((event: { loaded: number; total?: number }) => void) | undefined;
  /**
   * Told as a file goes out, in bytes of the request's body, which is a little more than the file; from 0 again when the
   * request is sent again. `total` is absent for a stream. A page asks XMLHttpRequest, which knows what was sent; with a
   * `fetch` of your own in a page, it is told once, at the end. Elsewhere bytes count when the connection takes them.
   */
  onUploadProgress?: ((event: { loaded: number; total?: number }) => void) | undefined;
}

/** A promise of a result, which can be asked for the response too. */
export interface Call<T> extends Promise<T> {
  /** The result with how it came. */
  withResponse(): Promise<WithResponse<T>>;
}

/** A result with how it came. */
export interface WithResponse<T> {
  data: T;
  response: { status: number; headers: Headers; url: string };
  /** How many times the request was sent. */
  attempts: number;
}

/** A request as it would be sent, secrets masked. */
export interface PreparedRequest {
  operation: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** The text parts of a multipart body. */
  parts?: Record<string, string>;
  /** The name of the file part of a multipart body. */
  file?: string;
  /** The request as a command line; fill in the token. */
  toCurl(): string;
}

/** An operation. Its parameters have the names that the platform's documentation uses. */
export interface Method<P, R> {
  (params: P, options?: CallOptions): Call<R>;
  /** The request that would be sent. Nothing is. */
  prepare(params: P, options?: CallOptions): Promise<PreparedRequest>;
}

/** An operation that needs no parameters. */
export interface OptionalMethod<P, R> {
  (params?: P, options?: CallOptions): Call<R>;
  /** The request that would be sent. Nothing is. */
  prepare(params?: P, options?: CallOptions): Promise<PreparedRequest>;
}

/** A list that comes in pages. */
export interface PagedMethod<P, T> extends Method<P, Page<T>> {
  /** Every item of every page, fetched as you go. */
  all(params: P, options?: CallOptions): Items<T>;
  /** Every page, fetched as you go. */
  pages(params: P, options?: CallOptions): AsyncGenerator<Page<T>, void, undefined>;
}

/** A list that comes in pages and needs no parameters. */
export interface OptionalPagedMethod<P, T> extends OptionalMethod<P, Page<T>> {
  /** Every item of every page, fetched as you go. */
  all(params?: P, options?: CallOptions): Items<T>;
  /** Every page, fetched as you go. */
  pages(params?: P, options?: CallOptions): AsyncGenerator<Page<T>, void, undefined>;
}

/** Adds to an operation that takes many items at once. A plain call is one request; `each` makes as many as needed. */
export interface Batch<P, R, K extends keyof P> {
  /**
   * Runs over any number of items, in chunks of at most the documented maximum. A chunk that is refused as a whole is
   * halved until the items at fault are found; the others go on. Items that an answer with status 200 names as refused
   * have an outcome of their own.
   *
   * Nothing new is begun while you look at an outcome. Leaving the loop waits for the requests under way.
   */
  each(params: EachParams<P, K>, options?: EachOptions): EachRun<Item<P[K]>, R>;
}

/** The parameters of a batch with its list as anything that can be iterated over. */
export type EachParams<P, K extends keyof P> = P extends unknown ? Omit<P, K> & { [key in K]: Many<P[K]> } : never;

/** A list, or anything that can be iterated over. */
export type Many<L> = object & (Iterable<Item<L>> | AsyncIterable<Item<L>>);
/** An item of a list. */
export type Item<L> = L extends readonly (infer T)[] ? T : never;

/** How `each` goes about it. */
export interface EachOptions extends CallOptions {
  /** How many requests are under way at once. Default: 1. */
  concurrency?: number | undefined;
  /** How many items a request holds. Default: the documented maximum. */
  chunk?: number | undefined;
  /**
   * Where an earlier run over the same items, in the same order, came to: what it lists is left out. To try again what
   * failed: `{ ...checkpoint, failed: [] }`.
   */
  resume?: Checkpoint | undefined;
  /** Told with each outcome. */
  onProgress?: ((event: EachProgress) => void) | undefined;
}

/** How far `each` is, earlier runs included. */
export interface EachProgress {
  /** How many items succeeded. */
  done: number;
  /** How many did not, for whatever reason. */
  failed: number;
  /** How many there are, for arrays. */
  total?: number;
  /** Where to go on from. */
  readonly checkpoint: Checkpoint;
}

/**
 * Where a run of `each` came to, as JSON: ranges of indexes, `[from, to)`. Keep it anywhere; another process can resume from
 * it. Items that met with a failure that may pass, and of which nothing was done, are in no list: too fast, a token, a refused
 * connection, and whatever went wrong where a repeat is harmless.
 */
export interface Checkpoint {
  operation: OperationId;
  /** The items that succeeded. */
  done: [from: number, to: number][];
  /** The items that were refused. */
  failed: [from: number, to: number][];
  /**
   * The items that may be done all the same, where a repeat may do it twice, messages for instance: their answer was lost, could
   * not be read or came from a gateway, or the run was aborted while they were under way.
   */
  unknown: [from: number, to: number][];
}

/** The outcomes of a batch, as they come. */
export interface EachRun<T, R> extends AsyncGenerator<EachOutcome<T, R>, void, undefined> {
  /** The outcomes so far that you were given: where to go on from. Still right after an abort or an error. */
  readonly checkpoint: Checkpoint;
  /** Begins nothing more. The loop ends when the requests under way have their outcomes. */
  pause(): void;
}

/** What became of some items of a batch; `indexes` are their places in what was given. */
export type EachOutcome<T, R> =
  | { items: T[]; indexes: number[]; ok: true; data: R }
  | { items: T[]; indexes: number[]; ok: false; error: ChatError };

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Where the next page begins; absent on the last, and where pages are counted. */
  cursor?: string;
}

/** The items of a list, fetched page by page as you go. */
export interface Items<T> extends AsyncIterable<T> {
  /** All of them, or the first `limit`. */
  toArray(bound?: { limit?: number | undefined }): Promise<T[]>;
}

/**
 * A file to upload. Bytes go out as they are. A stream goes out as it comes, so the request is not sent again; a browser
 * cannot do that and reads it to its end first. Node's streams are streams too, with whatever range they have. `{ path }` works
 * where there are files, and is read while it is sent.
 */
export type FileInput =
  | Blob
  | Uint8Array
  | ArrayBuffer
  | ByteStream
  | AsyncIterable<Uint8Array | string>
  | { data: Blob | Uint8Array | ArrayBuffer | ByteStream | AsyncIterable<Uint8Array | string>; filename?: string | undefined; contentType?: string | undefined }
  | { path: string; filename?: string | undefined; contentType?: string | undefined };

/** A `ReadableStream<Uint8Array>`: a browser's, or Node's of `node:stream/web`. */
export interface ByteStream {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> };
}

/** `Uint8Array<ArrayBuffer>`, before TypeScript 5.7 `Uint8Array`: what makes a `Blob`, a `Response` or a digest. */
export type Bytes = ReturnType<Uint8ArrayConstructor["of"]>;

/** What is beside the operations `messages.history.*`. */
export interface MessagesHistoryResource {
  /**
   * The messages of one hour, in the order of the file, downloaded and unpacked as you go.
   *
   * Asks `messages.history.get` where the file is and begins to download it at once: its address is signed and soon ends,
   * so do not keep one. The file's server gets neither the token nor the client's headers. Nothing is fetched before the
   * first message is asked for; leaving the loop ends the download. Integers beyond 2^53 come as strings.
   *
   * Until the download has begun it is tried again as any request; when it breaks off later, it fails with the kind
   * `network`, and reading starts over. A record that cannot be read ends it with the kind `decode`: the message has the
   * record's number, counted from 1, and `body` its text.
   *
   * `timeout` holds up to the beginning of the download, and then for each piece of it. `onDownloadProgress` counts the bytes of the packed file.
   */
  read(params: MessagesHistoryGetParams, options?: CallOptions): Items<HistoryMessage>;
}

/** A message in a file of messages. */
export interface HistoryMessage {
  /** The message ID. */
  msg_id: string;
  /** When it was sent, in Unix milliseconds. */
  timestamp: number;
  /** `outgoing` or `incoming`. */
  direction?: string;
  /** The sender's user ID. */
  from: string;
  /** The user, group or chat room that it was sent to. */
  to: string;
  /** What kind of conversation it is in: `chat`, `groupchat` or `chatroom`. */
  chat_type: string;
  /** The message. */
  payload: {
    /** Its content, in a list of one. Files have their addresses in it, and places their degrees as numbers. */
    bodies: MessageContent[];
    /** Members of the app's own. */
    ext?: Record<string, unknown>;
    from?: string;
    to?: string;
  };
}

/**
 * A file that the platform sent. It can be read once. A download that breaks off fails with the kind `network`, and one of
 * which nothing comes for the call's `timeout` with `timeout`. It holds its connection until it is read or cancelled.
 */
export interface Download {
  contentType?: string;
  /** In bytes, if the platform said; not for what is packed on the way. */
  size?: number;
  stream(): ReadableStream<Bytes>;
  bytes(): Promise<Bytes>;
  blob(): Promise<Blob>;
  text(): Promise<string>;
  /** Writes it to a file, where there are files. What was there before stays until all of it came, and if it does not. */
  saveTo(path: string): Promise<void>;
  /** Lets go of the connection, if you do not read it. */
  cancel(): Promise<void>;
}

/**
 * What a failure means for the request. `invalid`: it was never sent, since it does not fit. `limited`: it was never sent,
 * since its turn is too far off; later it may be. `network`, `timeout`, `aborted`: no answer; `unknown` says whether it may
 * have been done. `service`: the platform refused it. `decode`: it succeeded, but the answer cannot be read.
 */
export type ErrorKind = keyof ErrorsByKind;

/** The platform's `error`, as far as its documentation names them. */
export type KnownErrorCode =
  | "EditLimitExceededException"
  | "InvalidMessageIdException"
  | "MetadataException"
  | "RewriteMessageNotAuthorizedException"
  | "UnsupportedMessageTypeException"
  | "auth_bad_access_token"
  | "duplicate_unique_property_exists"
  | "exceed_limit"
  | "file_expired"
  | "forbidden_op"
  | "group_error"
  | "invalid_grant"
  | "invalid_parameter"
  | "invalid_request_body"
  | "json_parse"
  | "message_recall_error"
  | "no_full_text_index"
  | "organization_application_not_found"
  | "param_illegal"
  | "reach_limit"
  | "required_property_not_found"
  | "resource_limited"
  | "service_resource_not_found"
  | "storage_object_not_found"
  | "unauthorized"
  | "unsupported_service_operation";

/** What every error says. */
export interface AnyChatError extends Error {
  readonly name: "ChatError";
  /** What it means for the request. */
  readonly kind: ErrorKind;
  /** The operation's id, or the method and path of a raw request. */
  readonly operation: string;
  /** Whether sending the very same request again may succeed, and cannot do it twice. */
  readonly retryable: boolean;
  /** Whether it may have been done all the same. Never true where a repeat is harmless. */
  readonly unknown: boolean;
  /** How many times it was sent. */
  readonly attempts: number;
  /** The parameter or option that does not fit. */
  readonly field?: string | undefined;
  /** The HTTP status, if an answer came. */
  readonly status?: number | undefined;
  /** The platform's `error`, for instance `duplicate_unique_property_exists`. */
  readonly code?: KnownErrorCode | (string & {}) | undefined;
  /** The platform's `error_code`. */
  readonly errorCode?: number | undefined;
  /** The platform's `error_description`. */
  readonly description?: string | undefined;
  /** The headers of the answer, if one came. Not printed with the error. */
  readonly headers?: Headers | undefined;
  /** Its `x-request-id`, for whoever asks the platform's support. */
  readonly requestId?: string | undefined;
  /** How long the answer asked to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** The answer's text. Not printed with the error, since it may hold a secret. */
  readonly body?: string | undefined;
  /** What lies beneath. */
  readonly cause?: unknown;
  /** What likely went wrong, and what to do about it. The texts are loaded by the first call. */
  help(): Promise<Help | undefined>;
  toJSON(): Record<string, unknown>;
}

/** What errors of a request that was never sent do not have. */
export interface UnsentError extends AnyChatError {
  readonly status?: undefined;
  readonly code?: undefined;
  readonly errorCode?: undefined;
  readonly description?: undefined;
  readonly headers?: undefined;
  readonly requestId?: undefined;
  readonly retryAfter?: undefined;
  readonly body?: undefined;
}

/** A parameter or option does not fit: it was never sent. */
export interface InvalidError extends UnsentError {
  readonly kind: "invalid";
}
/** Its turn was too far off: it was never sent. */
export interface LimitedError extends UnsentError {
  readonly kind: "limited";
  readonly field?: undefined;
}
/** No answer came, or not all of it. */
export interface UnansweredError<K extends "network" | "timeout" | "aborted"> extends AnyChatError {
  readonly kind: K;
  readonly field?: undefined;
}
/** The platform refused it. */
export interface ServiceError extends AnyChatError {
  readonly kind: "service";
  readonly field?: undefined;
  readonly status: number;
}
/** It succeeded, but the answer cannot be read. */
export interface DecodeError extends AnyChatError {
  readonly kind: "decode";
}

/** The errors by their kinds. */
export interface ErrorsByKind {
  invalid: InvalidError;
  limited: LimitedError;
  network: UnansweredError<"network">;
  timeout: UnansweredError<"timeout">;
  aborted: UnansweredError<"aborted">;
  service: ServiceError;
  decode: DecodeError;
}

/** What a class that extends `ChatError` has: a class cannot be a union, so its members fit errors of any kind. */
export interface ExtendedError extends AnyChatError {
  readonly field: any;
  readonly status: any;
  readonly code: any;
  readonly errorCode: any;
  readonly description: any;
  readonly headers: any;
  readonly requestId: any;
  readonly retryAfter: any;
  readonly body: any;
}

/** The one error that calls reject with. Its `kind` says which members it has. */
export type ChatError = ErrorsByKind[ErrorKind];

/** What an error is made of. `message` goes without the operation, which is put before it. */
export type ChatErrorDetails<K extends ErrorKind = ErrorKind> = { kind: K; message: string; headers?: HeadersLike | undefined } & Partial<
  Omit<AnyChatError, "kind" | "message" | "name" | "stack" | "requestId" | "headers" | "help" | "toJSON">
>;

/** The class, for `instanceof`, which holds for errors of every copy of the package, and for tests that need one. */
export declare const ChatError: {
  new <K extends ErrorKind>(details: ChatErrorDetails<K>): ErrorsByKind[K];
  new (details: ChatErrorDetails): ExtendedError;
  readonly prototype: ChatError;
};

/** What likely went wrong, and what to do about it. */
export interface Help {
  cause: string;
  remedy: string;
  /** The page of Agora's documentation. */
  docs: string;
  /** The same in Chinese, with the page of Easemob's documentation. */
  zh: { cause: string; remedy: string; docs: string };
}

/** A request that the table does not know. */
export interface RawRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the app, encoded: `/chatgroups/x/roles`. Letters beyond ASCII are encoded for you. */
  path: string;
  /** What is `undefined` is left out. */
  query?: Record<string, string | number | boolean | bigint | undefined> | Iterable<readonly [string, string]> | undefined;
  /** Sent as JSON; not with GET. */
  body?: unknown;
  headers?: HeadersLike | undefined;
}

/** A client of one app. */
export declare class ChatAdmin {
  /** @throws ChatError of the kind `invalid` if the options do not fit. */
  constructor(options?: ChatAdminOptions);
  /** Runs an operation by its id. */
  call<Id extends OperationId>(
    id: Id,
    ...args: {} extends Operations[Id]["params"]
      ? [params?: Operations[Id]["params"], options?: CallOptions]
      : [params: Operations[Id]["params"], options?: CallOptions]
  ): Call<Operations[Id]["result"]>;
  /** Sends a request that the table does not know, with the same token, retries and errors. Resolves to the whole answer. */
  request<T = unknown>(request: RawRequest, options?: CallOptions): Call<T>;
  /**
   * The same client with other options: a view that shares its token, its rates and its connections, and costs next to
   * nothing. What is given takes the place of the client's; headers are added to them.
   */
  withOptions(options: ViewOptions): this;
  /** The documented rates. */
  readonly limits: {
    /** How many calls `n` items of a batch need, or `n` calls of another operation, and how long until the last is sent. */
    estimate(id: OperationId, n: number): { calls: number; milliseconds: number };
  };
}
/** Every resource is a member of the client. */
export interface ChatAdmin extends Resources {}

/** The id of an operation, for instance `"groups.mutes.add"`. */
export type OperationId = keyof Operations;

/** What Agora tokens are made from. */
export interface AppTokenOptions {
  /** 32 hexadecimal digits. */
  appId: string;
  /** 32 hexadecimal digits. */
  appCertificate: string;
  /** Its life in seconds: at most 86,400. Default: 3,600. */
  expire?: number | undefined;
  /** When it is issued, in Unix seconds. Default: now. */
  issued?: number | undefined;
  /** A number that makes tokens differ. Default: random. */
  salt?: number | undefined;
}

/** What an Agora user token is made from. */
export interface UserTokenOptions extends AppTokenOptions {
  /** The user's `uuid`, as `users.get` gives it. */
  userUuid: string;
}

/** What is in a 007 token. */
export interface DecodedToken {
  appId: string;
  kind: "app" | "user";
  /** Whom a user token is for. */
  userUuid?: string;
  /** In Unix seconds. */
  issued: number;
  /** Its life in seconds. */
  expire: number;
  salt: number;
  /** The chat privileges (1 user, 2 app), each with its life in seconds. */
  privileges: Record<string, number>;
}

/** Builds an Agora app token. */
export declare function buildAppToken(options: AppTokenOptions): Promise<string>;
/** Builds an Agora user token, with which a user logs in. */
export declare function buildUserToken(options: UserTokenOptions): Promise<string>;
/**
 * Reads a 007 token without trusting it. Of several services chat's is looked for, as far as the types before it are known:
 * builders sort them, so that it comes before all that are newer.
 */
export declare function decodeToken(token: string): Promise<DecodedToken>;
/**
 * Says whether a 007 token holds, and if not, why. `now` is in Unix seconds. `privilege`: it has no chat privilege, or none
 * that can be found behind a service of an unknown type.
 */
export declare function verifyToken(
  token: string,
  options: { appCertificate: string; now?: number | undefined },
): Promise<
  | { valid: true; reason?: undefined }
  | { valid: false; reason: "malformed" | "signature" | "expired" | "clock" | "privilege" | "app_id" | "app_certificate" }
>;

