// Every way to fail is a `ChatError` of the right kind, with the operation's id, and nothing is left unhandled.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createRequire } from "node:module";
import net from "node:net";
import { after, beforeEach, test } from "node:test";
import { ChatError, agora, appCertificate, appId, buildAppToken, failure, json, settled, startSandbox, startServer, unhandled } from "./support.mjs";

const sandbox = await startSandbox();
beforeEach(() => sandbox.reset());
after(async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});

const soon = { retries: 0 };

test("a framework's own errors are known by their digest, as Next's are that ask for a page to be made at each request", async () => {
  let times = 0;
  const reason = Object.assign(new Error("Dynamic server usage"), { digest: "DYNAMIC_SERVER_USAGE" });
  const chat = sandbox.client({ auth: { token: "t" }, fetch: () => (times++, Promise.reject(reason)) });
  const ways = [
    () => chat.users.get({ username: "amy" }),
    () => chat.users.register({ username: "amy" }),
    () => chat.request({ method: "GET", path: "/users" }),
    () => chat.files.upload({ file: new Blob(["x"]) }),
    () => chat.files.download({ file_uuid: "x" }),
  ];
  for (const call of ways) {
    times = 0;
    const error = await failure(call());
    assert.deepEqual([error.digest, error.cause, error.kind, error.unknown], [reason.digest, reason, "invalid", false]);
    assert.match(error.message, /Dynamic server usage/);
    // It is asked for something, which another try would not give.
    assert.deepEqual([times, error.attempts], [1, 1]);
  }
});

test("an error of an app's own passes for one of ours, and not the other way round", async () => {
  class AppError extends ChatError {
    constructor(ticket, cause) {
      super({ kind: cause.kind, message: cause.message, status: cause.status, cause });
      this.ticket = ticket;
    }
  }
  const cause = new ChatError({ kind: "service", message: "no", status: 404 });
  const error = new AppError(7, cause);
  assert.ok(error instanceof AppError && error instanceof ChatError && error instanceof Error);
  assert.ok(!(cause instanceof AppError));
  assert.deepEqual([error.ticket, error.kind, error.status, error.message, error.cause], [7, "service", 404, "no", cause]);
  assert.equal(typeof (await error.help()).remedy, "string");
});

test("a bad argument is never sent", async () => {
  const chat = sandbox.client();
  const cases = [
    [() => chat.users.get({ username: 7 }), "users.get: username must be a string", "username"],
    [() => chat.users.get({}), "users.get: username is required", "username"],
    [() => chat.users.get(), "users.get: username is required", "username"],
    [() => chat.users.get({ username: ".." }), /^users\.get: username must not be .\.\../, "username"],
    [() => chat.users.get({ username: "" }), "users.get: username must not be empty", "username"],
    [() => chat.users.get({ username: "amy", color: 1 }), "users.get: color is no parameter of this operation, which takes username", "color"],
    [() => chat.users.get("amy"), "users.get: the parameters must be an object", undefined],
    [() => chat.users.registerMany({ users: [{ username: "a" }, { username: 1 }] }), "users.registerMany: users[1].username must be a string", "users[1].username"],
    [() => chat.mutes.set({ username: "amy", chat: NaN }), "mutes.set: chat must be finite", "chat"],
    [() => chat.call("users.nope", {}), /^users\.nope: there is no such operation; there are users\.register, /, undefined],
    [() => chat.call("__proto__", {}), "__proto__: there is no such operation", undefined],
    [() => chat.users.get({ username: "amy" }, { timeout: "5" }), "users.get: timeout must be a number of milliseconds above 0", "timeout"],
    [() => chat.users.get({ username: "amy" }, { retry: 1 }), "users.get: retry is no option", "retry"],
    [() => chat.users.get({ username: "amy" }, { headers: { "x y": "1" } }), /^users\.get: headers/, undefined],
    [() => chat.request({ method: "GET", path: "/../other" }), "GET /../other: path must not hold dot segments", undefined],
    [() => chat.request({ method: "BREW", path: "/x" }), /^BREW \/x: method must be one of/, "method"],
  ];
  for (const [call, message, field] of cases) {
    const error = await failure(call());
    assert.equal(error.kind, "invalid");
    if (message instanceof RegExp) assert.match(error.message, message);
    else assert.equal(error.message, message);
    assert.equal(error.field, field);
    assert.equal(error.attempts, 0);
    assert.equal(error.status, undefined);
  }
  assert.equal((await sandbox.journal()).entries?.length ?? 0, 0);
});

test("a wrong password is the platform's refusal", async () => {
  const chat = sandbox.client({ dialect: "easemob" });
  await chat.users.register({ username: "amy", password: "right" });
  const error = await failure(chat.tokens.user.createWithPassword({ username: "amy", password: "wrong" }));
  assert.equal(error.kind, "service");
  assert.equal(error.status, 400);
  assert.equal(error.code, "invalid_grant");
  assert.equal(error.operation, "tokens.user.createWithPassword");
  assert.equal(error.retryable, false);
  assert.equal(error.attempts, 1);
  for (const text of [error.message, String(error), JSON.stringify(error)]) assert.doesNotMatch(text, /wrong/);
});

test("an unknown user and one that exists already", async () => {
  const chat = sandbox.client();
  const missing = await failure(chat.users.get({ username: "nobody" }));
  assert.deepEqual([missing.kind, missing.status, missing.operation], ["service", 404, "users.get"]);
  await chat.users.register({ username: "amy", password: "x" });
  const twice = await failure(chat.users.register({ username: "amy", password: "x" }));
  assert.deepEqual([twice.status, twice.code], [400, "duplicate_unique_property_exists"]);
});

test("an expired token is 401, and a fresh one is tried once where there can be one", async () => {
  const issued = Math.floor(Date.now() / 1000) - 7200;
  const expired = await buildAppToken({ appId, appCertificate, expire: 600, issued });
  const error = await failure(sandbox.client({ auth: { token: expired } }).users.list());
  assert.deepEqual([error.kind, error.status, error.operation, error.attempts], ["service", 401, "users.list", 1]);

  const fresh = await buildAppToken({ appId, appCertificate });
  const given = [expired, fresh];
  let asked = 0;
  const chat = sandbox.client({ auth: { token: async () => given[asked++] ?? assert.fail("asked too often") } });
  const { attempts } = await chat.users.list().withResponse();
  assert.deepEqual([asked, attempts], [2, 2]);

  const always = await failure(sandbox.client({ auth: { token: () => expired } }).users.list());
  assert.deepEqual([always.status, always.attempts], [401, 2]);
});

test("calls that are refused together share one fresh token", async () => {
  let good = "first";
  const { client } = await startServer((request, response) => {
    const ok = request.headers.authorization === `Bearer ${good}`;
    setTimeout(() => json(response, ok ? { entities: [{}] } : { error: "unauthorized" }, ok ? 200 : 401), Math.random() * 20);
  });
  let asked = 0;
  const chat = client({ auth: { token: async () => (++asked, good) } });
  await chat.users.get({ username: "amy" });
  good = "second";
  const answers = await Promise.all(Array.from({ length: 20 }, () => chat.users.get({ username: "amy" }).withResponse()));
  assert.equal(asked, 2);
  assert.ok(answers.every(({ attempts }) => attempts === 2));
});

test("a token or a header that no request can carry is told, and ends nothing", async () => {
  assert.match((await failure(sandbox.client({ auth: { token: "小明" } }).users.list())).message, /printable ASCII/);
  assert.match((await failure(sandbox.client({ auth: { token: async () => "a\nb: c" } }).users.list())).message, /printable ASCII/);
  const error = await failure(sandbox.client().users.list({}, { headers: { "x-name": "小明" } }));
  assert.deepEqual([error.kind, error.message], ["invalid", "users.list: headers must hold printable ASCII only: x-name"]);
});

test("a token with one changed byte is refused", async () => {
  const token = await buildAppToken(agora);
  const at = token.length - 20;
  const changed = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
  const error = await failure(sandbox.client({ auth: { token: changed } }).users.list());
  assert.deepEqual([error.kind, error.status], ["service", 401]);
});

test("a token callback that fails", async () => {
  const chat = sandbox.client({ auth: { token: async () => Promise.reject(new Error("no back end")) } });
  const error = await failure(chat.users.list());
  assert.deepEqual([error.kind, error.operation], ["network", "users.list"]);
  assert.match(error.message, /no back end/);
  assert.equal(error.cause.message, "no back end");
  const odd = await failure(sandbox.client({ auth: { token: () => 7 } }).users.list());
  assert.equal(odd.kind, "invalid");
});

test("a dead server", async () => {
  const { url, stop, client } = await startServer(() => {});
  stop();
  const error = await failure(client({ baseUrl: url, retries: 1 }).users.get({ username: "amy" }));
  assert.deepEqual([error.kind, error.operation, error.attempts, error.status], ["network", "users.get", 2, undefined]);
  assert.match(error.message, /ECONNREFUSED/);
  assert.ok(error.cause instanceof Error);
  const unsafe = await failure(client({ baseUrl: url, retries: 1 }).users.register({ username: "amy" }));
  assert.deepEqual([unsafe.attempts, unsafe.unknown], [2, false], "what never left cannot be done twice");
});

test("a server that hangs up", async () => {
  const server = net.createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  after(() => server.close());
  await once(server, "listening");
  const chat = sandbox.client({ baseUrl: `http://127.0.0.1:${server.address().port}`, ...soon });
  const error = await failure(chat.users.get({ username: "amy" }));
  assert.equal(error.kind, "network");
});

test("a gateway's HTML page", async () => {
  const { client, requests } = await startServer((_, response) => {
    response.writeHead(502, { "content-type": "text/html" });
    response.end("<html><h1>502 Bad Gateway</h1></html>");
  });
  const error = await failure(client(soon).users.get({ username: "amy" }));
  assert.deepEqual([error.kind, error.status, error.retryable, error.attempts], ["service", 502, true, 1]);
  assert.match(error.body, /Bad Gateway/);
  assert.equal(requests.length, 1);
  const unsafe = await failure(client({ retries: 1 }).users.register({ username: "amy" }));
  assert.deepEqual([unsafe.attempts, unsafe.unknown, unsafe.retryable], [1, true, false], "behind a gateway it may have been done");
});

test("a success that cannot be read", async () => {
  const answers = { html: "<html>", empty: "", cut: '{"entities":[{"userna' };
  const { client } = await startServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(answers[request.url.split("/").pop()]);
  });
  for (const [username, body] of Object.entries(answers)) {
    const error = await failure(client().users.get({ username }));
    assert.deepEqual([error.kind, error.status, error.operation, error.attempts], ["decode", 200, "users.get", 1]);
    assert.equal(error.body, body);
    assert.ok(!Object.keys(error).includes("body"), "it is not printed with the error");
  }
});

test("a body that is cut off", async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
    response.write('{"entities":[');
    setTimeout(() => response.destroy(), 10);
  });
  const error = await failure(client(soon).users.get({ username: "amy" }));
  assert.deepEqual([error.kind, error.status], ["network", 200]);
});

test("a timeout", async () => {
  const { client } = await startServer(() => {});
  const start = performance.now();
  const error = await failure(client({ ...soon, timeout: 60 }).users.get({ username: "amy" }));
  assert.deepEqual([error.kind, error.attempts], ["timeout", 1]);
  assert.ok(performance.now() - start < 1500);
  const slow = await startServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write("{");
  });
  const inBody = await failure(slow.client({ ...soon, timeout: 60 }).users.get({ username: "amy" }));
  assert.equal(inBody.kind, "timeout", "the body counts too");
});

test("an abort before, in flight, in back-off and while a token is fetched", async () => {
  const before = await failure(sandbox.client().users.list({}, { signal: AbortSignal.abort("why") }));
  assert.deepEqual([before.kind, before.attempts, before.cause, before.operation], ["aborted", 0, "why", "users.list"]);

  const inFlight = new AbortController();
  const hanging = await startServer(() => inFlight.abort());
  const flown = await failure(hanging.client().users.list({}, { signal: inFlight.signal }));
  assert.deepEqual([flown.kind, flown.attempts], ["aborted", 1]);

  const busy = await startServer((_, response) => {
    response.writeHead(503, { "retry-after": "30" });
    response.end();
  });
  const waiting = new AbortController();
  const start = performance.now();
  const waited = await failure(busy.client({ onRetry: () => setTimeout(() => waiting.abort(), 10) }).users.list({}, { signal: waiting.signal }));
  assert.deepEqual([waited.kind, waited.attempts], ["aborted", 1]);
  assert.ok(performance.now() - start < 2000);

  const never = sandbox.client({ auth: { token: () => new Promise(() => {}) } });
  const asking = await failure(never.users.list({}, { signal: AbortSignal.timeout(30) }));
  assert.deepEqual([asking.kind, asking.attempts], ["aborted", 0]);
});

test("a fetch that ignores its signal does not hold the caller", async () => {
  const chat = sandbox.client({ fetch: () => new Promise(() => {}), timeout: 500 });
  const error = await failure(chat.users.list({}, { signal: AbortSignal.timeout(30) }));
  assert.equal(error.kind, "aborted");
});

test("a call that fails after the caller let go of it is logged once, as aborted", async () => {
  const logged = [];
  const log = () => {};
  const logger = { debug: log, info: log, warn: log, error: (_, { error }) => logged.push(error.kind) };
  let fail = log;
  const ignoring = () => new Promise((_, reject) => (fail = reject));
  const aborted = await failure(sandbox.client({ fetch: ignoring, logger, ...soon }).users.list({}, { signal: AbortSignal.timeout(30) }));
  fail(new Error("too late to matter"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual([aborted.kind, logged], ["aborted", ["aborted"]]);
});

test("a fetch that misbehaves is a network failure", async () => {
  for (const fetch of [() => Promise.reject("a string"), () => { throw new TypeError("thrown"); }, async () => undefined, async () => 7, async () => Promise.reject(undefined)]) {
    const error = await failure(sandbox.client({ fetch, ...soon }).users.list());
    assert.equal(error.kind, "network", String(fetch));
    assert.equal(error.operation, "users.list");
  }
});

test("throttling is told from refusal", async () => {
  const answers = [
    [429, { error: "reach_limit", error_description: "too fast" }, true],
    [429, { error: "resource_limited", error_description: "quota" }, false],
    [403, { error: "forbidden_op", error_description: "no" }, false],
  ];
  for (const [status, body, retryable] of answers) {
    const { client, requests } = await startServer((_, response) => json(response, body, status));
    const error = await failure(client({ retries: 1 }).users.get({ username: "amy" }));
    assert.deepEqual([error.status, error.code, error.retryable], [status, body.error, retryable]);
    assert.equal(requests.length, retryable ? 2 : 1);
  }
});

test("errors say nothing secret", async () => {
  const chat = sandbox.client({ auth: easemobWith("very-secret") });
  const error = await failure(chat.users.list());
  assert.equal(error.kind, "service");
  for (const text of [error.message, error.stack, JSON.stringify(error)]) assert.doesNotMatch(text, /very-secret/);
});

const easemobWith = (clientSecret) => ({ clientId: "sandbox-client-id", clientSecret });

test("no rejection is left unhandled when only the response is asked for", async () => {
  const chat = sandbox.client();
  await failure(chat.users.get({ username: "nobody" }).withResponse());
  const call = chat.users.get({ username: "nobody" });
  await failure(call);
  await failure(call.withResponse());
  await settled();
  assert.deepEqual(unhandled, []);
});

test("an error is one, whichever way the package was loaded", async () => {
  const imported = await import("agora-chat-admin");
  const required = createRequire(import.meta.url)("agora-chat-admin");
  assert.notEqual(imported.ChatError, required.ChatError);
  const options = { baseUrl: sandbox.url, app: "demo#chat", auth: { token: "t" } };
  for (const [a, b] of [[imported, required], [required, imported]]) {
    const error = await new a.ChatAdmin(options).call("users.nope").catch((error) => error);
    assert.ok(error instanceof a.ChatError && error instanceof b.ChatError);
    class Mine extends b.ChatError {}
    assert.ok(!(error instanceof Mine) && new Mine({ kind: "invalid", message: "x" }) instanceof Mine);
  }
  for (const other of [new Error("x"), undefined, null, 7, { name: "ChatError" }]) assert.ok(!(other instanceof ChatError));
});
