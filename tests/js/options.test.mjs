// What clients, views of one and calls may set: headers of any make, deadlines, levels of the log, the environment.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatAdmin, ChatError, agora, easemob, failure, json, startServer } from "./support.mjs";

/** A copy of `Headers` from elsewhere, which is none of this realm's. */
class OtherHeaders {
  #all;
  constructor(all) {
    this.#all = new Map(Object.entries(all));
  }
  entries() {
    return this.#all.entries();
  }
}

const makes = {
  object: { "X-Own": "yes", "x-not": undefined },
  bare: Object.assign(Object.create(null), { "x-own": "yes" }),
  Headers: new Headers({ "x-own": "yes" }),
  Map: new Map([["X-Own", "yes"]]),
  pairs: [["x-own", "yes"]],
  another: new OtherHeaders({ "x-own": "yes" }),
};

test("headers of any make are sent, wherever they are given", async () => {
  const { requests, client } = await startServer((_, response) => json(response, {}));
  for (const [name, headers] of Object.entries(makes)) {
    requests.length = 0;
    await client({ headers }).users.list();
    await client().withOptions({ headers }).users.list();
    await client().users.list({}, { headers });
    await client().request({ method: "GET", path: "/x", headers });
    await client().request({ method: "GET", path: "/x" }, { headers });
    assert.deepEqual(requests.map((request) => request.headers["x-own"]), Array(5).fill("yes"), name);
  }
  assert.ok(requests.every((request) => !("x-not" in request.headers)));
});

test("headers of a raw request and of its options are merged, whatever their make", async () => {
  const { requests, client } = await startServer((_, response) => json(response, {}));
  const values = Object.values(makes);
  for (const [i, headers] of values.entries()) {
    const other = { "X-OWN": "call", "x-call": "1" };
    await client().request({ method: "GET", path: "/x", headers }, { headers: i % 2 ? new Map(Object.entries(other)) : other });
  }
  assert.deepEqual(requests.map(({ headers }) => [headers["x-own"], headers["x-call"]]), values.map(() => ["call", "1"]));
});

test("what is no headers is refused by name", async () => {
  const { requests, client } = await startServer((_, response) => json(response, {}));
  const cases = [["x: y", "headers"], [7, "headers"], [null, "headers"], [["x"], "headers"], [new Date(), "headers"], [{ "x-n": 7 }, "headers.x-n"], [new Map([["x", null]]), "headers.x"]];
  for (const [headers, field] of cases) {
    assert.throws(() => client({ headers }), (error) => error instanceof ChatError && error.field === field, field);
    for (const call of [client().users.list({}, { headers }), client().request({ method: "GET", path: "/x", headers })]) {
      const error = await failure(call);
      assert.deepEqual([error.kind, error.field], ["invalid", field]);
    }
  }
  assert.equal(requests.length, 0);
});

test("every request says who sends it, unless it says otherwise", async () => {
  const { requests, client } = await startServer((_, response) => json(response, { access_token: "t", expires_in: 100 }));
  await client({ auth: easemob, dialect: "easemob" }).users.list();
  await client({ headers: { "User-Agent": "mine" } }).users.list({});
  await client().users.list({}, { headers: { "user-agent": "call" } });
  const [token, list, ...own] = requests.map(({ headers }) => headers["user-agent"]);
  assert.equal(list, `agora-chat-admin/${(await import("agora-chat-admin/package.json", { with: { type: "json" } })).default.version} node/${process.versions.node}`);
  assert.equal(token, list);
  assert.deepEqual(own, ["mine", "call"]);
});

test("settings with what does not belong to them are refused by the constructor", () => {
  const good = { baseUrl: "https://a61.chat.agora.io", app: "o#a", auth: { token: "t" } };
  const cases = [
    [{ baseUrl: "https://a61.chat.agora.io\n" }, "baseUrl"],
    [{ baseUrl: '"https://a61.chat.agora.io"' }, "baseUrl"],
    [{ app: '"o#a"' }, "app"],
    [{ app: "o#a " }, "app"],
    [{ app: "o# a" }, "app"],
    [{ app: { id: "x\r" } }, "app.id"],
    [{ app: { org: "o", name: "'a'" } }, "app.name"],
    [{ auth: { token: "Bearer t" } }, "auth.token"],
    [{ auth: { token: "t\n" } }, "auth.token"],
    [{ auth: { ...agora, appCertificate: `${agora.appCertificate} ` } }, "auth.appCertificate"],
    [{ auth: { clientId: "i", clientSecret: '"s"' } }, "auth.clientSecret"],
  ];
  for (const [wrong, field] of cases) {
    assert.throws(() => new ChatAdmin({ ...good, ...wrong }), (error) => error instanceof ChatError && error.kind === "invalid" && error.field === field, field);
  }
});

test("a deadline ends a call whatever it does", async () => {
  const hanging = await startServer(() => {});
  const busy = await startServer((_, response) => response.writeHead(503, { "retry-after": "30" }).end());
  const never = () => new Promise(() => {});
  const cases = [
    [() => hanging.client().users.list({}, { deadline: 50 }), 1],
    [() => hanging.client({ deadline: 50 }).users.list(), 1],
    [() => hanging.client().withOptions({ deadline: 50 }).users.list(), 1],
    [() => busy.client().users.list({}, { deadline: 200 }), 1],
    [() => hanging.client({ auth: { token: never } }).users.list({}, { deadline: 50 }), 0],
    [() => hanging.client({ limiter: { acquire: never } }).users.list({}, { deadline: 50 }), 0],
    [() => hanging.client({ fetch: never }).users.list({}, { deadline: 50 }), 1],
    [() => hanging.client().request({ method: "GET", path: "/x" }, { deadline: 50 }), 1],
    [() => hanging.client().files.download({ file_uuid: "x" }, { deadline: 50 }), 1],
  ];
  for (const [call, attempts] of cases) {
    const error = await failure(call());
    assert.deepEqual([error.kind, error.attempts, error.unknown, error.retryable], ["timeout", attempts, false, true], String(call));
    assert.match(error.message, /its deadline of \d+ ms is over/);
  }
  const unsafe = await failure(hanging.client().users.register({ username: "amy" }, { deadline: 50 }));
  assert.deepEqual([unsafe.kind, unsafe.unknown, unsafe.retryable], ["timeout", true, false]);
});

test("a view has options of its own, and the rest in common", async () => {
  let asked = 0;
  const { requests, client } = await startServer((request, response) => request.url.includes("hang") || json(response, { entities: [{}] }));
  const told = [];
  const token = async () => `t${++asked}`;
  const chat = client({ auth: { token }, headers: { "x-a": "client", "x-b": "client" } });
  const view = chat.withOptions({ headers: { "x-b": "view" }, retries: 0, timeout: 50, onRequest: ({ url }) => told.push(url) });
  assert.ok(view instanceof ChatAdmin);
  await view.users.get({ username: "amy" });
  await chat.users.get({ username: "amy" });
  await view.withOptions({ headers: { "x-c": "deeper" } }).users.get({ username: "amy" }, { headers: { "x-d": "call" } });
  assert.deepEqual(requests.map(({ headers: h }) => [h.authorization, h["x-a"], h["x-b"], h["x-c"], h["x-d"]]), [
    ["Bearer t1", "client", "view", undefined, undefined],
    ["Bearer t1", "client", "client", undefined, undefined],
    ["Bearer t1", "client", "view", "deeper", "call"],
  ]);
  assert.equal(told.length, 2);
  assert.deepEqual([(await failure(view.users.get({ username: "hang" }))).kind, asked], ["timeout", 1]);
  const own = async () => new Response('{"entities":[{"username":"own"}]}');
  assert.equal((await chat.withOptions({ fetch: own }).users.get({ username: "x" })).username, "own");
  assert.throws(() => chat.withOptions({ auth: "none" }), (error) => error instanceof ChatError && error.field === "auth");
  assert.throws(() => chat.withOptions({ timeout: 0 }), /timeout must be/);
  class Mine extends ChatAdmin {
    hello() {
      return "hello";
    }
  }
  assert.equal(new Mine({ baseUrl: "https://a61.chat.agora.io", app: "o#a", auth: "none" }).withOptions({}).hello(), "hello");
});

test("the log says no more than its level", async () => {
  let times = 0;
  const { client } = await startServer((_, response) => (times++ % 2 ? json(response, { error: "x" }, 404) : json(response, { error: "reach_limit" }, 429)));
  const lines = [];
  const put = (level) => () => lines.push(level);
  const logger = { debug: put("debug"), info: put("info"), warn: put("warn"), error: put("error") };
  const levels = { off: [], error: ["error"], warn: ["warn", "error"], info: ["warn", "error"] };
  for (const [logLevel, expected] of Object.entries(levels)) {
    lines.length = 0;
    await failure(client({ logger, logLevel }).users.get({ username: "amy" }));
    assert.deepEqual(lines, expected, logLevel);
  }
  for (const options of [{ logger }, { logger, logLevel: "debug" }]) {
    lines.length = 0;
    await failure(client(options).users.get({ username: "amy" }));
    assert.deepEqual(lines, ["debug", "debug", "warn", "debug", "debug", "error"]);
  }
  lines.length = 0;
  await failure(client({ logger }).withOptions({ logLevel: "error" }).users.get({ username: "amy" }));
  assert.deepEqual(lines, ["error"]);
  assert.throws(() => client({ logLevel: "loud" }), (error) => error.field === "logLevel");
});

test("what is not given is taken from the environment", async () => {
  const { requests, url } = await startServer((_, response) => json(response, {}));
  const before = { ...process.env };
  const set = (values) => {
    for (const name of Object.keys(process.env)) if (/^AGORA_CHAT_(BASE|APP|CLIENT|TOKEN|DIALECT|LOG)/.test(name)) delete process.env[name];
    for (const [name, value] of Object.entries(values)) process.env[`AGORA_CHAT_${name}`] = value;
  };
  const refused = (make, field, text) => assert.throws(make, (error) => error instanceof ChatError && error.field === field && error.message.includes(text));
  try {
    set({ BASE_URL: url, APP: "o#a", TOKEN: "from-env" });
    await new ChatAdmin().users.list();
    await new ChatAdmin({ app: "mine#b", auth: { token: "own" } }).users.list();
    assert.deepEqual(requests.map((r) => [r.url, r.headers.authorization]), [["/o/a/users", "Bearer from-env"], ["/mine/b/users", "Bearer own"]]);

    set({ BASE_URL: url, APP_ID: agora.appId, APP_CERTIFICATE: agora.appCertificate });
    await new ChatAdmin().users.list();
    assert.match(requests[2].url, new RegExp(`^/app-id/${agora.appId}/users`));
    assert.match(requests[2].headers.authorization, /^Bearer 007/);

    set({ BASE_URL: `${url}\n`, APP: "o#a", TOKEN: "" });
    refused(() => new ChatAdmin(), "baseUrl", "AGORA_CHAT_BASE_URL");
    refused(() => new ChatAdmin({ baseUrl: url }), "auth", "AGORA_CHAT_TOKEN");
    set({ CLIENT_ID: "i" });
    refused(() => new ChatAdmin({ baseUrl: url, app: "o#a" }), "auth.clientSecret", "AGORA_CHAT_CLIENT_SECRET");
    set({ DIALECT: "german" });
    refused(() => new ChatAdmin({ baseUrl: url, app: "o#a", auth: "none" }), "dialect", "AGORA_CHAT_DIALECT");
    assert.throws(() => new ChatAdmin({ baseUrl: url, app: "o#a", auth: "none", dialect: "german" }), (error) => !error.message.includes("AGORA_CHAT"));

    set({ LOG: "error" });
    const { error } = console;
    const lines = [];
    console.error = (message) => lines.push(message);
    try {
      await failure(new ChatAdmin({ baseUrl: url, app: "o#a", auth: "none" }).users.get({}));
    } finally {
      console.error = error;
    }
    assert.equal(lines.length, 1);
  } finally {
    Object.assign(process.env, before);
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  }
});
