// The sandbox in this process: the same platform as the program, with no socket.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import net from "node:net";
import { test } from "node:test";
import { ChatAdmin, buildAppToken, catalog, entry, failure, settled, unhandled } from "./support.mjs";

const { createSandbox } =
  entry === "cjs" ? createRequire(import.meta.url)("agora-chat-admin/sandbox") : await import("agora-chat-admin/sandbox");

// Whatever reaches for the network fails.
net.Socket.prototype.connect = () => {
  throw new Error("a socket was opened");
};

const people = (...names) => names.map((username) => ({ op: "users.register", params: { username, password: "secret" } }));

/** A sandbox and a client of its first app. */
async function start(options) {
  const sandbox = await createSandbox(options);
  return { sandbox, chat: new ChatAdmin(sandbox.options()) };
}

const names = async (chat) => (await chat.users.list.all().toArray()).map((user) => user.username).sort();

test("the quick start, without a socket", async () => {
  const sandbox = await createSandbox();
  const { auth } = sandbox.options();
  const chat = new ChatAdmin({ baseUrl: sandbox.url, app: "demo#chat", auth, fetch: sandbox.fetch });
  const users = ["amy", "ben"].map((username) => ({ username, password: "secret" }));
  assert.equal((await chat.users.registerMany({ users })).entities.length, 2);
  assert.deepEqual(await names(chat), ["amy", "ben"]);
  const group = { groupname: "Climbers", description: "Routes", public: true, owner: "amy", members: ["ben"] };
  const { groupid } = await chat.groups.create(group);
  assert.equal((await chat.groups.get({ group_ids: [groupid] }))[0].name, "Climbers");
  const sent = await chat.messages.users.send({ from: "amy", to: ["ben"], type: "txt", body: { msg: "Saturday?" } });
  assert.match(sent.ben, /^\d{19}$/, "an id beyond 2^53 keeps its digits");
  await chat.mutes.set({ username: "ben", groupchat: 600 });
  assert.equal((await chat.mutes.get({ username: "ben" })).groupchat, 600);
  const error = await failure(chat.users.register({ username: "amy", password: "again" }));
  assert.deepEqual([error.kind, error.status, error.code], ["service", 400, "duplicate_unique_property_exists"]);
  await chat.users.delete({ username: "ben" });
  assert.deepEqual(await names(chat), ["amy"]);
});

test("credentials are checked as on the platform", async () => {
  const { sandbox } = await start();
  const wrong = { ...sandbox.options(), auth: { ...sandbox.options().auth, appCertificate: "0".repeat(32) } };
  assert.equal((await failure(new ChatAdmin(wrong).users.list())).status, 401);
  const token = await buildAppToken(sandbox.options().auth);
  assert.deepEqual(await names(new ChatAdmin({ ...sandbox.options(), auth: { token } })), []);
  assert.equal((await failure(new ChatAdmin({ ...sandbox.options(), app: "demo#other" }).users.list())).status, 404);
});

test("two sandboxes know nothing of each other", async () => {
  const [one, other] = [await start({ seed: people("amy") }), await start({ seed: people("zoe") })];
  await one.sandbox.faults.add({ operation: "users.get" });
  assert.deepEqual(await names(one.chat), ["amy"]);
  assert.deepEqual(await names(other.chat), ["zoe"]);
  assert.equal((await other.chat.users.get({ username: "zoe" })).username, "zoe");
  assert.deepEqual(await other.sandbox.journal({ status: 500 }), []);
});

test("apps of one sandbox, each with its own users, dialect and credentials", async () => {
  const own = { org: "two", name: "b", dialect: "easemob", clientId: "mine", clientSecret: "hidden" };
  const sandbox = await createSandbox({ apps: ["one#a", own], seed: people("amy") });
  const [a, b] = [new ChatAdmin(sandbox.options()), new ChatAdmin(sandbox.options("two#b"))];
  assert.equal(await sandbox.seed(people("ben", "carl"), { app: "two#b" }), 2);
  assert.deepEqual([await names(a), await names(b)], [["amy"], ["ben", "carl"]]);
  assert.deepEqual(sandbox.options("two#b").auth, { clientId: "mine", clientSecret: "hidden" });
  assert.throws(() => sandbox.options("two#c"), /no app two#c/);
  await assert.rejects(createSandbox({ apps: ["nameless"] }), /must be "org#app"/);
});

test("the Easemob dialect", async () => {
  const { sandbox, chat } = await start({ dialect: "easemob" });
  assert.deepEqual(Object.keys(sandbox.options().auth), ["clientId", "clientSecret"]);
  await chat.users.register({ username: "amy", password: "secret" });
  assert.deepEqual((await sandbox.journal()).map((e) => e.operation), ["tokens.app.create", "users.register"]);
  // What is too large for one message, each vendor refuses in its own words.
  const message = { from: "amy", to: ["amy"], type: "txt", body: { msg: "x".repeat(6_000) } };
  const refused = async (chat) => (await failure(chat.messages.users.send(message))).status;
  assert.deepEqual([await refused(chat), await refused((await start()).chat)], [400, 413]);
});

test("seeds: an array, JSON lines, and which line is wrong", async () => {
  const { sandbox, chat } = await start();
  assert.equal(await sandbox.seed(people("amy", "ben")), 2);
  assert.equal(await sandbox.seed('{"op":"users.register","params":{"username":"carl","password":"x"}}\n\n'), 1);
  await assert.rejects(sandbox.seed([...people("dora"), { op: "users.nope" }]), /line 2: there is no operation users.nope/);
  assert.deepEqual(await names(chat), ["amy", "ben", "carl", "dora"]);
  await sandbox.reset();
  assert.deepEqual(await names(chat), []);
  await assert.rejects(createSandbox({ seed: "no JSON" }), /line 1/);
});

test("a snapshot brings back what was there", async () => {
  const { sandbox, chat } = await start({ seed: people("amy") });
  await sandbox.snapshot();
  await chat.users.delete({ username: "amy" });
  await sandbox.seed(people("ben"));
  await sandbox.snapshot("later & more");
  await sandbox.restore();
  assert.deepEqual(await names(chat), ["amy"]);
  await sandbox.restore("later & more");
  assert.deepEqual(await names(chat), ["ben"]);
  await assert.rejects(sandbox.restore("never"), /no snapshot never/);
});

test("a clock that stands still, and moves on", async () => {
  const { sandbox, chat } = await start({ seed: people("amy") });
  const { now, frozen } = await sandbox.clock({ freeze: true });
  assert.equal(frozen, true);
  await chat.mutes.set({ username: "amy", chat: 600 });
  assert.equal((await chat.mutes.get({ username: "amy" })).chat, 600);
  assert.equal((await sandbox.clock({ advance: 599_000 })).now, now + 599_000);
  assert.equal((await chat.mutes.get({ username: "amy" })).chat, 1);
  await sandbox.clock({ advance: 1_000 });
  assert.equal((await chat.mutes.get({ username: "amy" })).chat, 0);
  const at = new Date("2031-01-01T00:00:00Z");
  assert.equal((await sandbox.clock({ at })).now, Number(at));
  assert.equal((await failure(chat.users.list())).status, 401, "tokens are past their time by then");
  await sandbox.reset();
  assert.equal((await sandbox.clock()).frozen, false);
});

test("faults of status and content", async () => {
  const { sandbox, chat } = await start({ seed: people("amy") });
  const get = () => chat.users.get({ username: "amy" }, { retries: 0 });
  await sandbox.faults.add({ operation: "users.get", status: 429, error: "reach_limit", times: 1 });
  assert.equal((await chat.users.get({ username: "amy" }).withResponse()).attempts, 2);
  assert.deepEqual((await sandbox.faults.list()).map((f) => f.hits), [1]);
  await sandbox.faults.clear();
  const { id } = await sandbox.faults.add({ operation: "users.*", kind: "html" });
  assert.deepEqual(await get().catch((e) => [e.kind, e.status]), ["service", 502]);
  await sandbox.faults.clear(id);
  await sandbox.faults.add({ path: "/users/amy", kind: "malformed", times: 1 });
  assert.equal((await failure(get())).kind, "decode");
  assert.equal((await get()).username, "amy");
  await assert.rejects(sandbox.faults.add({ operation: "users.nope" }), /no operation users.nope/);
  await assert.rejects(sandbox.faults.add({ kind: "nope" }), /does not fit/);
});

test("a connection that is closed", async () => {
  const { sandbox, chat } = await start({ seed: people("amy") });
  await sandbox.faults.add({ kind: "reset", times: 1 });
  await assert.rejects(sandbox.fetch(`${sandbox.url}/demo/chat/users`), TypeError);
  await sandbox.faults.clear();
  await sandbox.faults.add({ kind: "reset", times: 1 });
  assert.equal((await chat.users.get({ username: "amy" }).withResponse()).attempts, 2, "reading again is harmless");
  await sandbox.faults.clear();
  await sandbox.faults.add({ kind: "reset" });
  const error = await failure(chat.messages.users.send({ from: "amy", to: ["amy"], type: "txt", body: { msg: "" } }));
  assert.deepEqual([error.kind, error.attempts], ["network", 1], "a message might arrive twice");
});

test("half an answer", async () => {
  const { sandbox, chat } = await start({ seed: people("amy") });
  const token = await buildAppToken(sandbox.options().auth);
  const init = { headers: { authorization: `Bearer ${token}` } };
  const url = `${sandbox.url}/demo/chat/users/amy`;
  const whole = await (await sandbox.fetch(url, init)).text();
  await sandbox.faults.add({ kind: "half" });
  const response = await sandbox.fetch(url, init);
  assert.equal(response.status, 200);
  assert.equal(Number(response.headers.get("content-length")), whole.length);
  const reader = response.body.getReader();
  const { value } = await reader.read();
  assert.equal(new TextDecoder().decode(value).slice(0, 10), whole.slice(0, 10));
  assert.equal(value.length, whole.length >> 1);
  await assert.rejects(reader.read(), TypeError);
  const error = await failure(chat.users.get({ username: "amy" }, { retries: 0 }));
  assert.equal(error.kind, "network");
});

test("an answer that is held back, and callers who do not wait for it", async () => {
  const { sandbox, chat } = await start({ seed: people("amy") });
  const done = [];
  await sandbox.faults.add({ kind: "delay", operation: "users.get", delay: 50 });
  await Promise.all([
    chat.users.get({ username: "amy" }).then((user) => done.push(user.username)),
    chat.users.list().then(() => done.push("the list")),
  ]);
  assert.deepEqual(done, ["the list", "amy"]);
  await sandbox.faults.add({ kind: "delay", operation: "users.list", delay: 3_600_000 });
  assert.equal((await failure(chat.users.list({}, { timeout: 20, retries: 0 }))).kind, "timeout");
  const controller = new AbortController();
  const call = chat.users.list({}, { signal: controller.signal });
  await settled();
  controller.abort();
  assert.equal((await failure(call)).kind, "aborted");
  const own = sandbox.fetch(`${sandbox.url}/__sandbox/health`, { signal: AbortSignal.abort(new Error("mine")) });
  await assert.rejects(own, /mine/);
});

test("the journal: what was asked, and why it was not understood", async () => {
  const { sandbox, chat } = await start();
  await chat.users.register({ username: "amy", password: "hush" });
  await failure(chat.users.get({ username: "ben" }));
  await failure(chat.request({ method: "PUT", path: "/users/amy/nothing" }));
  const [registered, missing, unrouted] = await sandbox.journal();
  assert.deepEqual([registered.operation, registered.status, registered.app], ["users.register", 200, "demo#chat"]);
  assert.equal(JSON.stringify(registered).includes("hush"), false);
  assert.equal(missing.error, "service_resource_not_found");
  assert.equal(unrouted.operation, null);
  assert.equal(typeof unrouted.near_miss, "string");
  assert.deepEqual((await sandbox.journal({ operation: "users.get", status: 404 })).map((e) => e.id), [missing.id]);
  assert.deepEqual((await sandbox.journal({ after: missing.id })).map((e) => e.id), [unrouted.id]);
  assert.deepEqual((await sandbox.journal({ target: "/users/ben" })).map((e) => e.id), [missing.id]);
});

test("files go in and come out", async () => {
  const { chat } = await start();
  const bytes = Uint8Array.from({ length: 5_000 }, (_, i) => i % 256);
  for (const file of [new Blob([bytes], { type: "image/png" }), new Blob([bytes]).stream()]) {
    const { entities } = await chat.files.upload({ file });
    const answer = await chat.files.download({ file_uuid: entities[0].uuid });
    assert.deepEqual(await answer.bytes(), bytes);
  }
});

test("bodies of every kind that fetch takes", async () => {
  const sandbox = await createSandbox({ apps: [{ openRegistration: true }] });
  const url = `${sandbox.url}/demo/chat/users`;
  const user = (username) => JSON.stringify({ username, password: "x" });
  const headers = { "content-type": "application/json" };
  const send = async (input, init) => (await sandbox.fetch(input, init)).status;
  assert.equal(await send(url, { method: "POST", headers, body: user("text") }), 200);
  assert.equal(await send(new URL(url), { method: "POST", headers, body: new TextEncoder().encode(user("bytes")) }), 200);
  assert.equal(await send(url, { method: "POST", headers, body: new Blob([user("stream")]).stream() }), 200);
  assert.equal(await send(new Request(url, { method: "POST", headers, body: user("request") })), 200);
  assert.deepEqual((await sandbox.journal()).map((e) => e.params.username), ["text", "bytes", "stream", "request"]);
  const preflight = await sandbox.fetch(url, { method: "OPTIONS" });
  assert.deepEqual([preflight.status, preflight.body], [204, null]);
});

test("documented rates are kept, unless it is loose", async () => {
  const [{ count: most }] = catalog.operations.find((o) => o.id === "users.get").rates;
  const ask = async (options) => {
    const sandbox = await createSandbox({ ...options, seed: people("amy") });
    await sandbox.clock({ freeze: true });
    const init = { headers: { authorization: `Bearer ${await buildAppToken(sandbox.options().auth)}` } };
    const answers = Array.from({ length: most + 1 }, () => sandbox.fetch(`${sandbox.url}/demo/chat/users/amy`, init));
    return (await Promise.all(answers)).map((answer) => answer.status).filter((status) => status !== 200);
  };
  assert.deepEqual(await ask({ loose: true }), []);
  assert.deepEqual(await ask({}), [429]);
});

test("nothing is left unhandled", async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});
