// Compiled with `tsc --strict`, never run: right calls compile, wrong ones do not.
import { ChatAdmin, ChatError, buildUserToken, type Checkpoint, type HistoryMessage, type Page, type User } from "agora-chat-admin";
import { createSandbox, type JournalEntry } from "agora-chat-admin/sandbox";
import { create } from "agora-chat-admin/slim";

const chat = new ChatAdmin({ baseUrl: "https://a61.chat.agora.io", app: "o#a", auth: { token: async () => ({ token: "t", expires_in: 60 }) } });

export async function right(): Promise<void> {
  const user: User = await chat.users.register({ username: "amy", password: "x" });
  const page: Page<User> = await chat.users.list();
  const { data, response, attempts } = await chat.users.get({ username: user.username }).withResponse();
  const status: number = response.status;
  for await (const { username } of chat.users.list.all({ limit: 10 })) username.toUpperCase();
  for await (const outcome of chat.users.registerMany.each({ users: [{ username: "a" }] }, { concurrency: 2 })) {
    if (outcome.ok) outcome.data.entities.map((u) => u.username);
    else outcome.error.kind satisfies string;
  }
  const run = chat.groups.mutes.add.each({ group_id: "1", mute_duration: -1, usernames: new Set(["amy"]) }, { onProgress: ({ done, checkpoint }) => void [done, checkpoint.done] });
  for await (const { items, indexes } of run) items[indexes.length]?.toUpperCase();
  const checkpoint: Checkpoint = JSON.parse(JSON.stringify(run.checkpoint));
  run.pause();
  chat.groups.mutes.add.each({ group_id: "1", mute_duration: -1, usernames: (async function* () { yield "amy"; })() }, { resume: { ...checkpoint, failed: [] } });
  for await (const { payload, timestamp } of chat.messages.history.read({ time: "2018112717" }, { onDownloadProgress: ({ loaded }) => void loaded })) {
    const [content] = payload.bodies;
    if (content?.type === "txt") content.msg.toUpperCase();
    timestamp.toFixed();
  }
  const history: HistoryMessage[] = await chat.messages.history.read({ time: "2018112717" }).toArray({ limit: 3 });
  history[0]?.msg_id.toUpperCase();
  const file = { data: new Blob([]).stream(), filename: "a.png", contentType: "image/png" };
  await chat.files.upload({ file }, { onUploadProgress: ({ loaded, total = loaded }) => void (loaded / total) });
  await chat.call("users.get", { username: "amy" });
  const listed = await chat.call("users.list");
  listed.items[0]?.username.toUpperCase();
  const raw = await chat.request<{ data: string[] }>({ method: "GET", path: "/chatgroups/x/roles" });
  raw.data.map((s) => s.length);
  const prepared = await chat.mutes.set.prepare({ username: "amy", chat: -1 });
  prepared.toCurl().length;
  const token: string = await buildUserToken({ appId: "", appCertificate: "", userUuid: "" });
  const slim = create(fetch("/core_bg.wasm"));
  const other = new slim.ChatAdmin({ baseUrl: "", app: { id: "x" }, auth: "none", logger: console });
  try {
    await other.users.get({ username: token }, { signal: AbortSignal.timeout(10), timeout: 5, onRetry: ({ delay }) => void delay });
  } catch (error) {
    if (error instanceof ChatError && error.kind === "service") error.code?.length;
  }
  void [page, data, attempts, status];
}

export async function inProcess(): Promise<JournalEntry[]> {
  const sandbox = await createSandbox({ apps: ["o#a", { org: "o", dialect: "easemob" }], seed: [{ op: "users.register", params: {} }] });
  await new ChatAdmin(sandbox.options()).users.list();
  new ChatAdmin({ baseUrl: sandbox.url, app: "o#a", auth: "none", fetch: sandbox.fetch });
  const { id } = await sandbox.faults.add({ kind: "half", operation: "users.*", rate: 0.5 });
  await sandbox.faults.clear(id);
  const { now } = await sandbox.clock({ at: new Date() });
  // @ts-expect-error: no such kind
  void sandbox.faults.add({ kind: "explode" });
  return sandbox.journal({ operation: "users.get", after: now });
}

export function wrong(): void {
  // @ts-expect-error: a text is no list of user IDs
  chat.groups.mutes.add.each({ group_id: "1", mute_duration: -1, usernames: "amy" });
  // @ts-expect-error: numbers are no user IDs
  chat.groups.mutes.add.each({ group_id: "1", mute_duration: -1, usernames: [1] });
  // @ts-expect-error: mute_duration is required
  chat.groups.mutes.add.each({ group_id: "1", usernames: ["amy"] });
  // @ts-expect-error: an image has no msg
  chat.messages.users.send.each({ from: "amy", to: ["ben"], type: "img", body: { msg: "x" } });
  // @ts-expect-error: no such option
  chat.groups.mutes.add.each({ group_id: "1", mute_duration: -1, usernames: ["amy"] }, { resume: "x" });
  // @ts-expect-error: username is required
  void chat.users.get({});
  // @ts-expect-error: parameters are required
  void chat.users.get();
  // @ts-expect-error: not a string
  void chat.users.get({ username: 7 });
  // @ts-expect-error: no such parameter
  void chat.users.get({ username: "amy", colour: "red" });
  // @ts-expect-error: no such operation
  void chat.call("users.nope", {});
  // @ts-expect-error: parameters are required
  void chat.call("users.get");
  // @ts-expect-error: the hour is required
  void chat.messages.history.read({});
  // @ts-expect-error: no such kind of message
  void chat.messages.history.read({ time: "" }).toArray().then(([m]) => m?.payload.bodies[0]?.type === "smoke");
  // @ts-expect-error: not a file
  void chat.files.upload({ file: "text" });
  // @ts-expect-error: not told of an upload that way
  void chat.files.upload({ file: new Blob([]) }, { onUploadProgress: (percent: string) => void percent });
  // @ts-expect-error: does not page
  void chat.users.get.all({});
  // @ts-expect-error: half of what proves who calls
  void new ChatAdmin({ baseUrl: "", app: "o#a", auth: { appId: "" } });
  // @ts-expect-error: no such kind
  void (new Error() as ChatError).kind.includes(7);
}

/** An app's own error, which passes for one of ours. */
export class AppError extends ChatError {
  readonly ticket: number;
  constructor(ticket: number, cause: ChatError) {
    super({ kind: cause.kind, message: cause.message, status: cause.status, cause });
    this.ticket = ticket;
  }
}

export function own(error: unknown) {
  const passes: ChatError | undefined = error instanceof AppError ? error : undefined;
  void passes;
  if (error instanceof AppError) return [error.ticket, error.kind === "service", error.status?.toFixed(), error.operation];
  // What is left is told apart by its kind still.
  if (error instanceof ChatError && error.kind === "service") return [error.status.toFixed()];
  if (error instanceof ChatError && error.kind === "timeout") {
    const field: undefined = error.field;
    return [field];
  }
  return [];
}

/** Errors are told apart by their kind, and tests can make one. */
export function errors(error: unknown) {
  if (!(error instanceof ChatError)) throw error;
  if (error.kind === "service") {
    const status: number = error.status;
    const code: boolean = error.code === "unauthorized" || error.code === "made_up";
    return [status, code, error.headers?.get("x-request-id"), error.retryAfter];
  }
  if (error.kind === "invalid") {
    const [field, status]: [string | undefined, undefined] = [error.field, error.status];
    return [field, status];
  }
  const made = new ChatError({ kind: "service", message: "made by a test", status: 404 });
  const status: number = made.status;
  const late: "timeout" = new ChatError({ kind: "timeout", message: "late" }).kind;
  // @ts-expect-error: it is made of details
  void new ChatError("text");
  // @ts-expect-error: no such kind
  void new ChatError({ kind: "odd", message: "x" });
  return [status, late, error.unknown, error.attempts];
}

/** A view takes what a call may have, and headers of any make. */
export function view(chat: ChatAdmin, signal: AbortSignal | undefined): ChatAdmin {
  const other: ChatAdmin = chat.withOptions({ timeout: 5_000, deadline: undefined, logLevel: "warn", headers: new Map([["x-a", "1"]]) });
  void other.users.get({ username: "amy" }, { signal, deadline: 10_000, headers: [["x-b", undefined]] });
  void other.request({ method: "GET", path: "/x", query: { a: 1, b: undefined } });
  // @ts-expect-error: a view has its client's token
  return chat.withOptions({ auth: "none" });
}
