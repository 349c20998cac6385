/** What is mentioned below; where neither the DOM's types nor Node's are there to say more, it is all that is known. */
declare global {
  interface Request {}
  interface Response {}
}

/** An event: what kind it is, and the body as it came. */
export type CallbackEvent =
  | { [T in CallbackType]: Event<T, CallbackBodies[T]> }[CallbackType]
  | Event<"unknown", Record<string, unknown>>;

/** What every event has, around the body that its type comes with. */
export interface Event<T extends string, B> {
  /** For instance `"chat.text"`; `"unknown"` for what the platform has added since. */
  type: T;
  /**
   * The same for a callback that comes twice, whatever else its body says: it is made of what is signed. The callbacks of one
   * message for several offline members share what is signed, and are told apart by whom they are for.
   */
  key: string;
  /** When the server received the message or event, in Unix milliseconds. */
  time: number;
  /** Whether the platform waits for a reply, which decides about delivery. */
  presend: T extends `presend.${string}` ? true : false;
  /** What the platform sent. */
  body: B;
}

/** The types of events, for instance `"chat.text"`. */
export type CallbackType = keyof CallbackBodies;

/** The event of a type. */
export type EventOf<T extends CallbackEvent["type"]> = Extract<CallbackEvent, { type: T }>;

/** Why a callback is refused. */
export declare class CallbackError extends Error {
  readonly name: "CallbackError";
  /**
   * `malformed`: no JSON object. `unsigned`: no signature. `signature`: a wrong one. `stale`: the timestamp is outside
   * the window. `replayed`: it came before. `large`: the body has more than `maxBody` bytes. `unreadable`: the connection
   * broke, or something else read the body before.
   */
  readonly reason: "malformed" | "large" | "unreadable" | "unsigned" | "signature" | "stale" | "replayed";
  /** The HTTP status to answer. */
  readonly status: number;
}

/** Remembers which callbacks came. In Redis, `add` is `SET key 1 NX PX life`. */
export interface Seen {
  /** Says whether the key is new, and keeps it for `life` milliseconds. */
  add(key: string, life: number): boolean | Promise<boolean>;
  /** Forgets a callback that could not be handled, since the platform sends it once more. */
  delete(key: string): unknown;
}

/** How strictly a callback is looked at. */
export interface VerifyOptions {
  /**
   * How far from now the timestamp may be, in milliseconds. Default: 10 minutes. Callbacks that the platform stored and
   * sends again on request are up to 3 days old.
   */
  tolerance?: number | undefined;
  /** The time, in Unix milliseconds. Default: now. */
  now?: number | undefined;
  /**
   * Accepts reactions, threads and successful pushes, which the platform sends without a signature. Anyone who knows the
   * address can make one up.
   */
  allowUnsigned?: boolean | undefined;
  /** Remembers which callbacks came. */
  seen?: Seen | undefined;
}

/**
 * Makes an event of the body of a callback: text, bytes, or the object that a body parser made of it.
 *
 * The signature covers `callId` and `timestamp` only, since that is all that the platform signs. Keep the address secret
 * and on https.
 *
 * @param secret The secret of the callback rule, from the console, or several.
 * @throws CallbackError if it cannot be trusted.
 */
export declare function constructEvent(
  body: string | ArrayBuffer | ArrayBufferView | object,
  secret: string | string[],
  options?: VerifyOptions,
): Promise<CallbackEvent>;

/** Remembers callbacks in this process: as many as `max`, by default 100,000. */
export declare function memory(options?: { max?: number | undefined }): Seen;

/** The signature of a callback: MD5 of the three, one after the other. */
export declare function sign(callId: string, timestamp: number | string, secret: string): string;

/** The reply to a callback before delivery. */
export interface PresendReply {
  /** Whether the message is delivered. */
  valid: boolean;
  /** Told to the sender's SDK, where the rule's "report error" is on. */
  code?: string | undefined;
  /** Delivered in place of what was sent. */
  payload?: unknown;
  /** A room message's priority. */
  chatroom_msg_level?: "high" | "normal" | "low" | undefined;
}

/**
 * Lets a message be delivered: as it is, or with another payload of the same form (text of at most 1 KB, unless the vendor
 * agreed to more), or in a room with another priority.
 */
export declare function allow(change?: { payload?: unknown; priority?: "high" | "normal" | "low" | undefined }): PresendReply;

/** Keeps a message from being delivered. The sender's SDK is told `code`, where the rule's "report error" is on. */
export declare function block(code?: string): PresendReply;

/** `"group"` and `"group.mute"` of `"group.mute.added"`. */
type Prefix<T extends string> = T extends `${infer A}.${infer B}` ? A | `${A}.${Prefix<B>}` : never;
type Pattern = CallbackEvent["type"] | `${Prefix<CallbackType>}.*` | "*";
type Matching<K extends Pattern> = K extends "*"
  ? CallbackEvent
  : K extends `${infer P}.*`
    ? Extract<CallbackEvent, { type: `${P}.${string}` }>
    : Extract<CallbackEvent, { type: K }>;
type Returned<E> = E extends { presend: true } ? PresendReply | void : void;

/** Functions by event type, `prefix.*` or `*`; the closest one is called. */
export type Handlers = {
  [K in Pattern]?: ((event: Matching<K>) => Returned<Matching<K>> | Promise<Returned<Matching<K>>>) | undefined;
};

/** What to do with callbacks. */
export interface HandlerOptions extends Omit<VerifyOptions, "now"> {
  /**
   * The secret of the callback rule, from the console, or several.
   *
   * @throws TypeError when the handler is made, as for every other option that is wrong.
   */
  secret: string | string[];
  /** How many bytes a body may have; what has more is answered with 413. Default: 1 MiB. */
  maxBody?: number | undefined;
  /**
   * What to do with each type.
   *
   * Functions for `presend.*` reply with `allow()` or `block()`; nothing allows, and anything else is an error. The platform
   * waits 200 ms, unless the rule says otherwise, then does what the rule says for failures, and never asks again. After other events it waits longer,
   * and sends once more whatever was not answered with 200: what throws is answered with 500.
   */
  on: Handlers;
  /**
   * Told of refused callbacks, and of what your functions or `seen` threw; `event` is there if it was a callback to be trusted.
   * If this throws, the answer is 500, and both errors are printed but for refusals. Default: `console.error` for what was
   * thrown, and nothing for what was refused.
   */
  onError?: ((error: unknown, event?: CallbackEvent) => unknown) | undefined;
}

/** Answers callbacks with `Request` and `Response`: in Workers, Deno, Bun, Hono, Next.js. */
export declare function handler(options: HandlerOptions): (request: Request) => Promise<Response>;

/** Answers callbacks in `node:http` and Express, with or without a body parser before it. */
export declare function nodeHandler(
  options: HandlerOptions,
): (request: NodeRequest, response: NodeResponse) => Promise<void>;

/** The part of `http.IncomingMessage`, and of Express's request, that is looked at. */
export interface NodeRequest {
  method?: string | undefined;
  /** What a body parser made of the body. */
  body?: any;
  on(event: "data" | "end", listener: (chunk: any) => void): unknown;
}

/** The part of `http.ServerResponse`, and of Express's response, that is used. */
export interface NodeResponse {
  writeHead(status: number, headers?: Record<string, string>): { end(text?: string): unknown };
}

/** Parts of a body, to set in a sample. */
type Overrides<B> = B extends readonly unknown[] ? B : B extends object ? { [K in keyof B]?: Overrides<B[K]> } : B;

/** The signed body of a callback, for tests: a sample with parts of your own. The secret is `"test"` unless given. */
export declare function generateTestEvent<T extends CallbackType>(
  type: T,
  overrides?: Overrides<CallbackBodies[T]>,
  secret?: string,
): CallbackBodies[T];

