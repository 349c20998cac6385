// What errors say, and that whatever fails, in whoever's code, is told by one.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { test } from "node:test";
import { ChatError, entry, failure, json, startServer } from "./support.mjs";

const soon = { retries: 0 };
const never = () => new Promise(() => {});

test("an error says what the answer said", async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(429, { "content-type": "application/json", "x-request-id": "r-1", "retry-after": "3" });
    response.end('{"error":"reach_limit","error_code":4290,"error_description":"too fast"}');
  });
  const error = await failure(client(soon).users.register({ username: "amy" }));
  assert.deepEqual(
    [error.kind, error.status, error.code, error.errorCode, error.description, error.retryable, error.unknown],
    ["service", 429, "reach_limit", 4290, "too fast", true, false],
  );
  assert.deepEqual([error.requestId, error.retryAfter], ["r-1", 3_000]);
  assert.ok(error.headers instanceof Headers);
  assert.equal(error.headers.get("retry-after"), "3");
  assert.deepEqual([error.toJSON().requestId, error.toJSON().errorCode, error.toJSON().name], ["r-1", 4290, "ChatError"]);
  assert.ok(!inspect(error).includes("Headers"), "they are not printed");
  const unsent = await failure(client().users.get({}));
  assert.deepEqual([unsent.headers, unsent.requestId, unsent.status], [undefined, undefined, undefined]);
  const own = new ChatError({ kind: "service", message: "made by a test", status: 404, headers: { "x-request-id": "2" } });
  assert.deepEqual([own.message, own.status, own.headers.get("x-request-id"), own.retryable], ["made by a test", 404, "2", false]);
});

test("the class has its name, however the package was bundled", () => {
  const error = new ChatError({ kind: "invalid", message: "x" });
  assert.deepEqual([ChatError.name, error.constructor.name, error.name], ["ChatError", "ChatError", "ChatError"]);
  assert.match(inspect(error), /^ChatError: x\n/);
  assert.doesNotMatch(inspect(error), /_ChatError/);
  const load = entry === "cjs" ? `const { ChatError } = require("agora-chat-admin");` : `import { ChatError } from "agora-chat-admin";`;
  const type = entry === "cjs" ? "commonjs" : "module";
  const { stderr } = spawnSync(process.execPath, [`--input-type=${type}`, "--eval", `${load} throw new ChatError({ kind: "invalid", message: "uncaught" });`], {
    cwd: fileURLToPath(new URL(".", import.meta.url)), encoding: "utf8",
  });
  assert.match(stderr, /^ChatError: uncaught$/m);
  assert.doesNotMatch(stderr, /_ChatError/);
});

test("what a limiter throws is told as a call's failure, or not at all", async () => {
  const { client, requests } = await startServer((_, response) => json(response, { error: "reach_limit" }, 429));
  const down = () => {
    throw new Error("redis is down");
  };
  for (const acquire of [down, async () => down(), () => Promise.reject("redis is down")]) {
    const error = await failure(client({ limiter: { acquire } }).users.list());
    assert.deepEqual([error.kind, error.attempts, error.retryable, error.unknown], ["limited", 0, true, false]);
    assert.match(error.message, /^users\.list: the limiter failed: redis is down$/);
  }
  assert.equal(requests.length, 0);
  for (const fail of [down, async () => down()]) {
    const error = await failure(client({ ...soon, limiter: { acquire() {}, throttled: fail, record: fail } }).users.list());
    assert.deepEqual([error.kind, error.status], ["service", 429]);
  }
});

test("a retry asks for its turn again, and tells what it met with if there is none", async () => {
  const { client, requests } = await startServer((_, response) => json(response, requests.length > 2 ? {} : { error: "reach_limit" }, requests.length > 2 ? 200 : 429));
  const asked = [];
  const limiter = { acquire: async ({ operation }) => void asked.push(operation), record: () => asked.push("record") };
  const { attempts } = await client({ limiter }).users.list().withResponse();
  assert.deepEqual([attempts, asked], [3, ["users.list", "users.list", "users.list"]]);
  requests.length = 0;
  let turns = 0;
  const error = await failure(client({ limiter: { acquire: () => (turns++ ? Promise.reject(new Error("too far off")) : undefined) } }).users.list());
  assert.deepEqual([error.kind, error.status, error.attempts, requests.length], ["service", 429, 1, 1]);
  const left = await failure(client({ limiter: { acquire: () => (turns++ === 2 ? undefined : never()) } }).users.list({}, { deadline: 2_000 }));
  assert.deepEqual([left.kind, left.attempts, left.unknown], ["timeout", 1, false]);
});

test("timeouts hold for a fetch that heeds nothing", async () => {
  const { client } = await startServer((_, response) => json(response, {}));
  const stalled = { status: 200, headers: new Headers(), text: never };
  for (const fetch of [never, async () => stalled, async () => new Response(new ReadableStream())]) {
    for (const call of [(chat, options) => chat.users.list({}, options), (chat, options) => chat.request({ method: "GET", path: "/x" }, options)]) {
      const error = await failure(call(client({ ...soon, fetch }), { timeout: 30 }));
      assert.deepEqual([error.kind, error.attempts], ["timeout", 1], String(fetch));
      assert.equal((await failure(call(client({ ...soon, fetch }), { signal: AbortSignal.timeout(30) }))).kind, "aborted");
    }
  }
  const { fetch } = globalThis;
  globalThis.fetch = never;
  try {
    assert.equal((await failure(client({ ...soon, timeout: 30 }).users.list())).kind, "timeout");
  } finally {
    globalThis.fetch = fetch;
  }
});

test("answers of any make are read, and what throws in them is told", async () => {
  const { client } = await startServer(() => {});
  const text = async () => '{"entities":[{"username":"amy"}]}';
  const makes = { none: undefined, map: new Map([["x-a", "1"]]), object: { "x-a": "1" }, headers: new Headers({ "x-a": "1" }), pairs: [["x-a", "1"]] };
  for (const [name, headers] of Object.entries(makes)) {
    const chat = client({ fetch: async () => ({ status: 200, headers, text }) });
    const { data, response } = await chat.users.get({ username: "amy" }).withResponse();
    assert.equal(data.username, "amy");
    assert.ok(response.headers instanceof Headers, name);
    assert.equal(response.headers.get("x-a"), name === "none" ? null : "1");
  }
  const bad = {
    get status() {
      throw new Error("no status");
    },
    text,
  };
  for (const fetch of [async () => bad, async () => ({ status: 200, text: () => { throw new Error("no text"); } }), async () => ({ status: 200 })]) {
    const error = await failure(client({ ...soon, fetch }).users.get({ username: "amy" }));
    assert.equal(error.kind, "network");
  }
});

test("what cannot be read after it was sent is not said to be unsent", async () => {
  const { client } = await startServer(() => {});
  const odd = async () => ({ status: 200, headers: new Headers({ "x-request-id": "7" }), text: async () => "[" });
  const unsafe = await failure(client({ fetch: odd }).users.register({ username: "amy" }));
  assert.deepEqual([unsafe.kind, unsafe.attempts, unsafe.unknown, unsafe.requestId], ["decode", 1, true, "7"]);
  const safe = await failure(client({ fetch: odd }).users.delete({ username: "amy" }));
  assert.deepEqual([safe.kind, safe.unknown], ["decode", false]);
  const harmless = await failure(client({ fetch: odd }).rooms.admins.add({ chatroom_id: "1", newadmin: "amy" }));
  assert.deepEqual([harmless.kind, harmless.unknown], ["decode", false]);
});

test("a write that is redirected is refused on every transport, a read is followed", async () => {
  const { client, requests } = await startServer((request, response) => {
    if (request.url.startsWith("/elsewhere")) return json(response, { entities: [{ username: "elsewhere" }] });
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  for (const options of [{}, { fetch: globalThis.fetch }]) {
    requests.length = 0;
    const error = await failure(client(options).users.register({ username: "amy", password: "x" }));
    assert.deepEqual([error.kind, error.retryable, requests.length], ["service", false, 1]);
    assert.match(error.message, /baseUrl/);
    assert.equal((await client(options).users.get({ username: "amy" })).username, "elsewhere");
  }
});

test("a stream that was refused is told so, and why it was not sent again", async () => {
  const { client, requests } = await startServer((_, response) => json(response, { error: "unauthorized", error_description: "expired" }, 401));
  const stream = new Blob(["some bytes"]).stream();
  const error = await failure(client({ auth: { token: async () => "t" } }).files.upload({ file: stream }));
  assert.deepEqual([error.kind, error.status, error.code, error.attempts, requests.length], ["service", 401, "unauthorized", 1, 1]);
  assert.match(error.message, /a stream goes by only once/);
});

test("a raw request is sent as it is given, or refused by name", async () => {
  const { client, requests } = await startServer((_, response) => json(response, {}));
  const given = { method: "GET", path: "/users/é 😀\"<x>'|^`{}".replace(" ", ""), query: { a: 1, b: undefined, c: true, d: "é", e: 5n } };
  await client().request(given);
  await client({ fetch: globalThis.fetch }).request(given);
  assert.deepEqual([...new Set(requests.map(({ url }) => url))], ["/demo/chat/users/%C3%A9%F0%9F%98%80%22%3Cx%3E%27%7C%5E%60%7B%7D?a=1&c=true&d=%C3%A9&e=5"]);
  requests.length = 0;
  await client().request({ method: "post", path: "/x?y=1", query: new URLSearchParams([["a", "1"], ["a", "2"]]), body: [1, "é", null] });
  assert.deepEqual([requests[0].method, requests[0].url, requests[0].body], ["POST", "/demo/chat/x?y=1&a=1&a=2", '[1,"é",null]']);
  requests.length = 0;
  const cases = [
    [{ method: "GET", path: "/x", body: {} }, "body"],
    [{ method: "POST", path: "/x", body: { n: NaN } }, /^body|^n$/],
    [{ method: "POST", path: "/x", body: () => 1 }, "body"],
    [{ method: "GET", path: "/x", query: { c: null } }, "query.c"],
    [{ method: "GET", path: "/x", query: { c: { d: 1 } } }, "query.c"],
    [{ method: "GET", path: "/x", query: { c: NaN } }, "query.c"],
    [{ method: "GET", path: "/x", query: { c: "\ud83d" } }, "query.c"],
    [{ method: "GET", path: "/x", query: "a=1" }, "query"],
    [{ method: "GET", path: "/\ud83d" }, "path"],
    [{ method: "GET", path: 7 }, "path"],
    [{ path: "/x" }, "method"],
    [undefined, "method"],
  ];
  for (const [request, field] of cases) {
    const error = await failure(client().request(request));
    assert.equal(error.kind, "invalid");
    if (field instanceof RegExp) assert.match(error.field, field);
    else assert.equal(error.field, field);
  }
  assert.equal(requests.length, 0);
});
