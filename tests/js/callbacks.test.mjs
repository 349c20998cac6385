// Callbacks: the signature, the window, the types of events, and both kinds of handler.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { entry, serve } from "./support.mjs";

const require = createRequire(import.meta.url);
const callbacks = entry === "cjs" ? require("agora-chat-admin/callbacks") : await import("agora-chat-admin/callbacks");
const { CallbackError, allow, block, constructEvent, generateTestEvent, handler, memory, nodeHandler, sign } = callbacks;

const secret = "s3cr3t/with+signs=";
const refused = (reason) => (error) => error instanceof CallbackError && error.reason === reason;
const post = (body) => new Request("https://example.com/hook", { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });

test("the signature is MD5 of call, secret and time", () => {
  const vectors = [
    ["example-org#example-app_0f8fad5b-d9cb-469f-a165-70867728950e", "made-up-secret-1", 1700000000000, "2e3ea41800d40e5c0a52a20d61e32170"],
    ["example-org#example-app_1234567890123456789", secret, 1600060847294, "9c987cc0a67b94176aa977ae977a7d6b"],
    ["demo#chat_7c9e6679-7425-40de-944b-e07fc1f90ae7", "9d1c2e6b4f0a", 1767225600123, "43a2a953061fad38c9292fd1e37cee42"],
  ];
  for (const [callId, key, timestamp, security] of vectors) assert.equal(sign(callId, timestamp, key), security);
  // Every length around the edges of a block, and text beyond ASCII, against Node's own.
  for (let length = 0; length < 200; length++) {
    const text = randomBytes(length).toString("latin1") + (length % 3 ? "" : "表情😀");
    assert.equal(sign(text, "", ""), createHash("md5").update(text).digest("hex"), `${length}`);
  }
});

test("a callback that cannot be trusted is refused, and says why", async () => {
  const good = generateTestEvent("chat.text", {}, secret);
  assert.equal((await constructEvent(good, secret)).type, "chat.text");
  const cases = [
    [{ ...good, security: good.security.replace(/^./, (c) => (c === "0" ? "1" : "0")) }, "signature"],
    [{ ...good, security: good.security.slice(1) }, "signature"],
    [{ ...good, security: `${good.security}0` }, "signature"],
    [{ ...good, security: "" }, "signature"],
    [{ ...good, callId: `${good.callId}x` }, "signature"],
    [{ ...good, timestamp: good.timestamp + 1 }, "signature"],
    [{ ...good, security: undefined }, "unsigned"],
    [{ ...good, callId: undefined }, "unsigned"],
    [{ ...good, security: 7 }, "malformed"],
    ["{", "malformed"],
    ["[]", "malformed"],
    ["null", "malformed"],
    [generateTestEvent("chat.text", { timestamp: Date.now() - 11 * 60_000 }, secret), "stale"],
    [generateTestEvent("chat.text", { timestamp: Date.now() + 11 * 60_000 }, secret), "stale"],
    [generateTestEvent("chat.text", { timestamp: "soon" }, secret), "stale"],
  ];
  for (const [body, reason] of cases) await assert.rejects(constructEvent(body, secret), refused(reason), JSON.stringify(body));
  await assert.rejects(constructEvent(good, "another"), refused("signature"));
  for (const empty of ["", [], [""], undefined]) await assert.rejects(constructEvent(good, empty), TypeError);
});

test("the window can be moved and widened, and secrets be exchanged", async () => {
  const timestamp = Date.now() - 60 * 60_000;
  const body = generateTestEvent("user.login", { timestamp }, secret);
  assert.equal((await constructEvent(body, secret, { now: timestamp + 1000 })).time, timestamp);
  assert.equal((await constructEvent(body, ["new", secret], { tolerance: 2 * 60 * 60_000 })).type, "user.login");
});

test("text, bytes and objects are the same event", async () => {
  const body = generateTestEvent("group.mute.added", { to: "amy" }, secret);
  const text = JSON.stringify(body);
  for (const form of [body, text, new TextEncoder().encode(text), Buffer.from(text), new TextEncoder().encode(text).buffer]) {
    assert.deepEqual((await constructEvent(form, secret)).body, body);
  }
});

test("ids that a number cannot hold keep their digits", async () => {
  const body = JSON.stringify(generateTestEvent("user.login", {}, secret));
  const more = `{"id":1028442084794698104,"list":[-9007199254740993,9007199254740991,0.12345678901234567,-1e20],"text":"a \\"1028442084794698104\\" b",${body.slice(1)}`;
  const event = await constructEvent(more, secret);
  assert.deepEqual(
    [event.body.id, event.body.list, event.body.text],
    ["1028442084794698104", ["-9007199254740993", 9007199254740991, 0.12345678901234567, -1e20], 'a "1028442084794698104" b'],
  );
});

test("a callback counts once, but one message's callbacks to several users are several", async () => {
  const seen = memory();
  const body = generateTestEvent("message.offline", { to: "amy" }, secret);
  await constructEvent(body, secret, { seen });
  await assert.rejects(constructEvent(body, secret, { seen }), refused("replayed"));
  await constructEvent({ ...body, to: "ben" }, secret, { seen });
});

test("the memory forgets what is over, and the oldest when full", () => {
  const seen = memory({ max: 2 });
  assert.equal(seen.add("over", -1), true);
  assert.equal(seen.add("over", 60_000), true);
  assert.equal(seen.add("over", 60_000), false);
  seen.delete("over");
  assert.equal(seen.add("over", 60_000), true);
  seen.add("b", 60_000);
  seen.add("c", 60_000);
  assert.equal(seen.add("b", 60_000), false);
  assert.equal(seen.add("over", 60_000), true);
});

// The table is not exported: its rows are read.
const table = fileURLToPath(new URL("./generated/callbacks.js", import.meta.resolve("agora-chat-admin/callbacks")));
const types = [...(await readFile(table, "utf8")).matchAll(/^ {2}\["([^"]+)"/gm)].map((match) => match[1]);

test("every event's sample is recognised as this event and no other", async () => {
  assert.equal(types.length, 143);
  for (const type of types) {
    const event = await constructEvent(JSON.stringify(generateTestEvent(type, {}, secret)), secret, { allowUnsigned: true });
    assert.equal(event.type, type);
    assert.equal(event.presend, type.startsWith("presend."));
  }
});

test("only what the platform does not sign may come without a signature", async () => {
  for (const type of ["reaction.changed", "thread.messageChanged", "push.succeeded"]) {
    const body = generateTestEvent(type);
    await assert.rejects(constructEvent(body, secret), refused("unsigned"), type);
    assert.equal((await constructEvent(body, secret, { allowUnsigned: true })).type, type);
  }
  const { security, ...bare } = generateTestEvent("chat.text", {}, secret);
  await assert.rejects(constructEvent(bare, secret, { allowUnsigned: true }), refused("unsigned"));
});

test("what differs by one field is told apart", async () => {
  const type = async (base, over) => (await constructEvent(generateTestEvent(base, over, secret), secret)).type;
  assert.equal(await type("group.text", { content_type: "chat:room:text" }), "room.text");
  assert.equal(await type("group.text", { content_type: undefined }), "group.text");
  assert.equal(await type("group.member.kicked", { payload: { is_chatroom: true } }), "room.member.kicked");
  assert.equal(await type("chat.text", { eventType: "chat_offline" }), "message.offline");
  assert.equal(await type("chat.text", { payload: { bodies: [{ type: "hologram" }] } }), "chat.unknown");
  assert.equal(await type("presend.text", { payload: { type: "hologram" } }), "presend.message");
  assert.equal(await type("groupOp.mute.added", { operation: "LEVITATE" }), "unknown");
  assert.equal(await type("user.logout", { reason: "bored" }), "unknown");
  assert.throws(() => generateTestEvent("group.levitated"), TypeError);
});

test("a handler finds the closest function and answers", async () => {
  const called = [];
  const note = (name) => (event) => void called.push([name, event.type]);
  const handle = handler({
    secret,
    on: {
      "group.mute.added": note("exact"),
      "group.mute.*": note("mutes"),
      "group.*": note("group"),
      "*": note("rest"),
      "presend.text": ({ body }) => (body.payload.msg.includes("spam") ? block("no spam") : undefined),
      "presend.custom": () => allow({ payload: { customEvent: "rose" }, priority: "high" }),
    },
  });
  for (const type of ["group.mute.added", "group.mute.removed", "group.text", "user.login"]) {
    const response = await handle(post(generateTestEvent(type, {}, secret)));
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(await response.text(), "{}");
  }
  assert.deepEqual(called, [
    ["exact", "group.mute.added"],
    ["mutes", "group.mute.removed"],
    ["group", "group.text"],
    ["rest", "user.login"],
  ]);
  const reply = async (type, payload) => (await handle(post(generateTestEvent(type, { payload }, secret)))).json();
  assert.deepEqual(await reply("presend.text", { msg: "buy spam" }), { valid: false, code: "no spam" });
  assert.deepEqual(await reply("presend.text", { msg: "hello" }), { valid: true });
  assert.deepEqual(await reply("presend.custom"), { valid: true, payload: { customEvent: "rose" }, chatroom_msg_level: "high" });
  assert.equal((await handle(new Request("https://example.com/hook"))).status, 405);
});

test("what fails is answered with 500 and served again; what was served is not", async () => {
  const errors = [];
  let times = 0;
  const handle = handler({
    secret,
    on: {
      "user.login": () => {
        if (times++ === 0) throw new Error("the database is away");
      },
    },
    onError: (error, event) => void errors.push([error.message, event?.type]),
  });
  const body = generateTestEvent("user.login", {}, secret);
  const status = async (body) => (await handle(post(body))).status;
  assert.deepEqual([await status(body), await status(body), await status(body)], [500, 200, 200]);
  assert.equal(times, 2);
  assert.equal(await status({ ...body, security: "0".repeat(32) }), 401);
  assert.equal(await status("nonsense"), 400);
  assert.deepEqual(errors[0], ["the database is away", "user.login"]);
  assert.equal(errors.length, 3);
  assert.equal(times, 2);
});

test("node:http, with the body still to read, parsed, and too large", async () => {
  const seen = [];
  const handle = nodeHandler({ secret, on: { "*": (event) => void seen.push(event.type) }, maxBody: 4096 });
  const { url } = await serve(async (request, response) => {
    if (request.url === "/parsed") {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      Object.assign(request, { body: JSON.parse(Buffer.concat(chunks).toString()) });
    }
    await handle(request, response);
  });
  const send = async (path, body, method = "POST") => {
    const response = await fetch(url + path, { method, body });
    return [response.status, await response.text()];
  };
  const text = () => JSON.stringify(generateTestEvent("contact.requested", {}, secret));
  assert.deepEqual(await send("/", text()), [200, "{}"]);
  assert.deepEqual(await send("/parsed", text()), [200, "{}"]);
  assert.deepEqual(await send("/", "{}"), [401, '{"error":"unsigned"}']);
  assert.equal((await send("/", undefined, "GET"))[0], 405);
  assert.equal((await send("/", " ".repeat(5000)))[0], 413);
  assert.deepEqual(seen, ["contact.requested", "contact.requested"]);
});
