// Compiled with `tsc --strict` and `exactOptionalPropertyTypes`, never run: what a caller gives may be there and undefined, what
// comes back fits where it is needed, and tests can put their own in the place of methods.
import { ChatAdmin, type Bytes, type CallOptions, type ChatAdminOptions, type EachOptions, type Fetch, type Method } from "agora-chat-admin";
import { allow, constructEvent, handler, memory, nodeHandler, type HandlerOptions } from "agora-chat-admin/callbacks";
import { createSandbox, type Fault, type SandboxOptions } from "agora-chat-admin/sandbox";

/** An object with every optional member there and undefined. */
type Unset<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? undefined : T[K] };
declare function unset<T>(): Unset<T>;
/** Fails to compile if a member that may be left out may not be undefined. */
function takes<T extends object>(_: T): void {}

export function undefinedWillDo(): void {
  takes<ChatAdminOptions>(unset<ChatAdminOptions>());
  takes<CallOptions>(unset<CallOptions>());
  takes<EachOptions>(unset<EachOptions>());
  takes<HandlerOptions>(unset<HandlerOptions>());
  takes<SandboxOptions>(unset<SandboxOptions>());
  takes<Fault>(unset<Fault>());
}

declare const signal: AbortSignal | undefined;
declare const nickname: string | undefined;
declare const number: number | undefined;

export async function settingsThatMayNotBeSet(): Promise<void> {
  const chat = new ChatAdmin({ baseUrl: "", app: "o#a", auth: { appId: "", appCertificate: "", expire: number }, timeout: number, limits: { maxWait: number } });
  await chat.users.register({ username: "amy", nickname }, { signal, timeout: number });
  await chat.users.list.all({ limit: number }).toArray({ limit: number });
  await chat.files.upload({ file: { data: new Uint8Array(), filename: nickname, contentType: nickname } });
  await chat.messages.users.send({ from: nickname, to: ["ben"], type: "txt", body: { msg: "hi" }, ext: undefined });
  await chat.request({ method: "GET", path: "/x", body: undefined, headers: undefined, query: undefined });
  const { clock, faults } = await createSandbox({ apps: [{ org: nickname, appId: nickname }], seed: undefined });
  await clock({ advance: number });
  await faults.add({ kind: undefined, rate: number });
  await constructEvent("", "secret", { tolerance: number, seen: memory({ max: number }) });
  allow({ payload: undefined, priority: undefined });
}

export async function bytesAreBytes(chat: ChatAdmin): Promise<void> {
  const file = await chat.files.download({ file_uuid: "x" });
  const bytes: Bytes = await file.bytes();
  bytes satisfies Uint8Array<ArrayBuffer>;
  void new Blob([bytes]);
  void new Response(bytes);
  void new Response(file.stream());
  void crypto.subtle.digest("SHA-256", bytes);
  for await (const chunk of file.stream()) chunk satisfies Uint8Array;
}

export function testsMayReplace(chat: ChatAdmin, get: ChatAdmin["users"]["get"]): void {
  chat.users.get = get;
  chat.groups.mutes.add = Object.assign(chat.groups.mutes.add, {});
  get satisfies Method<{ username: string }, unknown>;
  // @ts-expect-error: a method of another operation is none
  chat.users.get = chat.groups.mutes.add;
}

export function everyFetchFits(): Fetch[] {
  return [
    fetch,
    (url, init) => fetch(url, init),
    async (url: string | URL | Request, init?: RequestInit) => fetch(url, init),
    async () => ({ status: 404, headers: { get: () => null }, text: async () => "{}" }),
    async (_, { method, headers }) => Response.json({ method, type: headers["content-type"] }),
    // @ts-expect-error: an answer has a status
    async () => ({ headers: new Headers(), text: async () => "" }),
  ];
}

export function headersOfAnyMake(): CallOptions[] {
  return [{ headers: { a: "b", c: undefined } }, { headers: new Headers() }, { headers: new Map([["a", "b"]]) }, { headers: [["a", "b"]] }];
}

export function handlers(options: HandlerOptions): void {
  handler(options) satisfies (request: Request) => Promise<Response>;
  nodeHandler({ ...options, onError: undefined });
  // @ts-expect-error: no request
  void nodeHandler(options)({}, { writeHead: () => ({ end() {} }) });
}
