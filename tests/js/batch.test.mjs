// Bulk work that is paused, broken off and taken up again, and what answers tell of single items.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { catalog, failure, json, startSandbox, startServer } from "./support.mjs";

const sandbox = await startSandbox();
beforeEach(() => sandbox.reset());

const people = (n) => Array.from({ length: n }, (_, i) => ({ username: `user${String(i).padStart(3, "0")}`, password: "x" }));
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

async function collect(iterable) {
  const list = [];
  for await (const item of iterable) list.push(item);
  return list;
}

/** A platform that counts how often each user is registered, and takes its time, for each request another. */
async function registry(refuse = () => false) {
  const times = new Map();
  let asked = 0;
  const server = await startServer((_, response, body) => {
    const users = JSON.parse(body);
    for (const { username } of users) times.set(username, (times.get(username) ?? 0) + 1);
    setTimeout(() => {
      if (refuse(users)) json(response, { error: "illegal_argument", error_description: "no" }, 400);
      else json(response, { entities: users, data: [] });
    }, (asked++ % 4) * 5);
  });
  return { ...server, times };
}

test("a paused run goes on from its checkpoint, in another process and from another kind of source", async () => {
  const { client, times } = await registry();
  const users = people(300);
  const many = client().users.registerMany;
  const run = many.each({ users }, { chunk: 10, concurrency: 4 });
  let given = 0;
  for await (const outcome of run) {
    given += outcome.items.length;
    if (given >= 60) run.pause();
  }
  assert.equal(times.size, given, "what was under way has an outcome");
  assert.ok(given < 300);
  const checkpoint = JSON.parse(JSON.stringify(run.checkpoint));
  assert.deepEqual(Object.keys(checkpoint), ["operation", "done", "failed", "unknown"]);

  async function* source() {
    yield* users;
  }
  const progress = [];
  const rest = many.each({ users: source() }, { chunk: 7, concurrency: 3, resume: checkpoint, onProgress: (p) => progress.push(p) });
  const outcomes = await collect(rest);
  assert.deepEqual(
    outcomes.flatMap((o) => o.indexes).sort((a, b) => a - b),
    range(0, 300).filter((i) => !checkpoint.done.some(([from, to]) => i >= from && i < to)),
  );
  for (const { items, indexes } of outcomes) assert.deepEqual(items, indexes.map((i) => users[i]));
  assert.deepEqual([times.size, Math.max(...times.values())], [300, 1], "each once");
  assert.deepEqual(rest.checkpoint, { operation: "users.registerMany", done: [[0, 300]], failed: [], unknown: [] });
  const last = progress.at(-1);
  assert.deepEqual([last.done, last.failed, last.total, last.checkpoint], [300, 0, undefined, rest.checkpoint]);
  assert.deepEqual(await collect(many.each({ users }, { resume: rest.checkpoint })), []);
});

test("a checkpoint keeps failures apart, to be tried again when asked for", async () => {
  let broken = true;
  const { client, times } = await registry((users) => broken && users.some((u) => ["user005", "user017"].includes(u.username)));
  const many = client().users.registerMany;
  const run = many.each({ users: people(20) });
  await collect(run);
  assert.deepEqual(run.checkpoint, { operation: "users.registerMany", done: [[0, 5], [6, 17], [18, 20]], failed: [[5, 6], [17, 18]], unknown: [] });
  broken = false;
  times.clear();
  assert.deepEqual(await collect(many.each({ users: people(20) }, { resume: run.checkpoint })), []);
  const again = await collect(many.each({ users: people(20) }, { resume: { ...run.checkpoint, failed: [] } }));
  assert.deepEqual([again.map((o) => [o.ok, o.indexes]), [...times.keys()]], [[[true, [5, 17]]], ["user005", "user017"]]);
});

test("what may pass is tried again, what may be done already only when asked for", async () => {
  /** The second of three chunks meets with this. */
  const troubles = {
    network: (response) => response.destroy(),
    tooFast: (response) => json(response, { error: "reach_limit" }, 429),
    gateway: (response) => json(response, "<html>", 502),
    token: (response) => json(response, { error: "unauthorized" }, 401),
    broken: (response) => json(response, { error: "internal" }, 500),
    unread: (response) => json(response, "{"),
    refused: (response) => json(response, { error: "x" }, 403),
  };
  const expected = {
    // Registering is not safe to repeat, muting is.
    "users.registerMany": { network: "unknown", gateway: "unknown", broken: "unknown", unread: "unknown", refused: "failed" },
    "groups.mutes.add": { refused: "failed" },
  };
  for (const [id, lists] of Object.entries(expected)) {
    for (const [name, trouble] of Object.entries(troubles)) {
      let asked = 0;
      const { client } = await startServer((_, response) => (asked++ === 1 ? trouble(response) : json(response, { data: [], entities: [] })));
      const chat = client({ retries: 0, limits: false });
      const [method, field] = id === "users.registerMany" ? [chat.users.registerMany, "users"] : [chat.groups.mutes.add, "usernames"];
      const items = id === "users.registerMany" ? people(6) : people(6).map((p) => p.username);
      const params = { ...(field === "usernames" && { group_id: "1", mute_duration: -1 }), [field]: items };
      let progress;
      const run = method.each(params, { chunk: 2, onProgress: (event) => (progress = event) });
      const outcomes = await collect(run);
      assert.deepEqual(outcomes.map((o) => o.ok), [true, false, true], `${id} ${name}`);
      assert.deepEqual([progress.done, progress.failed], [4, 2]);
      const wanted = { operation: id, done: [[0, 2], [4, 6]], failed: [], unknown: [] };
      if (lists[name]) wanted[lists[name]] = [[2, 4]];
      assert.deepEqual(run.checkpoint, wanted, `${id} ${name}`);
      const again = await collect(method.each(params, { chunk: 2, resume: run.checkpoint }));
      assert.deepEqual(again.flatMap((o) => o.indexes), lists[name] ? [] : [2, 3], `${id} ${name}`);
      const all = await collect(method.each(params, { resume: { ...run.checkpoint, failed: [], unknown: [] } }));
      assert.deepEqual(all.flatMap((o) => o.indexes), [2, 3]);
    }
  }
});

test("a checkpoint holds only outcomes that were given, in the order in which they came", async () => {
  const { client } = await registry();
  const run = client().users.registerMany.each({ users: people(50) }, { chunk: 10, concurrency: 5 });
  const seen = new Set();
  for await (const { indexes } of run) {
    indexes.forEach((i) => seen.add(i));
    const { done } = run.checkpoint;
    assert.deepEqual(done.flatMap(([from, to]) => range(from, to)), [...seen].sort((a, b) => a - b));
  }
  assert.equal(seen.size, 50);
});

test("leaving the loop loses nothing that was under way", async () => {
  const { client, times } = await registry();
  const progress = [];
  const run = client().users.registerMany.each({ users: people(100) }, { chunk: 10, concurrency: 4, onProgress: (p) => progress.push(p.done) });
  for await (const _ of run) break;
  const sent = times.size;
  assert.ok(sent > 10 && sent < 100);
  assert.equal(run.checkpoint.done.reduce((sum, [from, to]) => sum + to - from, 0), sent);
  assert.equal(progress.at(-1), sent);
});

test("one request at a time leaves none under way while an outcome is looked at", async () => {
  const { client, requests } = await registry();
  for await (const _ of client().users.registerMany.each({ users: people(100) }, { chunk: 10 })) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    break;
  }
  assert.equal(requests.length, 1);
});

test("what an abort cut off under way may be done all the same, unless a repeat is harmless", async () => {
  for (const [id, unknown] of [["users.registerMany", true], ["groups.mutes.add", false]]) {
    let seen = 0;
    const { client } = await startServer((_, response) => {
      if (seen++ === 0) json(response, { entities: [], data: [] });
      else if (seen === 3) controller.abort();
    });
    const controller = new AbortController();
    const options = { chunk: 10, concurrency: 2, signal: controller.signal };
    const users = people(60);
    const chat = client();
    const run = unknown ? chat.users.registerMany.each({ users }, options) : chat.groups.mutes.add.each({ group_id: "1", usernames: users.map((u) => u.username), mute_duration: -1 }, options);
    assert.equal((await failure(collect(run))).kind, "aborted");
    // Both that the server saw without answering, and none of those that never left.
    assert.deepEqual(run.checkpoint, { operation: id, done: [[0, 10]], failed: [], unknown: unknown ? [[10, 30]] : [] });
  }
});

test("what never left is in no list", async () => {
  const { client, stop } = await startServer((_, response) => json(response, { entities: [], data: [] }));
  const chat = client({ retries: 0, limits: false });
  const run = chat.users.registerMany.each({ users: people(30) }, { chunk: 10 });
  await run.next();
  stop();
  // Until the client has seen the connection close, what it sends there may arrive.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const outcomes = await collect(run);
  assert.deepEqual(outcomes.map(({ ok, error }) => [ok, error.kind]), [[false, "network"], [false, "network"]]);
  assert.deepEqual(run.checkpoint, { operation: "users.registerMany", done: [[0, 10]], failed: [], unknown: [] });
});

test("a refusal that is not of the items is not asked for by each of them", async () => {
  const members = people(600).map((p) => p.username);
  const refusals = [
    // Another parameter is named: no chunk is divided.
    [404, { error: "resource_not_found", error_description: "do not find this group:998" }, 10],
    // No one is named: two halves and two items of the first chunk tell.
    [404, { error: "resource_not_found", error_description: "there is no such thing" }, 14],
    [403, { error: "forbidden_op", error_description: "not for you" }, 14],
    [401, { error: "unauthorized", error_description: "bad token" }, 10],
  ];
  for (const [status, answer, most] of refusals) {
    const { client, requests } = await startServer((_, response) => json(response, answer, status));
    const run = client({ retries: 0, limits: false }).groups.members.addMany.each({ group_id: "998", usernames: members }, { chunk: 60 });
    const outcomes = await collect(run);
    assert.deepEqual(outcomes.flatMap((o) => o.indexes).sort((a, b) => a - b), range(0, 600));
    assert.ok(outcomes.every(({ ok, error }) => !ok && error.status === status));
    assert.equal(requests.length, most, answer.error_description);
    assert.deepEqual(run.checkpoint.failed, status === 401 ? [] : [[0, 600]]);
  }
});

test("culprits are found wherever they are, named or not", async () => {
  const members = people(120).map((p) => p.username);
  for (const name of [(bad) => `username ${bad} doesn't exist!`, () => "no", () => "group 998: no"]) {
    for (const culprits of [[0], [119], [0, 1], [0, 119], [3, 33, 63, 93], range(20, 30), [5, 29, 30, 59]]) {
      const bad = new Set(culprits.map((i) => members[i]));
      const { client } = await startServer((request, response, body) => {
        const found = JSON.parse(body).usernames.find((user) => bad.has(user));
        if (found) json(response, { error: "resource_not_found", error_description: name(found) }, 404);
        else json(response, { data: { newmembers: [] } });
      });
      const run = client({ retries: 0, limits: false }).groups.members.addMany.each({ group_id: "1", usernames: members }, { chunk: 60 });
      const outcomes = await collect(run);
      assert.deepEqual(outcomes.filter((o) => !o.ok).flatMap((o) => o.indexes).sort((a, b) => a - b), culprits, `${name("u")} ${culprits}`);
    }
  }
});

test("an answer that says nothing readable of its items leaves them unknown", async () => {
  const { client } = await startServer((_, response) => json(response, '{"data":[null]}'));
  const run = client().users.registerMany.each({ users: people(2) });
  const [{ ok, error }] = await collect(run);
  assert.deepEqual([ok, error.kind, error.status, error.operation], [false, "decode", 200, "users.registerMany"]);
  assert.deepEqual(run.checkpoint.unknown, [[0, 2]]);
});

test("an abort or a pause ends a run whose source hangs", async () => {
  const { client } = await registry();
  async function* source() {
    yield* people(10);
    await new Promise((resolve) => setTimeout(resolve, 3_600_000).unref());
  }
  const controller = new AbortController();
  const aborted = client().users.registerMany.each({ users: source() }, { chunk: 10, signal: controller.signal });
  // Once what came of its items is there: how long that takes, on a busy machine, nobody knows.
  const heard = async (run, end) => {
    let outcomes = 0;
    for await (const _ of run) {
      outcomes++;
      setTimeout(end, 20);
    }
    return outcomes;
  };
  assert.equal((await failure(heard(aborted, () => controller.abort()))).kind, "aborted");
  assert.deepEqual(aborted.checkpoint.done, [[0, 10]]);
  const paused = client().users.registerMany.each({ users: source() }, { chunk: 10 });
  assert.equal(await heard(paused, () => paused.pause()), 1);
});

test("a source that fails fails the loop, after the outcomes of what it gave", async () => {
  const { client } = await registry();
  function* source() {
    yield* people(15);
    throw new RangeError("the file ends in the middle");
  }
  const run = client().users.registerMany.each({ users: source() }, { chunk: 10 });
  await assert.rejects(collect(run), RangeError);
  assert.deepEqual(run.checkpoint.done, [[0, 15]]);
});

test("a checkpoint that does not fit is refused", async () => {
  const { users, groups } = sandbox.client();
  const good = { operation: "users.registerMany", done: [[0, 2]], failed: [] };
  for (const resume of [
    null,
    "x",
    { ...good, operation: "groups.mutes.add" },
    { ...good, done: [[2, 1]] },
    { ...good, done: [[3, 4], [0, 1]] },
    { ...good, done: 7 },
    { ...good, failed: [["a", "b"]] },
    { ...good, unknown: [[0, -1]] },
    { ...good, done: [[0, 4]] },
  ]) {
    const error = await failure(collect(users.registerMany.each({ users: people(3) }, { resume })));
    assert.deepEqual([error.kind, error.field], ["invalid", "resume"], JSON.stringify(resume));
  }
  assert.equal((await failure(collect(groups.mutes.add.each({ group_id: "1", mute_duration: 1, usernames: [] }, { resume: good })))).field, "resume");
});

test("one who is no member spoils only the own mute, a feature that is off is told once", async () => {
  const names = people(8).map((user) => user.username);
  let code = "forbidden_op";
  const { client, requests } = await startServer((_, response, body) => {
    const { usernames } = JSON.parse(body);
    if (code !== "forbidden_op" || usernames.includes("user006")) json(response, { error: code, error_description: "users [user006] are not members of this group!" }, 403);
    else json(response, { data: usernames.map((user) => ({ result: true, user })) });
  });
  const mute = client({ limits: false }).groups.mutes.add;
  const params = { group_id: "1", mute_duration: -1, usernames: names };
  const outcomes = await collect(mute.each(params));
  assert.deepEqual(outcomes.filter((o) => !o.ok).map((o) => [o.items, o.error.code]), [[["user006"], "forbidden_op"]]);
  assert.equal(outcomes.filter((o) => o.ok).flatMap((o) => o.items).length, 7);
  code = "ServiceNotOpenException";
  requests.length = 0;
  assert.deepEqual((await collect(mute.each(params))).map((o) => [o.ok, o.items.length]), [[false, 8]]);
  assert.equal(requests.length, 1);
});

test("what is wrong with the other parameters is told once, not for each item", async () => {
  const { groups } = sandbox.client();
  const outcomes = await collect(groups.mutes.add.each({ group_id: 7, mute_duration: -1, usernames: people(50).map((p) => p.username) }));
  assert.deepEqual(outcomes.map((o) => [o.ok, o.items.length, o.error.field]), [[false, 50, "group_id"]]);
});

/** What each way of telling answers when the second of three items is refused, and the reason. */
const answers = {
  results: [[{ result: true, user: "a" }, { result: false, user: "b", reason: "why" }, { result: true, user: "c" }], "why"],
  unregistered: [{ entities: [{ username: "a" }, { username: "c" }], data: [{ username: "b", registerUserFailReason: "why" }] }, "why"],
  fail: [{ success: ["a", "c"], fail: { b: "why" } }, "why"],
  errors: [{ successKeys: ["a", "c"], errorKeys: { b: "why" } }, "why"],
  lists: [{ success: ["a", "c"], NotExistFailed: ["b"], maxLimitFailed: [], UnKnowFailed: [] }, "NotExistFailed"],
  pushed: [[{ pushStatus: "SUCCESS" }, { pushStatus: "FAIL", desc: "why" }, { pushStatus: "ASYNC_SUCCESS" }], "why"],
  recalled: [[{ recalled: "yes", msg_id: "a" }, { recalled: "why", msg_id: "b" }, { recalled: "yes", msg_id: "c" }], "why"],
  metadata: [{ "updateMetadataFailed:": [{ b: "why" }], "updateMetadataSucceeded:": [{ username: "a" }, { username: "c" }] }, '[{"b":"why"}]'],
};

/** A value of a shape, by the catalog. */
function sample(shape, text) {
  if (shape.kind === "model") return struct(catalog.models[shape.name], text);
  if (shape.kind === "list") return [sample(shape.item, text)];
  if (shape.kind === "map") return {};
  return { integer: 1, number: 1, boolean: true }[shape.kind] ?? text;
}

function struct(model, text) {
  if (model.kind === "enum") return model.words[0].value;
  return Object.fromEntries((model.fields ?? []).filter((f) => f.required).map((f) => [f.name, sample(f.shape, text)]));
}

for (const { id, fields, batch, returns } of catalog.operations.filter((o) => o.batch?.told)) {
  test(`${id} tells who was refused`, async () => {
    const [answer, reason] = answers[batch.told];
    const { client, requests } = await startServer((_, response) => json(response, returns.at ? { [returns.at]: answer } : answer));
    const params = {};
    for (const field of fields.filter((f) => f.required && f.constant === undefined)) params[field.name] = sample(field.shape, "x");
    const list = fields.find((f) => f.name === batch.field);
    params[batch.field] = ["a", "b", "c"].map((name) => sample(list.shape.item, name));
    const chat = client({ dialect: "easemob", auth: { token: "t" } });
    const method = id.split(".").reduce((node, part) => node[part], chat);
    const outcomes = await collect(method.each(params));
    assert.equal(requests.length, 1, JSON.stringify(outcomes));
    assert.deepEqual(outcomes.map((o) => [o.ok, o.indexes]), [[true, [0, 2]], [false, [1]]]);
    const { error, items } = outcomes[1];
    assert.deepEqual([error.kind, error.status, error.description, error.operation, items], ["service", 200, reason, id, [params[batch.field][1]]]);
  });
}

test("every way of telling is used", () => {
  const used = new Set(catalog.operations.map((o) => o.batch?.told).filter(Boolean));
  assert.deepEqual([...used].sort(), Object.keys(answers).sort());
});

test("names that differ in case are the same user", async () => {
  const chat = sandbox.client();
  await chat.users.register({ username: "user001", password: "x" });
  const users = people(3).map((p) => ({ ...p, username: p.username.toUpperCase() }));
  const outcomes = await collect(chat.users.registerMany.each({ users }));
  const [good, bad] = [outcomes.filter((o) => o.ok), outcomes.filter((o) => !o.ok)];
  assert.deepEqual(good.flatMap((o) => o.indexes), [0, 2]);
  assert.deepEqual(bad.map((o) => o.items[0].username), ["USER001"]);
});
