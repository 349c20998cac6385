// Callbacks that come from strangers, stores that are away, and parsers that were there first.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { createRequire } from "node:module";
import { mock, test } from "node:test";
import { entry, serve, settled, unhandled } from "./support.mjs";

const require = createRequire(import.meta.url);
const callbacks = entry === "cjs" ? require("agora-chat-admin/callbacks") : await import("agora-chat-admin/callbacks");
const { CallbackError, constructEvent, generateTestEvent, handler, memory, nodeHandler, sign } = callbacks;

const secret = "s";
const login = (over) => generateTestEvent("user.login", over, secret);
const refused = (reason) => (error) => error instanceof CallbackError && error.reason === reason;
const post = (body) => new Request("https://example.com/hook", { method: "POST", duplex: "half", body: typeof body === "object" && !(body instanceof ReadableStream) ? JSON.stringify(body) : body });

/** A server of one handler; `before` is what ran before it. */
async function handling(options, before = async () => {}) {
  const handle = nodeHandler({ secret, ...options });
  const { url } = await serve(async (request, response) => {
    await before(request, response);
    await handle(request, response);
  });
  return async (body) => {
    const response = await fetch(url, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
    return [response.status, await response.text()];
  };
}

/** What `console.error` is given while `work` runs. */
async function printed(work) {
  const spy = mock.method(console, "error", () => {});
  try {
    await work();
    return spy.mock.calls.map(({ arguments: given }) => given.map(String).join(" "));
  } finally {
    spy.mock.restore();
  }
}

// Each of these took minutes or the whole stack when the look-up went back over its input.
test("a body of a stranger costs no more than its length", { timeout: 60_000 }, async () => {
  const megabyte = 1 << 20;
  const bodies = [
    '"' + '\\"'.repeat(megabyte / 2),
    '{"a":1234567890123456,"b":"' + "\\\\".repeat(megabyte / 2),
    '"\\'.repeat(megabyte / 3),
    "1".repeat(megabyte),
    "-1.".repeat(megabyte / 3) + "1".repeat(20),
    "12345678901234567e".repeat(megabyte / 18),
    "[".repeat(megabyte),
    `{"callId":"${"x".repeat(megabyte)}","security":"${"0".repeat(32)}","timestamp":1234567890123456789}`,
  ];
  for (const body of bodies) await assert.rejects(constructEvent(body, secret), CallbackError);
});

test("a long text is no reason to refuse a callback that is signed", async () => {
  const msg = 'a"\\'.repeat(6 << 20);
  const body = generateTestEvent("chat.text", { payload: { bodies: [{ type: "txt", msg }] } }, secret);
  const { body: read } = await constructEvent(`{"id":12345678901234567890,${JSON.stringify(body).slice(1)}`, secret);
  assert.equal(read.payload.bodies[0].msg, msg);
  assert.equal(read.id, "12345678901234567890");
});

test("numbers beside texts keep their digits, and texts their characters", async () => {
  const parts = '"n":[12345678901234567890,-12345678901234567890,1234567890123456,12345678901234567890.5,1e21,0],"t":"12345678901234567890 \\\\","u":"\\"","v":98765432109876543210';
  const { body } = await constructEvent(`{${parts},${JSON.stringify(login()).slice(1)}`, secret);
  assert.deepEqual(body.n, ["12345678901234567890", "-12345678901234567890", 1234567890123456, 12345678901234567000, 1e21, 0]);
  assert.deepEqual([body.t, body.u, body.v], ["12345678901234567890 \\", '"', "98765432109876543210"]);
});

test("both handlers read no more than maxBody", async () => {
  const event = login();
  const told = [];
  const options = { secret, maxBody: 2000, onError: (error) => void told.push(error.reason) };
  const handle = handler(options);
  assert.equal((await handle(post(event))).status, 200);
  let [pulled, cancelled] = [0, false];
  const endless = new ReadableStream({
    pull: (controller) => void (pulled++, controller.enqueue(new Uint8Array(1000))),
    cancel: () => void (cancelled = true),
  });
  const answer = await handle(post(endless));
  assert.deepEqual([answer.status, await answer.text(), cancelled], [413, '{"error":"large"}', true]);
  assert.ok(pulled < 10);
  const send = await handling(options);
  assert.equal((await send(" ".repeat(100_000)))[0], 413);
  assert.equal((await send(login()))[0], 200);
  assert.deepEqual(told, ["large", "large"]);
  const large = handler({ secret, maxBody: 32 << 20 });
  assert.equal((await large(post({ ...login(), pad: "x".repeat(16 << 20) }))).status, 200);
});

test("what fails beside the handler is answered, told, and ends nothing", async () => {
  const away = () => {
    throw new Error("the store is away");
  };
  const bug = () => {
    throw new Error("a bug");
  };
  const cases = [
    [{ on: { "*": bug }, onError: bug }, login(), ["a bug", "a bug"]],
    [{ onError: bug }, {}, ["a bug"]],
    [{ onError: async () => bug() }, {}, ["a bug"]],
    [{ on: { "*": bug }, seen: { add: () => true, delete: away } }, login(), ["a bug", "the store is away"]],
    [{ on: { "*": bug }, seen: { add: () => true, delete: async () => away() } }, login(), ["a bug", "the store is away"]],
    [{ seen: { add: async () => away(), delete() {} } }, login(), ["the store is away"]],
    [{ on: { "*": async () => bug() } }, login(), ["a bug"]],
    [{ on: { "presend.text": () => ({ valid: true, payload: 1n }) } }, generateTestEvent("presend.text", {}, secret), ["BigInt"]],
  ];
  for (const [options, body, words] of cases) {
    const lines = await printed(async () => {
      assert.equal((await handler({ secret, ...options })(post(body))).status, 500);
    });
    assert.equal(lines.length, words.length, lines.join("\n"));
    lines.forEach((line, i) => assert.ok(line.includes(words[i]), line));
    await printed(async () => {
      const send = await handling(options);
      assert.equal((await send(body))[0], 500);
    });
  }
  await settled();
  assert.deepEqual(unhandled, []);
});

test("onError hears of a failure and of the store's after it", async () => {
  const told = [];
  const handle = handler({
    secret,
    on: {
      "*": () => {
        throw new Error("a bug");
      },
    },
    seen: { add: () => true, delete: () => Promise.reject(new Error("the store is away")) },
    onError: (error, event) => void told.push([error.message, event?.type]),
  });
  const lines = await printed(async () => assert.equal((await handle(post(login()))).status, 500));
  assert.deepEqual(told, [["a bug", "user.login"], ["the store is away", "user.login"]]);
  assert.deepEqual(lines, []);
});

test("a body that cannot be read is answered", async () => {
  const told = [];
  const handle = handler({ secret, onError: (error) => void told.push([error.reason, error.cause?.message]) });
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error("gone")) });
  assert.equal((await handle(post(broken))).status, 500);
  const spent = post(login());
  await spent.text();
  assert.equal((await handle(spent)).status, 500);
  assert.deepEqual(told, [["unreadable", "gone"], ["unreadable", undefined]]);
  // And a client that goes away in the middle.
  const errors = [];
  let heard = () => {};
  const { url, server } = await serve(nodeHandler({ secret, onError: (error) => void (errors.push(error.reason), heard()) }));
  const request = http.request(url, { method: "POST", headers: { "content-length": 1000 } });
  request.on("error", () => {});
  request.write("half");
  await once(server, "request");
  const hears = new Promise((resolve) => (heard = resolve));
  request.destroy();
  await hears;
  assert.deepEqual(errors, ["unreadable"]);
  await settled();
  assert.deepEqual(unhandled, []);
});

test("refusals are not printed, since strangers could fill the log", async () => {
  const lines = await printed(async () => {
    const handle = handler({ secret });
    for (const body of ["{}", "nonsense", { ...login(), security: "0" }]) assert.ok((await handle(post(body))).status >= 400);
  });
  assert.deepEqual(lines, []);
});

test("a signature passes once, whatever else the body says", async () => {
  const seen = memory();
  const body = generateTestEvent("chat.text", {}, secret);
  await constructEvent(body, secret, { seen });
  const changes = [
    {}, { to: "someone" }, { to: ["x"] }, { eventType: "chat_offline" }, { chat_type: "groupchat" }, { eventType: "chat_offline", msg_id: body.callId.split("_")[1] },
    { eventType: "chat_offline", msg_id: body.callId.split("-").at(-1) }, { payload: { bodies: [] } }, { security: body.security.toUpperCase() }, { timestamp: String(body.timestamp) },
  ];
  for (const change of changes) {
    await assert.rejects(constructEvent({ ...body, ...change }, secret, { seen }), refused("replayed"), JSON.stringify(change));
  }
});

test("a message and its callbacks for members who are offline share a signature", async () => {
  const seen = memory();
  const pass = (body) => constructEvent(body, secret, { seen }).then(() => true, (error) => error.reason);
  const offline = generateTestEvent("message.offline", { to: "amy" }, secret);
  assert.equal(await pass({ ...offline, eventType: "chat", to: "g1" }), true);
  assert.deepEqual([await pass(offline), await pass({ ...offline, to: "ben" })], [true, true]);
  assert.deepEqual([await pass(offline), await pass({ ...offline, to: "ben", from: "x" })], ["replayed", "replayed"]);
  assert.equal(await pass({ ...offline, eventType: "chat", to: "g2" }), "replayed");
  // Only under the message's own ID, which is signed.
  assert.equal(await pass({ ...offline, msg_id: offline.msg_id.slice(1), to: "eve" }), "replayed");
});

test("an unsigned callback does not use up a signed one's key", async () => {
  const seen = memory();
  const options = { seen, allowUnsigned: true };
  const signed = login();
  const { security, ...forged } = { ...generateTestEvent("reaction.changed"), callId: signed.callId, timestamp: signed.timestamp };
  await constructEvent(forged, secret, options);
  await constructEvent(signed, secret, options);
  await assert.rejects(constructEvent(signed, secret, options), refused("replayed"));
});

test("a timestamp is a number or its digits", async () => {
  for (const timestamp of [[Date.now()], true, null, { a: 1 }]) {
    const callId = "demo#chat_1";
    const body = { ...login(), callId, timestamp, security: sign(callId, timestamp, secret) };
    await assert.rejects(constructEvent(body, secret), refused("malformed"), JSON.stringify(timestamp));
  }
});

test("what is wrong with the options is said at once, by name", () => {
  const cases = [
    [{}, /secret/],
    [{ secret: "" }, /secret/],
    [{ secret: [] }, /secret/],
    [{ secret: ["s", ""] }, /secret/],
    [{ secret: "s\n" }, /secret.*new line/],
    [{ secret: ["s", " t"] }, /secret.*white space/],
    [{ secret, on: { "chat.txt": () => {} } }, /chat\.txt/],
    [{ secret, on: { "chats.*": () => {} } }, /chats\.\*/],
    [{ secret, on: { "chat*": () => {} } }, /chat\*/],
    [{ secret, on: { "chat.text": "no function" } }, /chat\.text.*function/],
    [{ secret, onErorr: () => {} }, /onErorr/],
    [{ secret, onError: "log" }, /onError/],
    [{ secret, seen: new Map() }, /seen/],
    [{ secret, maxBody: NaN }, /maxBody/],
    [{ secret, tolerance: NaN }, /tolerance/],
  ];
  for (const make of [handler, nodeHandler]) {
    for (const [options, message] of cases) assert.throws(() => make(options), { name: "TypeError", message }, JSON.stringify(options));
    assert.throws(() => make(), TypeError);
    make({ secret, on: { "chat.text": undefined, "chat.*": () => {}, unknown: () => {}, "*": () => {} } });
  }
});

test("a function for presend events that gives no reply is an error", async () => {
  const body = () => post(generateTestEvent("presend.text", {}, secret));
  for (const reply of [false, true, "no", 5, [], { valid: "yes" }, {}]) {
    const told = [];
    const handle = handler({ secret, on: { "presend.*": () => reply }, onError: (error, event) => void told.push([error.message, event.type]) });
    assert.equal((await handle(body())).status, 500, JSON.stringify(reply));
    assert.match(told[0][0], /allow\(\), block\(\) or nothing/);
    assert.equal(told[0][1], "presend.text");
  }
  const handle = handler({ secret, on: { "presend.*": () => ({ valid: false, extra: 1 }) } });
  assert.deepEqual(await (await handle(body())).json(), { valid: false, extra: 1 });
});

test("body parsers may have been there first, and have read or not", async () => {
  const drained = async (request) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const parsers = {
    none: () => {},
    "not mine, so an empty object": (request) => void (request.body = {}),
    "not mine, so nothing": (request) => void (request.body = undefined),
    json: async (request) => Object.assign(request, { body: JSON.parse(await drained(request)), _body: true }),
    text: async (request) => Object.assign(request, { body: (await drained(request)).toString(), _body: true }),
    raw: async (request) => Object.assign(request, { body: await drained(request), _body: true }),
  };
  for (const [name, parser] of Object.entries(parsers)) {
    const send = await handling({}, parser);
    assert.deepEqual(await send(login()), [200, "{}"], name);
    if (name !== "json") assert.deepEqual(await send(`\ufeff${JSON.stringify(login())}`), [200, "{}"], name);
    assert.deepEqual(await send({}), [401, '{"error":"unsigned"}'], name);
  }
  // Who reads it and keeps it is told where the handler belongs.
  let why = "";
  const send = await handling({ onError: (error) => void (why = error.message) }, drained);
  assert.equal((await send(login()))[0], 500);
  assert.match(why, /put the handler before/);
});
