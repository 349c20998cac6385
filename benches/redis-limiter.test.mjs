// The Redis example, against a real server that the test starts; skipped where none is installed.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { createClient } from "redis";
import { redisLimiter } from "../examples/redis-limiter.mjs";

const installed = spawnSync("redis-server", ["--version"]).status === 0;
const skip = !installed && "redis-server is not installed";

/** A server on a socket of its own, and two clients of it, as two processes would have. */
async function start() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "redis-"));
  const socket = path.join(folder, "s");
  const server = spawn("redis-server", ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder], { stdio: "ignore" });
  const options = { socket: { path: socket, reconnectStrategy: (tries) => (tries > 100 ? new Error("no Redis") : 50) } };
  const clients = [createClient(options), createClient(options)];
  for (const client of clients) client.on("error", () => {});
  await Promise.all(clients.map((client) => client.connect()));
  after(async () => {
    clients.forEach((client) => client.destroy());
    server.kill();
    await rm(folder, { recursive: true, force: true });
  });
  return clients;
}

test("processes share the rates of a pool", { skip }, async () => {
  const clients = await start();
  const waits = [];
  // The window never ends here: whoever must wait says so, and gives up.
  const sleep = async (ms) => {
    waits.push(ms);
    throw new Error("full");
  };
  const [one, two] = clients.map((client) => redisLimiter(client, { prefix: "app", sleep }));
  const call = { operation: "x", pool: "p", rates: [{ count: 3, seconds: 600 }, { count: 10, seconds: 600, items: true }], cost: 2, bulk: false };
  const outcomes = await Promise.allSettled([one, two, one, two, one].map((limiter) => limiter.acquire(call)));
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 3);
  assert.equal(waits.length, 2);
  for (const ms of waits) assert.ok(ms > 0 && ms <= 600_100, `${ms}`);
  // Six of ten items are used: five more do not fit, in another pool they do, and a refusal takes nothing.
  await assert.rejects(two.acquire({ ...call, rates: call.rates.slice(1), cost: 5 }), /full/);
  await two.acquire({ ...call, rates: call.rates.slice(1), cost: 4 });
  await two.acquire({ ...call, pool: "other" });
});

test("a window ends, and a throttle of one process holds all back", { skip }, async () => {
  const [client, other] = await start();
  const one = redisLimiter(client, { prefix: "app" });
  const call = { operation: "x", pool: "p", rates: [{ count: 1, seconds: 0.05 }], cost: 1, bulk: false };
  await one.acquire(call);
  await one.acquire(call);
  one.throttled(60_000);
  await client.ping();
  const waits = [];
  const sleep = async (ms) => void waits.push(ms) ?? Promise.reject(new Error("paused"));
  await assert.rejects(redisLimiter(other, { prefix: "app", sleep }).acquire({ ...call, pool: "q" }), /paused/);
  assert.ok(waits[0] > 1_000);
  const controller = new AbortController();
  const waiting = one.acquire({ ...call, signal: controller.signal });
  controller.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
});

test("an aborted call asks for nothing", async () => {
  const client = { eval: () => assert.fail("asked") };
  const call = { operation: "x", pool: "p", rates: [], cost: 1, bulk: false, signal: AbortSignal.abort(new Error("enough")) };
  await assert.rejects(redisLimiter(client).acquire(call), /enough/);
});
