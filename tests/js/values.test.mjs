// What is given is what is sent, or it is refused by name; what is answered is told as it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { failure, json, startServer } from "./support.mjs";

const { client, requests } = await startServer((request, response) => json(response, answers.shift() ?? { data: {}, entities: [{}] }));
const answers = [];
const chat = client();
const send = (v) => chat.messages.users.send({ from: "amy", to: ["ben"], type: "txt", body: { msg: "x" }, ext: { v } });
/** What arrived of a value. */
const sent = async (v) => {
  await send(v);
  return JSON.parse(requests.at(-1).body).ext.v;
};

test("a message that was not recalled is told in each of the documented ways", async () => {
  const one = { msg_id: "673296835082717140", recalled: "not_found msg" };
  const answers = [{ data: { ...one, chattype: "chat", from: "a", to: "b" } }, { data: one }, { msgs: [one] }];
  const { client } = await startServer((_, response) => json(response, answers.shift()));
  const recall = () => client().messages.recall({ msg_id: one.msg_id, to: "b", chat_type: "chat", force: true });
  while (answers.length) {
    const { msg_id, recalled } = await recall();
    assert.deepEqual({ msg_id, recalled }, one);
  }
  // Nothing else passes for it.
  for (const answer of [{ msgs: [] }, { msgs: one }, { msgs: ["x"] }, { data: null, msgs: [] }, {}]) {
    answers.push(answer);
    assert.equal((await failure(recall())).kind, "decode", JSON.stringify(answer));
  }
});

test("what JSON would bend or drop is refused by its path", async () => {
  class Private {
    #x = 1;
  }
  const cyclic = { a: {} };
  cyclic.a.b = cyclic;
  const cases = [
    ["cut \ud83d", "ext.v", /half a character/],
    ["\udcaa", "ext.v", /half a character/],
    [{ list: ["ok", { deep: "\ud83d" }] }, "ext.v.list[1].deep", /half a character/],
    [{ "\ud83d": 1 }, "ext.v", /half a character in a name/],
    [new Map([["a", 1]]), "ext.v", /a Map/],
    [new Set([1]), "ext.v", /a Set/],
    [[1, new WeakMap()], "ext.v[1]", /a WeakMap/],
    [/x/, "ext.v", /a RegExp/],
    [new Error("x"), "ext.v", /an Error/],
    [new Private(), "ext.v", /a Private/],
    [vm.runInNewContext("new Map()"), "ext.v", /a Map/],
    [new String("x"), "ext.v", /a String/],
    [new Uint8Array(2), "ext.v", /Uint8Array/],
    [Buffer.from("x"), "ext.v", /Uint8Array/],
    [new ArrayBuffer(2), "ext.v", /ArrayBuffer/],
    [new Date(NaN), "ext.v", /valid date/],
    [[undefined], "ext.v[0]", /undefined/],
    [[1, , 2], "ext.v[1]", /undefined/],
    [{ a: [NaN] }, "ext.v.a[0]", /finite/],
    [-Infinity, "ext.v", /finite/],
    [() => 1, "ext.v", /a function/],
    [Symbol("x"), "ext.v", /a symbol/],
    [{ toJSON: () => new Map() }, "ext.v", /a Map/],
    [{ toJSON: () => ({ n: NaN }) }, "ext.v.n", /finite/],
    [cyclic, "ext.v.a.b", /itself/],
  ];
  const before = requests.length;
  for (const [value, field, message] of cases) {
    const error = await failure(send(value));
    assert.deepEqual([error.kind, error.field, error.attempts], ["invalid", field, 0], error.message);
    assert.match(error.message, message);
    assert.ok(error.message.startsWith(`messages.users.send: ${field} `), error.message);
  }
  const name = await failure(chat.users.get({ username: "am\ud83d" }));
  assert.deepEqual([name.kind, name.field], ["invalid", "username"]);
  for (const params of [new Map([["limit", 1]]), new Set(), /x/, new Error("x"), new Uint8Array(1), []]) {
    assert.match((await failure(chat.users.list(params))).message, /the parameters must be an object/);
  }
  assert.equal(requests.length, before);
});

test("what JSON can write arrives as it was given", async () => {
  const plain = JSON.parse('{"__proto__":{"a":1},"emoji":"😀","escaped":"\\\\ud83d","list":[[],{},null,true,0.5],"toString":"x"}');
  assert.equal(JSON.stringify(await sent(plain)), JSON.stringify(plain));
  assert.deepEqual(await sent({ a: undefined, b: 1 }), { b: 1 });
  assert.equal(await sent(new Date(0)), "1970-01-01T00:00:00.000Z");
  assert.deepEqual(await sent([{ toJSON: (key) => `at ${key}` }]), ["at ext.v[0]"]);
  assert.deepEqual(await sent(Object.assign(Object.create(null), { a: [1n, 2n ** 60n] })), { a: [1, "1152921504606846976"] });
  assert.deepEqual(await sent(vm.runInNewContext("({ a: [{ b: 1 }] })")), { a: [{ b: 1 }] });
  const shared = { a: 1 };
  assert.deepEqual(await sent([shared, shared]), [shared, shared]);
  // Parameters may be of a class of the caller's.
  class Params {
    username = "amy";
  }
  await chat.users.get(new Params());
  assert.match(requests.at(-1).url, /\/users\/amy$/);
});

test("nesting is refused where the core would not read it, and nowhere before", async () => {
  const nest = (levels, wrap, value = 1) => (levels ? nest(levels - 1, wrap, wrap(value)) : value);
  for (const wrap of [(d) => ({ d }), (d) => [d]]) {
    await send(nest(125, wrap));
    for (const levels of [126, 127, 200, 5000]) {
      const error = await failure(send(nest(levels, wrap)));
      assert.deepEqual([error.kind, error.field], ["invalid", "ext"], `${levels}`);
      assert.match(error.message, /ext must not be nested more than/);
    }
  }
});

test("a success without its result is not one", async () => {
  const strange = [{ ok: true }, "null", '"x"', "42", "[]"];
  const calls = {
    object: [() => chat.users.get({ username: "amy" }), { entities: {} }, { entities: [] }, { entities: [[]] }, { entities: ["amy"] }],
    data: [() => chat.groups.delete({ group_id: "1" }), { data: [] }, { data: null }, { data: "x" }],
    plain: [() => chat.messages.edit({ msg_id: "1", user: "amy", new_msg: { type: "txt", msg: "x" } }), { data: {} }, { data: null }],
    whole: [() => chat.tokens.user.create({ username: "amy", autoCreateUser: true }), { entities: [] }],
    batch: [() => chat.users.registerMany({ users: [{ username: "amy" }] })],
  };
  for (const [name, [call, ...more]] of Object.entries(calls)) {
    for (const answer of [...strange, ...more]) {
      answers.push(answer);
      const error = await failure(call());
      const text = typeof answer === "string" ? answer : JSON.stringify(answer);
      if (error.kind === "invalid") throw error;
      assert.deepEqual([error.kind, error.status, error.body, error.attempts], ["decode", 200, text, 1], `${name} ${text}: ${error.message}`);
    }
  }
  for (const answer of ["null", '"x"', "42", "[]", { entities: {} }, { entities: "x" }]) {
    for (const call of [() => chat.users.list(), () => chat.users.list.all().toArray()]) {
      answers.push(answer);
      assert.equal((await failure(call())).kind, "decode", JSON.stringify(answer));
    }
  }
});

test("lists, maps and nothing may be left out where they are empty", async () => {
  answers.push({}, { data: null }, {}, {}, '[1,{"a":null}]', "null");
  assert.deepEqual(await chat.users.list(), { items: [] });
  assert.deepEqual(await chat.users.devices.list({ username: "amy" }), []);
  assert.deepEqual(await send(1), {});
  assert.equal(await chat.users.activate({ username: "amy" }), undefined);
  // What is not in the table may answer anything.
  assert.deepEqual(await chat.request({ method: "GET", path: "/x" }), [1, { a: null }]);
  assert.equal(await chat.request({ method: "GET", path: "/x" }), null);
});
