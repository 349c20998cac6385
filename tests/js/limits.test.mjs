// The documented rates: who waits, for how long, and who goes first. The clock is the tests' own.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { catalog, failure, json, settled, startServer, unhandled } from "./support.mjs";

const root = path.dirname(createRequire(import.meta.url).resolve("agora-chat-admin/package.json"));
const { Limits } = await import(pathToFileURL(path.join(root, "lib/limits.js")).href);

/** A clock that moves when told, and a limiter on it. */
function limiter(options) {
  let now = 0;
  let next = 1;
  const timers = new Map();
  const clock = {
    now: () => now,
    setTimeout: (work, ms) => (timers.set(next, [now + ms, work]), next++),
    clearTimeout: (id) => timers.delete(id),
  };
  const limits = new Limits(options, clock);
  const went = [];
  return {
    limits,
    timers,
    went,
    /** Asks for a turn, and notes when it came. */
    ask(name, { pool = "a", rates = [{ count: 2, seconds: 1 }], cost = 1, bulk = false, signal } = {}) {
      const turn = limits.acquire({ operation: "x", pool, rates, cost, bulk, signal });
      if (!turn) went.push([name, now]);
      return turn?.then(() => went.push([name, now]));
    },
    async move(to) {
      for (;;) {
        const due = [...timers].filter(([, [at]]) => at <= to).sort((a, b) => a[1][0] - b[1][0])[0];
        if (!due) break;
        timers.delete(due[0]);
        now = due[1][0];
        due[1][1]();
        await new Promise(setImmediate);
      }
      now = to;
    },
  };
}

test("calls within the rate go at once, without a timer", () => {
  const { ask, timers, went } = limiter();
  for (const name of ["a", "b"]) assert.equal(ask(name), undefined);
  assert.equal(timers.size, 0);
  assert.deepEqual(went, [["a", 0], ["b", 0]]);
});

test("the window slides: each call makes room a window later", async () => {
  const { ask, move, went, timers } = limiter();
  ask("a");
  await move(600);
  ask("b");
  ask("c");
  ask("d");
  await move(5_000);
  assert.deepEqual(went, [["a", 0], ["b", 600], ["c", 1000], ["d", 1600]]);
  assert.equal(timers.size, 0, "nobody waits, so nothing is timed");
});

test("operations of a pool share their rates, others do not wait", async () => {
  const { ask, move, went } = limiter();
  for (const name of ["a", "b", "c"]) ask(name, { pool: "tokens" });
  ask("other", { pool: "groups.get" });
  await move(1_000);
  assert.deepEqual(went, [["a", 0], ["b", 0], ["other", 0], ["c", 1000]]);
});

test("several rates hold together, and some count items", async () => {
  const rates = [{ count: 3, seconds: 1 }, { count: 10, seconds: 60, items: true }];
  const { ask, move, went } = limiter();
  ask("6", { rates, cost: 6 });
  ask("4", { rates, cost: 4 });
  ask("1", { rates });
  await move(60_000);
  assert.deepEqual(went, [["6", 0], ["4", 0], ["1", 60_000]]);
  assert.equal(ask("more than there is", { pool: "b", rates, cost: 99 }), undefined);
});

test("a rate for all operations together", async () => {
  const { ask, move, went } = limiter({ app: { count: 2, seconds: 1 } });
  for (const name of ["a", "b", "c"]) ask(name, { pool: name });
  await move(1_000);
  assert.deepEqual(went, [["a", 0], ["b", 0], ["c", 1000]]);
});

test("bulk work leaves room for other calls", async () => {
  const rates = [{ count: 10, seconds: 1 }];
  const { ask, move, went } = limiter();
  for (let i = 0; i < 20; i++) ask("bulk", { rates, bulk: true });
  assert.equal(went.length, 8);
  assert.equal(ask("you", { rates }), undefined);
  await move(1_000);
  assert.equal(went.filter(([name]) => name === "bulk").length, 16);
});

test("bulk work is not starved by calls that fill the rate", async () => {
  const rates = [{ count: 10, seconds: 1 }];
  const { ask, move, went } = limiter();
  for (let i = 0; i < 40; i++) ask("you", { rates });
  for (let i = 0; i < 10; i++) ask("bulk", { rates, bulk: true });
  await move(1_000);
  const second = went.filter(([, at]) => at === 1_000).map(([name]) => name);
  assert.deepEqual(second, ["you", "you", "you", "you", "bulk", "you", "you", "you", "you", "bulk"]);
});

test("an abort ends the wait and gives the turn to the next", async () => {
  const { ask, move, went } = limiter();
  const controller = new AbortController();
  ask("a");
  ask("b");
  const given = ask("c", { signal: controller.signal });
  ask("d");
  controller.abort("enough");
  await assert.rejects(given, { name: "ChatError", kind: "aborted", cause: "enough" });
  await move(1_000);
  assert.deepEqual(went.at(-1), ["d", 1000]);
});

test("after a throttle all operations wait, longer each time in a row", async () => {
  const { limits, ask, move, went } = limiter();
  limits.throttled();
  limits.throttled();
  ask("a", { pool: "a" });
  ask("b", { pool: "b" });
  await move(1_000);
  assert.deepEqual(went, [["a", 1000], ["b", 1000]]);
  limits.throttled(500);
  ask("c");
  await move(3_000);
  assert.deepEqual(went.at(-1), ["c", 3000]);
  await move(60_000);
  limits.throttled(7_000);
  ask("d");
  await move(67_000);
  assert.deepEqual(went.at(-1), ["d", 67_000]);
});

test("a call that would wait too long fails at once; bulk work waits", async () => {
  const rates = [{ count: 1, seconds: 1_800 }];
  const { ask, went, move } = limiter();
  ask("a", { rates });
  await assert.rejects(ask("b", { rates }), { kind: "limited", retryable: true, message: /used up for 1800 seconds/ });
  ask("c", { rates, bulk: true });
  await move(1_800_000);
  assert.deepEqual(went, [["a", 0], ["c", 1_800_000]]);
});

test("maxWait bounds the whole wait, behind all that wait already", async () => {
  const rates = [{ count: 10, seconds: 1 }];
  for (const options of [{ maxWait: 2_500 }, { maxWait: 2_500, app: { count: 10, seconds: 1 } }]) {
    const { ask, move, went } = limiter(options);
    const refused = [];
    for (let i = 0; i < 100; i++) ask(i, { rates: options.app ? [] : rates, pool: options.app ? `${i % 3}` : "a" })?.catch((error) => refused.push([i, error.kind, error.retryable]));
    await new Promise(setImmediate);
    assert.deepEqual([went.length, refused.length], [10, 70]);
    assert.ok(refused.every(([i, kind, retryable]) => i >= 30 && kind === "limited" && retryable));
    await move(10_000);
    assert.deepEqual([went.length, Math.max(...went.map(([, at]) => at))], [30, 2_000]);
  }
});

test("items that wait count as items, and bulk work that passes counts too", async () => {
  const items = [{ count: 10, seconds: 1, items: true }];
  const first = limiter({ maxWait: 1_500 });
  const refused = [];
  for (let i = 0; i < 6; i++) first.ask(i, { rates: items, cost: 5 })?.catch(() => refused.push(i));
  await first.move(5_000);
  assert.deepEqual([first.went, refused], [[[0, 0], [1, 0], [2, 1_000], [3, 1_000]], [4, 5]]);
  const second = limiter({ maxWait: 1_500 });
  const late = [];
  for (let i = 0; i < 12; i++) second.ask("bulk", { rates: [{ count: 10, seconds: 1 }], bulk: true });
  for (let i = 0; i < 30; i++) second.ask("you", { rates: [{ count: 10, seconds: 1 }] })?.catch(() => late.push(i));
  await second.move(20_000);
  for (const [name, at] of second.went) if (name === "you") assert.ok(at <= 1_500);
  assert.equal(second.went.length + late.length, 42);
});

test("a pause that comes later does not make a call wait longer than maxWait", async () => {
  const { limits, ask, move, went, timers } = limiter({ maxWait: 3_000 });
  const refused = [];
  for (const name of ["a", "b", "c", "d"]) ask(name)?.catch((error) => refused.push([name, error.kind]));
  limits.throttled(20_000);
  await move(2_999);
  assert.deepEqual(refused, []);
  await move(3_000);
  assert.deepEqual(refused, [["c", "limited"], ["d", "limited"]]);
  assert.deepEqual([went, timers.size], [[["a", 0], ["b", 0]], 0]);
  await assert.rejects(ask("e"), { kind: "limited", message: /17 seconds/ });
});

test("thousands that wait, and thousands that leave at once, are no work", { timeout: 30_000 }, async () => {
  const { ask, move, went, timers } = limiter({ maxWait: Infinity });
  const rates = [{ count: 100, seconds: 1 }];
  const controllers = Array.from({ length: 20_000 }, () => new AbortController());
  const left = [];
  controllers.forEach((controller, i) => ask(i, { rates, signal: controller.signal })?.catch(() => left.push(i)));
  controllers.slice(5_000, 19_000).forEach((controller) => controller.abort());
  await move(2_000_000);
  assert.deepEqual([went.length, left.length, timers.size], [6_000, 14_000, 0]);
  assert.deepEqual(went.map(([name]) => name), [...Array(5_000).keys(), ...Array.from({ length: 1_000 }, (_, i) => 19_000 + i)]);
});

test("the client asks by the table, and estimates from it", async () => {
  const { client } = await startServer((_, response) => json(response, { data: {} }));
  const chat = client();
  const admissions = [];
  const own = client({ limiter: { acquire: (call) => void admissions.push(call) } });
  await own.users.list().catch(() => {});
  await own.users.list.all().toArray().catch(() => {});
  await own.users.status.getMany({ usernames: ["a", "b"] }).catch(() => {});
  assert.deepEqual(admissions.map(({ operation, cost, bulk, rates }) => [operation, cost, bulk, rates[0]]), [
    ["users.list", 1, false, { count: 100, seconds: 1, items: false }],
    ["users.list", 1, true, { count: 100, seconds: 1, items: false }],
    ["users.status.getMany", 2, false, { count: 50, seconds: 1, items: false }],
  ]);
  assert.deepEqual(chat.limits.estimate("users.get", 80), { calls: 80, milliseconds: 0 });
  assert.deepEqual(chat.limits.estimate("users.get", 161), { calls: 161, milliseconds: 2000 });
  assert.deepEqual(chat.limits.estimate("users.registerMany", 60 * 81), { calls: 81, milliseconds: 1000 });
  assert.throws(() => chat.limits.estimate("users.nobody", 1), { kind: "invalid" });
});

test("Easemob's own rates count in its apps, each operation by itself", async () => {
  const { client } = await startServer((_, response) => json(response, { data: {} }));
  const asked = async (dialect) => {
    const admissions = [];
    const chat = client({ dialect, limiter: { acquire: (call) => void admissions.push(call) } });
    await chat.push.labels.get({ labelname: "a" }).catch(() => {});
    await chat.push.labels.getUser({ labelname: "a", username: "amy" }).catch(() => {});
    return admissions.map(({ pool, rates }) => [pool, rates[0].count]);
  };
  assert.deepEqual(await asked("agora"), [["push.labels", 100], ["push.labels", 100]]);
  assert.deepEqual(await asked("easemob"), [["push.labels.get", 10], ["push.labels.getUser", 30]]);
});

test("a throttle holds the next call back, a quota and a real 403 do not", async () => {
  const bodies = [
    [429, { error: "reach_limit", error_description: "This request has reached api limit" }, 1],
    [403, { error: "forbidden_op", error_description: "send message reach limit" }, 1],
    [429, { error: "resource_limited", error_description: "quota" }, 0],
    [403, { error: "forbidden_op", error_description: "not allowed" }, 0],
  ];
  for (const [status, body, throttles] of bodies) {
    const { client } = await startServer((_, response) => json(response, body, status));
    const told = [];
    const limiter = { acquire() {}, throttled: (delay) => void told.push(delay) };
    await failure(client({ limiter }).users.list({}, { retries: 0 }));
    assert.equal(told.length, throttles, `${status} ${body.error}`);
  }
});

test("another attempt asks again, and a limiter that refuses ends the call unsent", async () => {
  const { requests, client } = await startServer((_, response) => json(response, {}, requests.length > 1 ? 200 : 503));
  const counted = [];
  await client({ limiter: { acquire: (call) => void counted.push(call.operation) } }).users.list();
  assert.deepEqual(counted, ["users.list", "users.list"]);
  const sent = requests.length;
  const error = await failure(client({ limiter: { acquire: async () => Promise.reject(new Error("no Redis")) } }).users.list());
  assert.match(error.message, /no Redis/);
  assert.equal(requests.length, sent);
});

test("limits can be turned off, and wrong ones are refused", async () => {
  const { requests, client } = await startServer((_, response) => json(response, { entities: [] }));
  const chat = client({ limits: false });
  const { rates } = catalog.operations.find((o) => o.id === "users.list");
  const many = rates[0].count * 2;
  await Promise.all(Array.from({ length: many }, () => chat.users.list()));
  assert.equal(requests.length, many);
  for (const [options, field] of [[{ limiter: {} }, "limiter"], [{ limits: { app: 5 } }, "limits.app"], [{ limits: { maxWait: -1 } }, "limits.maxWait"], [{ limits: { per: 1 } }, "per"]]) {
    assert.throws(() => client(options), { name: "ChatError", kind: "invalid", field });
  }
});

test("an abort in the queue rejects the call with nothing sent", async () => {
  const { requests, client } = await startServer((_, response) => json(response, { entities: [] }));
  const chat = client({ limits: { app: { count: 1, seconds: 3_600 }, maxWait: Infinity } });
  await chat.users.list();
  const controller = new AbortController();
  const waiting = failure(chat.users.list({}, { signal: controller.signal }));
  await new Promise(setImmediate);
  controller.abort("enough");
  const error = await waiting;
  assert.deepEqual([error.kind, error.attempts, error.cause], ["aborted", 0, "enough"]);
  assert.equal(requests.length, 1);
  await settled();
  assert.deepEqual(unhandled, []);
});
