// Hooks and the log see everything but secrets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { easemob, failure, json, startServer } from "./support.mjs";

test("hooks see requests, answers and retries", async () => {
  let times = 0;
  const { client } = await startServer((_, response) => {
    if (times++ === 0) json(response, { error: "reach_limit" }, 429);
    else json(response, { entities: [{ username: "amy" }] });
  });
  const events = [];
  const watch = (name) => (event) => events.push([name, event]);
  const chat = client({ onRequest: watch("request"), onResponse: watch("response"), onRetry: watch("retry") });
  const { attempts } = await chat.users.register({ username: "amy", password: "secret" }).withResponse();
  assert.equal(attempts, 2);
  assert.deepEqual(events.map(([name]) => name), ["request", "response", "retry", "request", "response"]);
  const [[, first], [, refused], [, retry], [, second], [, good]] = events;
  assert.deepEqual([first.operation, first.method, first.attempt, second.attempt], ["users.register", "POST", 1, 2]);
  assert.equal(first.headers.authorization, "Bearer ***");
  assert.deepEqual(JSON.parse(first.body), { username: "amy", password: "***" });
  assert.deepEqual([refused.status, good.status], [429, 200]);
  assert.ok(good.elapsed >= 0);
  assert.deepEqual([retry.operation, retry.error.kind, retry.attempt], ["users.register", "service", 1]);
  assert.ok(retry.delay >= 0);
});

test("a call's own hooks are told too", async () => {
  const { client } = await startServer((_, response) => json(response, {}));
  const told = [];
  await client({ onRequest: () => told.push("client") }).users.list({}, { onRequest: () => told.push("call") });
  assert.deepEqual(told, ["client", "call"]);
});

test("hooks and loggers that fail change nothing", async () => {
  const { client } = await startServer((_, response) => json(response, {}));
  const fail = () => {
    throw new Error("hook");
  };
  const chat = client({ onRequest: fail, onResponse: async () => fail(), logger: { debug: fail } });
  assert.deepEqual(await chat.users.list(), { items: [] });
});

test("the log holds no tokens, passwords or secrets", async () => {
  const { client } = await startServer((request, response) => {
    if (request.url.endsWith("/token")) json(response, { access_token: "issued-token", expires_in: 3600 });
    else if (request.url.includes("nobody")) json(response, { error: "not_found" }, 404);
    else json(response, { entities: [{}] });
  });
  const lines = [];
  const put = (level) => (message, details) => lines.push([level, message, details]);
  const logger = { debug: put("debug"), info: put("info"), warn: put("warn"), error: put("error") };
  const chat = client({ auth: { ...easemob, clientSecret: "client-secret-1" }, logger });
  await chat.users.register({ username: "amy", password: "password-1" });
  await chat.users.setPassword({ username: "amy", newpassword: "password-2" });
  await chat.users.registerMany({ users: [{ username: "bob", password: "password-3" }] });
  await failure(chat.users.get({ username: "nobody" }));
  const text = JSON.stringify(lines);
  for (const secret of ["client-secret-1", "password-1", "password-2", "password-3", "issued-token"]) {
    assert.ok(!text.includes(secret), secret);
  }
  assert.ok(lines.some(([level, message]) => level === "debug" && message.startsWith("tokens.app.create: POST")));
  assert.ok(lines.some(([level, message]) => level === "error" && message.startsWith("users.get: HTTP 404")));
});
