// Lists that come in pages, and batches that go in chunks.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { catalog, failure, json, startSandbox, startServer } from "./support.mjs";

const sandbox = await startSandbox();
beforeEach(() => sandbox.reset());

const people = (n) => Array.from({ length: n }, (_, i) => ({ username: `user${String(i).padStart(3, "0")}`, password: "x" }));

async function collect(iterable) {
  const list = [];
  for await (const item of iterable) list.push(item);
  return list;
}

test("every item of every page, by cursor", async () => {
  const chat = sandbox.client();
  const users = people(25);
  await chat.users.registerMany({ users });
  const names = (await collect(chat.users.list.all({ limit: 10 }))).map((u) => u.username);
  assert.deepEqual(names.sort(), users.map((u) => u.username));
  const pages = await collect(chat.users.list.pages({ limit: 10 }));
  assert.deepEqual(pages.map((p) => p.items.length), [10, 10, 5]);
  assert.equal(typeof pages[0].cursor, "string");
  const rest = await collect(chat.users.list.pages({ limit: 10, cursor: pages[0].cursor }));
  assert.deepEqual(rest.map((p) => p.items.length), [10, 5]);
  assert.equal((await chat.users.list.all({ limit: 10 }).toArray({ limit: 12 })).length, 12);
  assert.equal((await chat.users.list.all().toArray()).length, 25);
});

test("every item of every page, by number", async () => {
  const { client, requests } = await startServer((request, response) => {
    const query = new URL(request.url, "http://x").searchParams;
    const [page, size] = [Number(query.get("pageNum")), Number(query.get("pageSize") ?? 10)];
    const all = Array.from({ length: 25 }, (_, i) => ({ username: `u${i}` }));
    json(response, { data: { data: all.slice((page - 1) * size, page * size) } });
  });
  const list = client().mutes.list;
  assert.equal((await list.all({ pageSize: 10 }).toArray()).length, 25);
  assert.equal(requests.length, 3, "a short page is the last");
  requests.length = 0;
  assert.equal((await list.all().toArray()).length, 25);
  assert.equal(requests.length, 4, "without a known size, an empty page is the last");
  requests.length = 0;
  assert.equal((await list.all({ pageSize: 5, pageNum: 4 }).toArray()).length, 10);
  assert.equal(requests.length, 3);
});

/** Puts a value at a path such as `data.contacts`. */
const put = (at, value) => (at ? at.split(".").reduceRight((inner, name) => ({ [name]: inner }), value) : value);

/** Objects put together, members and all. */
function merge(a, b) {
  if (typeof a !== "object" || typeof b !== "object" || Array.isArray(a)) return b;
  return { ...a, ...Object.fromEntries(Object.entries(b).map(([name, value]) => [name, name in a ? merge(a[name], value) : value])) };
}

for (const { id, fields, paging, returns } of catalog.operations.filter((o) => o.paging)) {
  test(`${id} comes in pages to its end, and an abort ends it in the middle`, async () => {
    const { client, requests } = await startServer((request, response, body) => {
      const query = new URL(request.url, "http://x").searchParams;
      const asked = (name) => query.get(name) ?? request.headers[name] ?? (body ? JSON.parse(body)[name] : undefined);
      const page = paging.cursor ? Number(asked(paging.cursor) ?? 0) : Number(asked(paging.number)) - paging.first;
      const items = page < 3 ? [{ n: page * 2 }, { n: page * 2 + 1 }] : [];
      const next = paging.cursor && page < 2 ? put(paging.next, String(page + 1)) : {};
      json(response, merge(put(returns.at, items), next));
    });
    const params = {};
    for (const { name, type } of fields.filter((f) => f.required && f.constant === undefined)) {
      params[name] = { integer: 1, boolean: true, "string[]": ["x"] }[type] ?? "x";
    }
    if (paging.size) params[paging.size] = 2;
    const chat = client({ dialect: "easemob", limits: false });
    const list = id.split(".").reduce((node, part) => node[part], chat);
    const numbers = (await list.all(params).toArray()).map((item) => item.n);
    assert.deepEqual(numbers, [0, 1, 2, 3, 4, 5]);
    requests.length = 0;
    const controller = new AbortController();
    const seen = [];
    const error = await failure(
      (async () => {
        for await (const { n } of list.all(params, { signal: controller.signal })) {
          seen.push(n);
          if (n === 2) controller.abort();
        }
      })(),
    );
    assert.deepEqual([error.kind, seen, requests.length], ["aborted", [0, 1, 2], 2]);
  });
}

test("a list that the platform cut short is an error, after what came of it", async () => {
  const { client, requests } = await startServer((request, response) => {
    const cursor = new URL(request.url, "http://x").searchParams.get("cursor");
    json(response, { entities: [{ username: cursor ?? "first" }], cursor: { b: "a" }[cursor] ?? (cursor ? "b" : "a") });
  });
  const seen = [];
  const error = await failure(
    (async () => {
      for await (const { username } of client().users.list.all()) seen.push(username);
    })(),
  );
  assert.deepEqual([error.kind, error.operation, error.status], ["decode", "users.list", 200]);
  assert.match(error.message, /cut short.*cursor/);
  assert.deepEqual([seen, requests.length], [["first", "a", "b"], 3]);
});

test("a list goes on behind an empty page with a new cursor", async () => {
  const answers = { "": [["a"], "1"], 1: [[], "2"], 2: [[], "3"], 3: [["b"], "4"], 4: [[], "4"] };
  const { client, requests } = await startServer((request, response) => {
    const [names, cursor] = answers[new URL(request.url, "http://x").searchParams.get("cursor") ?? ""];
    json(response, { entities: names.map((username) => ({ username })), cursor });
  });
  const { list } = client().users;
  assert.deepEqual((await list.all().toArray()).map((user) => user.username), ["a", "b"]);
  assert.equal(requests.length, 5);
  assert.deepEqual((await collect(list.pages())).map(({ items }) => items.length), [1, 1]);
});

test("a list of nothing but empty pages does not go on for ever", async () => {
  let n = 0;
  const { client } = await startServer((_, response) => json(response, { entities: [], cursor: String(n++) }));
  const error = await failure(client({ limits: false }).users.list.all().toArray());
  assert.deepEqual([error.kind, error.operation], ["decode", "users.list"]);
});

test("an empty list is one empty page and no items", async () => {
  const chat = sandbox.client();
  assert.deepEqual(await collect(chat.users.list.pages()), [{ items: [] }]);
  assert.deepEqual(await chat.users.list.all().toArray(), []);
});

test("leaving a loop early asks for no more", async () => {
  const { client, requests } = await startServer((_, response) => json(response, { entities: [{}, {}], cursor: String(Math.random()) }));
  for await (const _ of client().users.list.all()) break;
  assert.equal(requests.length, 1);
});

test("an abort ends a list in the middle", async () => {
  const { client } = await startServer((_, response) => json(response, { entities: [{}, {}], cursor: String(Math.random()) }));
  const controller = new AbortController();
  let seen = 0;
  const error = await failure(
    (async () => {
      for await (const _ of client().users.list.all({}, { signal: controller.signal })) if (++seen === 5) controller.abort();
    })(),
  );
  assert.deepEqual([error.kind, seen], ["aborted", 5]);
});

test("a failure in the middle of a list is the loop's", async () => {
  let page = 0;
  const { client } = await startServer((_, response) =>
    page++ ? json(response, { error: "x" }, 500) : json(response, { entities: [{}], cursor: "c" }),
  );
  const seen = [];
  const error = await failure(
    (async () => {
      for await (const user of client().users.list.all()) seen.push(user);
    })(),
  );
  assert.deepEqual([error.kind, error.status, seen.length], ["service", 500, 1]);
});

test("a batch of any size goes in chunks of the documented maximum", async () => {
  const chat = sandbox.client();
  const progress = [];
  const outcomes = await collect(chat.users.registerMany.each({ users: people(150) }, { onProgress: (p) => progress.push(p) }));
  assert.deepEqual(outcomes.map((o) => [o.ok, o.indexes[0], o.items.length]), [[true, 0, 60], [true, 60, 60], [true, 120, 30]]);
  assert.equal(outcomes.flatMap((o) => o.data.entities).length, 150);
  const checkpoint = { operation: "users.registerMany", done: [[0, 150]], failed: [], unknown: [] };
  assert.deepEqual({ ...progress.at(-1) }, { done: 150, failed: 0, total: 150, checkpoint });
});

test("a batch from a generator, several requests at once", async () => {
  let running = 0;
  let most = 0;
  const { client } = await startServer((_, response, body) => {
    most = Math.max(most, ++running);
    setTimeout(() => {
      running--;
      json(response, { entities: JSON.parse(body), data: [] });
    }, 20);
  });
  async function* users() {
    for (const user of people(100)) yield user;
  }
  const outcomes = await collect(client().users.registerMany.each({ users: users() }, { chunk: 10, concurrency: 4 }));
  assert.equal(outcomes.length, 10);
  assert.equal(most, 4);
  assert.deepEqual(outcomes.flatMap((o) => o.items).map((u) => u.username).sort(), people(100).map((u) => u.username));
});

test("a bad item spoils only itself", async () => {
  const { client, requests } = await startServer((_, response, body) => {
    const users = JSON.parse(body);
    if (users.some((u) => u.username === "user007")) json(response, { error: "illegal_argument" }, 400);
    else json(response, { entities: users, data: [] });
  });
  const users = people(30);
  users[20].username = /** @type {any} */ (20);
  const outcomes = await collect(client().users.registerMany.each({ users }));
  const failed = outcomes.filter((o) => !o.ok);
  assert.deepEqual(failed.map((o) => [o.indexes, o.error.kind]), [[[7], "service"], [[20], "invalid"]]);
  assert.equal(outcomes.filter((o) => o.ok).flatMap((o) => o.items).length, 28);
  assert.ok(requests.length < 14);
});

test("a chunk that the network loses is reported, and the rest goes on", async () => {
  let times = 0;
  const { client } = await startServer((_, response, body) => {
    if (times++ === 1) response.destroy();
    else json(response, { entities: JSON.parse(body), data: [] });
  });
  const outcomes = await collect(client().users.registerMany.each({ users: people(30) }, { chunk: 10 }));
  assert.deepEqual(outcomes.map((o) => o.ok), [true, false, true]);
  assert.equal(outcomes[1].error.kind, "network");
});

test("an abort ends a batch", async () => {
  const { client, requests } = await startServer((_, response, body) => json(response, { entities: JSON.parse(body), data: [] }));
  const controller = new AbortController();
  const error = await failure(
    (async () => {
      for await (const _ of client().users.registerMany.each({ users: people(100) }, { chunk: 10, signal: controller.signal })) controller.abort();
    })(),
  );
  assert.equal(error.kind, "aborted");
  assert.equal(requests.length, 1);
});

test("options of a batch that do not fit", async () => {
  const many = sandbox.client().users.registerMany;
  for (const [params, options, field] of [
    [{ users: 7 }, {}, "users"],
    [{ users: "abc" }, {}, "users"],
    [{ users: [] }, { chunk: 61 }, "chunk"],
    [{ users: [] }, { concurrency: 0 }, "concurrency"],
    [{ users: [] }, { concurency: 2 }, "concurency"],
    [{ users: [] }, { signal: "x" }, "signal"],
  ]) {
    const error = await failure(collect(many.each(params, options)));
    assert.deepEqual([error.kind, error.field], ["invalid", field]);
  }
  assert.deepEqual(await collect(many.each({ users: [] })), []);
});
