// Calls, the comforts around them, and what comes back.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ChatAdmin, ChatError, agora, catalog, easemob, failure, json, startSandbox, startServer } from "./support.mjs";

const sandbox = await startSandbox();
beforeEach(() => sandbox.reset());

test("users come, are seen, and go", async () => {
  const chat = sandbox.client();
  const amy = await chat.users.register({ username: "amy", password: "secret" });
  assert.equal(amy.username, "amy");
  assert.equal(Object.getPrototypeOf(amy), Object.prototype, "results are plain objects");
  const many = await chat.users.registerMany({ users: [{ username: "amy", password: "x" }, { username: "bob", password: "x" }] });
  assert.deepEqual(many.entities.map((u) => u.username), ["bob"]);
  assert.equal(many.data[0].username, "amy");
  assert.equal((await chat.users.deactivate({ username: "bob" })).activated, false);
  assert.equal(await chat.users.activate({ username: "bob" }), undefined);
  assert.equal((await chat.users.get({ username: "bob" })).activated, true);
  await chat.users.delete({ username: "amy" });
  assert.equal((await failure(chat.users.get({ username: "amy" }))).status, 404);
});

test("both ways to prove who calls", async () => {
  for (const auth of [agora, easemob]) {
    const { items } = await sandbox.client({ auth }).users.list();
    assert.deepEqual(items, []);
  }
});

test("an app by key, names and id", async () => {
  for (const app of ["demo#chat", { org: "demo", name: "chat" }, { id: agora.appId }]) {
    assert.deepEqual(await sandbox.client({ app }).users.list(), { items: [] });
  }
});

test("every operation of the catalogue is a method", () => {
  const chat = sandbox.client();
  for (const { id, paging, batch } of catalog.operations) {
    const method = id.split(".").reduce((at, name) => at[name], chat);
    assert.equal(typeof method, "function", id);
    assert.equal(typeof method.prepare, "function", id);
    assert.equal(typeof method.all, paging ? "function" : "undefined", id);
    assert.equal(typeof method.each, batch ? "function" : "undefined", id);
  }
  assert.equal(chat.users.get, chat.users.get);
  assert.ok(Object.keys(chat).includes("users"));
  assert.ok(Object.keys(chat.users).includes("get"));
});

test("methods can be replaced by mocks", async () => {
  const chat = sandbox.client();
  chat.users.get = async () => "mocked";
  assert.equal(await chat.users.get(), "mocked");
});

test("withResponse gives the status, the headers and the attempts", async () => {
  const chat = sandbox.client();
  const { data, response, attempts } = await chat.users.list().withResponse();
  assert.deepEqual(data, { items: [] });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type"), /json/);
  assert.match(response.url, /\/demo\/chat\/users/);
  assert.equal(attempts, 1);
});

test("call runs an operation by its id", async () => {
  const chat = sandbox.client();
  await chat.call("users.register", { username: "amy", password: "x" });
  assert.equal((await chat.call("users.get", { username: "amy" })).username, "amy");
});

test("request sends what the table does not know", async () => {
  const chat = sandbox.client();
  await chat.users.register({ username: "amy", password: "x" });
  const whole = await chat.request({ method: "GET", path: "/users/amy" });
  assert.equal(whole.entities[0].username, "amy");
  const { requests, client } = await startServer((_, response) => json(response, { ok: true }));
  const answer = await client().request({ method: "POST", path: "/a/b", query: { x: "1 2", y: "&" }, body: { k: [1] }, headers: { "X-Own": "yes" } });
  assert.deepEqual(answer, { ok: true });
  const [request] = requests;
  assert.equal(request.url, "/demo/chat/a/b?x=1+2&y=%26");
  assert.equal(request.body, '{"k":[1]}');
  assert.equal(request.headers["x-own"], "yes");
  assert.equal(request.headers.authorization, "Bearer t");
});

test("prepare shows the request and sends nothing", async () => {
  const { requests, client } = await startServer((_, response) => json(response, {}));
  const request = await client().users.register.prepare({ username: "amy", password: "it's secret" });
  assert.equal(request.operation, "users.register");
  assert.equal(request.method, "POST");
  assert.match(request.url, /\/demo\/chat\/users$/);
  assert.equal(request.headers.authorization, "Bearer ***");
  assert.deepEqual(JSON.parse(request.body), { username: "amy", password: "***" });
  assert.match(request.toCurl(), /^curl -X POST 'http/);
  assert.doesNotMatch(JSON.stringify(request) + request.toCurl(), /it's secret/);
  const open = await client().users.registerOpen.prepare({ username: "amy", password: "x" });
  assert.equal(open.headers.authorization, undefined);
  assert.equal((await failure(client().users.get.prepare({}))).kind, "invalid");
  assert.equal(requests.length, 0);
});

test("path parameters cannot leave their place", async () => {
  const { requests, client } = await startServer((_, response) => json(response, { entities: [{}] }));
  await client().users.get({ username: "a/../b?c#d%2e é" });
  assert.equal(requests[0].url, "/demo/chat/users/a%2F..%2Fb%3Fc%23d%252e%20%C3%A9");
});

test("large integers keep their digits, strings stay strings, and __proto__ is data", async () => {
  const text = '{"entities":[{"username":"amy","n":968120369184112182,"m":-9007199254740993,"s":"968120369184112182","small":12,"f":1.5,"__proto__":{"x":1}}]}';
  const { client } = await startServer((_, response) => json(response, text));
  const user = await client().users.get({ username: "amy" });
  assert.deepEqual([user.n, user.m, user.s, user.small, user.f], ["968120369184112182", "-9007199254740993", "968120369184112182", 12, 1.5]);
  assert.ok(Object.hasOwn(user, "__proto__"));
  assert.equal(user.x, undefined);
});

test("large integers keep their digits wherever in a long answer they stand", async () => {
  let text = "";
  const chat = sandbox.client({ fetch: async () => new Response(text) });
  for (const filler of ["x", "é", "😀"]) {
    // An answer is looked through in pieces of 16,384: every place around the first two seams.
    for (const seam of [16_384, 32_753]) {
      for (let at = seam - 60; at < seam + 20; at++) {
        const head = `{"entities":[{"username":"${filler.repeat(at / filler.length)}","n":`;
        text = `${head}9007199254740993},{"username":"amy","s":"9007199254740993"}]}`;
        const [user, amy] = (await chat.users.list()).items;
        assert.deepEqual([user.n, amy.s], ["9007199254740993", "9007199254740993"], `${filler} ${at}`);
      }
    }
  }
});

test("members that the platform adds later come through", async () => {
  const { client } = await startServer((_, response) => json(response, { entities: [{ username: "amy", brand_new: { a: [1] } }] }));
  assert.deepEqual((await client().users.get({ username: "amy" })).brand_new, { a: [1] });
});

test("bigint parameters are written as numbers", async () => {
  const { requests, client } = await startServer((_, response) => json(response, { data: {} }));
  await client().mutes.set({ username: "amy", chat: 60n });
  assert.deepEqual(JSON.parse(requests[0].body), { username: "amy", chat: 60 });
});

test("headers of the client and of the call, the call's first", async () => {
  const { requests, client } = await startServer((_, response) => json(response, {}));
  await client({ headers: { "X-A": "1", "X-B": "1" } }).users.list({}, { headers: new Headers({ "x-b": "2" }) });
  assert.equal(requests[0].headers["x-a"], "1");
  assert.equal(requests[0].headers["x-b"], "2");
});

test("an older form, per call and per client", async () => {
  const { requests, client } = await startServer((_, response) => json(response, { data: { result: true } }));
  await client().users.disconnect({ username: "amy" });
  await client().users.disconnect({ username: "amy" }, { form: "POST" });
  await client({ forms: { "users.disconnect": "POST" } }).users.disconnect({ username: "amy" });
  assert.deepEqual(requests.map((r) => r.method), ["GET", "POST", "POST"]);
  assert.equal((await failure(client().users.disconnect({ username: "amy" }, { form: "PUT" }))).kind, "invalid");
});

test("a caller's own fetch, per client and per call", async () => {
  const answer = (name) => async () => new Response(JSON.stringify({ entities: [{ username: name }] }));
  const chat = sandbox.client({ fetch: answer("client") });
  assert.equal((await chat.users.get({ username: "x" })).username, "client");
  assert.equal((await chat.users.get({ username: "x" }, { fetch: answer("call") })).username, "call");
  const duck = { status: 200, ok: true, url: "", headers: new Headers(), text: async () => '{"entities":[{"username":"duck"}]}' };
  assert.equal((await sandbox.client({ fetch: () => duck }).users.get({ username: "x" })).username, "duck");
  const { status, text } = duck;
  assert.equal((await sandbox.client({ auth: { token: async () => "t" }, fetch: () => ({ status, text }) }).users.get({ username: "x" })).username, "duck");
});

test("a caller's own fetch can spread what it is given, at every attempt", async () => {
  const seen = [];
  const own = async (url, init) => {
    seen.push({ ...init, headers: { ...init.headers, "x-own": "yes" } });
    return new Response('{"entities":[{}]}', seen.length < 3 ? { status: 503, headers: { "retry-after": "0" } } : {});
  };
  await sandbox.client({ auth: { token: "t" }, fetch: own }).users.register({ username: "amy", password: "x" });
  assert.equal(seen.length, 3);
  for (const { method, headers, body, signal, redirect, cache } of seen) {
    assert.deepEqual([method, body, redirect, cache], ["POST", '{"password":"x","username":"amy"}', "manual", "no-store"]);
    assert.match(headers["user-agent"], /^agora-chat-admin\/\d+\.\d+\.\d+\S* node\/\d+/);
    delete headers["user-agent"];
    assert.deepEqual(headers, { accept: "application/json", "content-type": "application/json", authorization: "Bearer t", "x-own": "yes" });
    assert.ok(signal instanceof AbortSignal && !signal.aborted);
  }
});

test("a caller's own fetch hears of a timeout and of an abort", async () => {
  const signals = [];
  const own = (_, { signal }) => new Promise((_, reject) => {
    signals.push(signal);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const chat = sandbox.client({ auth: { token: "t" }, fetch: own, retries: 1 });
  assert.equal((await failure(chat.users.list({}, { timeout: 20 }))).kind, "timeout");
  assert.equal((await failure(chat.users.list({}, { signal: AbortSignal.timeout(20) }))).kind, "aborted");
  assert.deepEqual(signals.map(({ aborted }) => aborted), [true, true, true]);
});

test("many calls at once, and one token for all", async () => {
  let asked = 0;
  const { client, requests } = await startServer((request, response) => {
    setTimeout(() => json(response, { entities: [{ username: request.url.split("/").pop() }] }), Math.random() * 20);
  });
  const token = async () => {
    asked++;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { token: "t", expires_in: 3600 };
  };
  const chat = client({ auth: { token } });
  const names = Array.from({ length: 200 }, (_, i) => `user${i}`);
  const users = await Promise.all(names.map((username) => chat.users.get({ username })));
  assert.deepEqual(users.map((u) => u.username), names);
  assert.equal(asked, 1);
  assert.equal(requests.length, 200);
});

test("a configuration that does not fit is refused at once", () => {
  const good = { baseUrl: "https://a61.chat.agora.io", app: "o#a", auth: { token: "t" } };
  assert.ok(new ChatAdmin(good));
  const cases = [
    [undefined, "baseUrl"],
    [null, undefined],
    [{ ...good, baseUrl: undefined }, "baseUrl"],
    [{ ...good, baseUrl: "a61.chat.agora.io" }, "baseUrl"],
    [{ ...good, app: "oa" }, "app"],
    [{ ...good, app: { org: "o" } }, "app"],
    [{ ...good, auth: undefined }, "auth"],
    [{ ...good, auth: { appId: "x" } }, "auth.appCertificate"],
    [{ ...good, auth: { clientId: "x", clientSecret: 1 } }, "auth.clientSecret"],
    [{ ...good, auth: { ...agora, expire: 100_000 } }, "auth.expire"],
    [{ ...good, dialect: "german" }, "dialect"],
    [{ ...good, timeout: -1 }, "timeout"],
    [{ ...good, retries: 1.5 }, "retries"],
    [{ ...good, fetch: "fetch" }, "fetch"],
    [{ ...good, baseURL: "x" }, "baseURL"],
  ];
  for (const [options, field] of cases) {
    assert.throws(() => new ChatAdmin(options), (error) => {
      assert.ok(error instanceof ChatError);
      assert.deepEqual([error.kind, error.field], ["invalid", field]);
      return true;
    });
  }
});

test("credentials that were never set are told of as such", () => {
  const make = (auth) => () => new ChatAdmin({ baseUrl: "https://a61.chat.agora.io", app: "o#a", auth });
  assert.throws(make({ appId: "", appCertificate: "x" }), /auth\.appId must be a string: it is missing.*environment variable/);
  assert.throws(make({ clientId: "x", clientSecret: undefined }), /auth\.clientSecret must be a string: it is missing/);
  assert.throws(make({ token: 7 }), /auth\.token must be a string$/);
});

test("plain http is for this machine only", async () => {
  const chat = new ChatAdmin({ baseUrl: "http://a1.easemob.com", app: "o#a", auth: { token: "t" } });
  const error = await failure(chat.users.list());
  assert.equal(error.kind, "invalid");
  assert.match(error.message, /https/);
});

test("secrets are refused in a browser", () => {
  const globals = /** @type {any} */ (globalThis);
  Object.assign(globals, { window: globals, document: {} });
  try {
    const options = { baseUrl: "https://a61.chat.agora.io", app: "o#a" };
    assert.throws(() => new ChatAdmin({ ...options, auth: agora }), /everyone can read/);
    assert.throws(() => new ChatAdmin({ ...options, auth: easemob }), /everyone can read/);
    assert.ok(new ChatAdmin({ ...options, auth: agora, dangerouslyAllowBrowser: true }));
    assert.ok(new ChatAdmin({ ...options, auth: { token: "t" } }));
    assert.ok(new ChatAdmin({ ...options, baseUrl: "http://localhost:8080", auth: agora }));
  } finally {
    delete globals.window;
    delete globals.document;
  }
});
