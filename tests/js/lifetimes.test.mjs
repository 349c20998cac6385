// What is let go: clients, listeners, streams; and in whose context the core's work runs.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { ChatAdmin, easemob, failure, json, settled, startServer } from "./support.mjs";

/** Runs a script with the package in a process of its own. */
function run(script, ...flags) {
  const load = process.env.AGORA_CHAT_ENTRY === "cjs" ? 'require("agora-chat-admin")' : 'await import("agora-chat-admin")';
  const source = `import { createRequire } from "node:module"; const require = createRequire(${JSON.stringify(import.meta.url)});
    const { ChatAdmin, ChatError } = ${load}; ${script}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, "--input-type=module", "--eval", source], {
    cwd: fileURLToPath(new URL(".", import.meta.url)), encoding: "utf8", timeout: 120_000,
  });
  return { status, stdout, stderr };
}

test("clients that nobody holds are freed, with their callbacks and the wasm's memory", () => {
  const { stdout, stderr, status } = run(`
    const answer = async () => new Response('{"entities":[{}]}');
    const memories = new Set();
    const instantiate = WebAssembly.Instance;
    WebAssembly.Instance = function (...args) { const made = new instantiate(...args); memories.add(made.exports.memory); return made; };
    const { instantiate: async } = WebAssembly;
    WebAssembly.instantiate = async (...args) => { const made = await async(...args); memories.add((made.instance ?? made).exports.memory); return made; };
    const measured = [];
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 500; i++) {
        const much = Array.from({ length: 500 }, () => i);
        let chat;
        // It refers to its own client, and to a lot beside.
        const token = async () => (chat && much.length ? "t" : "");
        chat = new ChatAdmin({ baseUrl: "http://127.0.0.1:1", app: "o#a", auth: { token }, fetch: answer });
        await chat.users.get({ username: "x" });
        await chat.withOptions({ retries: 0 }).users.get({ username: "x" });
      }
      for (let i = 0; i < 5; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 20)); }
      measured.push([process.memoryUsage().heapUsed, [...memories][0].buffer.byteLength]);
    }
    console.log(JSON.stringify(measured));
  `, "--expose-gc");
  assert.equal(status, 0, stderr);
  const measured = JSON.parse(stdout);
  const [, [heap, memory]] = measured;
  const [lastHeap, lastMemory] = measured[4];
  // 1,500 clients lie between; each would leave some 8 KB behind.
  assert.ok(lastHeap - heap < 1_500_000, `the heap grew: ${stdout}`);
  assert.equal(lastMemory, memory, `the wasm's memory grew: ${stdout}`);
});

test("a signal that hundreds of calls share has one listener, and none afterwards", async () => {
  const { client } = await startServer((_, response) => setTimeout(() => json(response, { error: "reach_limit" }, 429), 20));
  const warnings = [];
  const onWarning = (warning) => warnings.push(warning.name);
  process.on("warning", onWarning);
  const controller = new AbortController();
  const { signal } = controller;
  const chat = client({ retries: 1 });
  const calls = Array.from({ length: 300 }, () => failure(chat.users.list({}, { signal })));
  await settled();
  assert.equal(getEventListeners(signal, "abort").length, 1);
  controller.abort("enough");
  for (const error of await Promise.all(calls)) assert.deepEqual([error.kind, error.cause], ["aborted", "enough"]);
  assert.equal(getEventListeners(signal, "abort").length, 0);
  const other = new AbortController();
  await Promise.all(Array.from({ length: 20 }, () => failure(chat.users.get({ username: "x" }, { signal: other.signal, retries: 0 }))));
  assert.equal(getEventListeners(other.signal, "abort").length, 0);
  await settled();
  process.off("warning", onWarning);
  assert.deepEqual(warnings, []);
});

test("what an abort means for a request that may not be done twice", async () => {
  let arrived;
  const { client } = await startServer(() => arrived?.());
  const controller = new AbortController();
  arrived = () => controller.abort();
  const flown = await failure(client().users.register({ username: "amy" }, { signal: controller.signal }));
  assert.deepEqual([flown.kind, flown.attempts, flown.unknown], ["aborted", 1, true]);
  const harmless = new AbortController();
  arrived = () => harmless.abort();
  assert.equal((await failure(client().users.delete({ username: "amy" }, { signal: harmless.signal }))).unknown, false);
  const before = await failure(client({ auth: { token: () => new Promise(() => {}) } }).users.register({ username: "amy" }, { signal: AbortSignal.timeout(20) }));
  assert.deepEqual([before.attempts, before.unknown], [0, false]);
});

test("a call that is left lets go of its stream", async () => {
  const { client } = await startServer((_, response) => json(response, {}));
  const never = () => new Promise(() => {});
  const ways = [
    [{}, { signal: AbortSignal.abort("why") }],
    [{ auth: { token: never } }, { signal: AbortSignal.timeout(20) }],
    [{ limiter: { acquire: never } }, { deadline: 20 }],
  ];
  for (const [options, call] of ways) {
    let cancelled;
    const gone = new Promise((resolve) => (cancelled = resolve));
    const stream = new ReadableStream({ cancel: cancelled });
    const file = options.limiter ? { data: stream, filename: "x" } : stream;
    await failure(client(options).files.upload({ file }, call));
    await gone;
  }
});

test("fetch, hooks, logger and token callback run in the context of their call", async () => {
  const storage = new AsyncLocalStorage();
  const seen = [];
  const note = (what) => seen.push([what, storage.getStore()]);
  let refused = new Set();
  const own = async (url, init) => {
    note("fetch");
    const first = !refused.has(init.headers["x-name"]);
    refused.add(init.headers["x-name"]);
    // All come due together.
    return first ? new Response("{}", { status: 503, headers: { "retry-after": "0" } }) : new Response("{}");
  };
  const token = async () => {
    note("token");
    await new Promise((resolve) => setTimeout(resolve, 20));
    return "t";
  };
  const logger = { debug: () => note("debug"), warn: () => note("warn") };
  const chat = new ChatAdmin({ baseUrl: "http://127.0.0.1:1", app: "o#a", auth: { token }, fetch: own, logger, onRetry: () => note("retry") });
  const calls = [
    (headers) => chat.users.list({}, { headers }),
    (headers) => chat.request({ method: "GET", path: "/x" }, { headers }),
    (headers) => chat.files.download({ file_uuid: "x" }, { headers }),
  ];
  await Promise.all(Array.from({ length: 9 }, (_, i) => storage.run(`call${i}`, () => calls[i % 3]({ "x-name": `call${i}` }).then(() => note("after")))));
  const of = (what) => seen.filter(([one]) => one === what).map(([, store]) => store).sort();
  const names = Array.from({ length: 9 }, (_, i) => `call${i}`);
  assert.deepEqual(of("fetch"), [...names, ...names].sort());
  assert.deepEqual(of("retry"), names);
  assert.deepEqual(of("warn"), names);
  assert.deepEqual(of("after"), names);
  assert.equal(of("token").length, 1);
  assert.ok(names.includes(of("token")[0]), "the context of one that waits for it");
  assert.ok(seen.every(([, store]) => store !== undefined));
});

test("a token is fetched with nothing of the call that needs it first", async () => {
  const { requests, client } = await startServer((request, response) => {
    if (request.url.endsWith("/token")) setTimeout(() => json(response, { access_token: "t", expires_in: 100 }), 100);
    else json(response, {});
  });
  const chat = client({ auth: easemob });
  const own = [];
  const spy = async (url) => (own.push(url), new Response("{}"));
  const hook = ({ operation }) => own.push(operation);
  const left = failure(chat.users.list({}, { signal: AbortSignal.timeout(20), fetch: spy, onRequest: hook, headers: { "x-own": "1" } }));
  const late = failure(chat.users.list({}, { deadline: 20 }));
  const patient = chat.users.list();
  assert.equal((await left).kind, "aborted");
  assert.equal((await late).kind, "timeout");
  assert.deepEqual(await patient, { items: [] });
  assert.deepEqual(own, []);
  assert.deepEqual(requests.map(({ url, headers }) => [url, headers["x-own"]]), [["/demo/chat/token", undefined], ["/demo/chat/users", undefined]]);
});

test("nothing waits for a fake timer", () => {
  const { stdout, stderr, status } = run(`
    // What Jest and sinon replace, in the way they do: nothing happens by itself.
    const idle = { queueMicrotask() {}, setTimeout: () => ({}), clearTimeout() {}, setInterval: () => ({}), clearInterval() {}, setImmediate: () => ({}), clearImmediate() {} };
    const { setTimeout: real } = globalThis;
    Object.assign(globalThis, idle);
    process.nextTick = () => {};
    performance.now = () => 0;
    Date.now = () => 1_700_000_000_000;
    real(() => { console.log("hung"); process.exit(1); }, 20_000);
    // No Response: to read one takes Node's own nextTick.
    const answer = async (url) => ({ status: url.includes("nobody") ? 404 : 200, text: async () => url.endsWith("/token") ? '{"access_token":"t","expires_in":100}' : "{}" });
    const chat = new ChatAdmin({ baseUrl: "http://127.0.0.1:1", app: "o#a", auth: { clientId: "i", clientSecret: "s" }, fetch: answer });
    const { items } = await chat.users.list();
    const { status } = await chat.users.get({ username: "nobody" }).catch((error) => error);
    const sent = [];
    await chat.files.upload({ file: new Blob(["x"]) }, { fetch: (url, init) => (sent.push(init.method), answer(url)) }).catch(({ kind }) => sent.push(kind));
    await chat.request({ method: "GET", path: "/x" });
    console.log(items.length, status, sent[0]);
    process.exit(0);
  `);
  assert.deepEqual([stdout.trim(), status], ["0 404 POST", 0], stderr);
});
