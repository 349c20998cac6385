// What servers do and how it is told, the same over each way to send: `cases/transport.json`.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import net from "node:net";
import { after, test } from "node:test";
import * as zlib from "node:zlib";
import { Agent } from "undici";
import { ChatAdmin, settled, unhandled } from "./support.mjs";

const file = ["./cases/transport.json", "../cases/transport.json"].map((name) => new URL(name, import.meta.url)).find(existsSync);
const { cases } = JSON.parse(readFileSync(file, "utf8"));

const dispatcher = new Agent();
after(() => dispatcher.close());
const transports = {
  "node:http": {},
  "fetch": { fetch: globalThis.fetch },
  "a caller's fetch": { fetch: (...args) => globalThis.fetch(...args) },
  "dispatcher": { agent: dispatcher },
};
/** Which of these `unless` means by its name. */
const family = { "a caller's fetch": "fetch" };

const PACKERS = { gzip: zlib.gzipSync, br: zlib.brotliCompressSync, deflate: zlib.deflateSync, raw: zlib.deflateRawSync };

/** An answer's bytes. @param {any} answer @param {string} other */
function bytes({ raw, head, body = "", pack = [], encoding = pack.join(", "), cut = 0, chunks, length }, other) {
  if (raw !== undefined) return Buffer.from(raw);
  if (!head) return Buffer.alloc(0);
  let packed = Buffer.from(body);
  for (const name of pack) packed = PACKERS[name](packed);
  packed = packed.subarray(0, packed.length - cut);
  const lines = [...head];
  if (encoding) lines.push(`content-encoding: ${encoding}`);
  if (length !== null) lines.push(`content-length: ${length ?? packed.length}`);
  if (chunks) packed = Buffer.concat([...chunked(packed, chunks)]);
  const text = lines.join("\r\n").replaceAll("{other}", other).replaceAll("{long}", "h".repeat(30_000));
  return Buffer.concat([Buffer.from(`${text}\r\n\r\n`), packed]);
}

function* chunked(packed, size) {
  for (let i = 0; i < packed.length; i += size) {
    const chunk = packed.subarray(i, i + size);
    yield Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);
  }
  yield Buffer.from("0\r\n\r\n");
}

/** A request's head and how much of its body is missing yet, once its head is there. @param {Buffer} got */
function request(got) {
  const end = got.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = got.subarray(0, end).toString();
  const [method, path] = head.split(" ", 2);
  const length = /^content-length: *(\d+)/im.exec(head);
  const rest = got.subarray(end + 4);
  const whole = /^transfer-encoding: *chunked/im.test(head) ? rest.includes("0\r\n\r\n") : rest.length >= Number(length?.[1] ?? 0);
  return { line: `${method} ${path}${/^authorization: Bearer t\r?$/im.test(head) ? " token" : ""}`, whole };
}

/** A server that answers byte by byte as it is told, and notes the requests. @param {string} name @param {string[]} seen @param {() => any} next @param {() => string} other */
async function serve(name, seen, next, other) {
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    let got = Buffer.alloc(0);
    let answer;
    socket.on("data", (data) => {
      if (answer?.then === "read") return;
      got = Buffer.concat([got, data]);
      const asked = request(got);
      if (!asked) return;
      if (!answer) {
        answer = next();
        seen.push(name + asked.line);
      }
      if (answer.when !== "head" && !asked.whole) return;
      socket.write(bytes(answer, other()));
      if (answer.then === "end") socket.end();
      else if (answer.then === "reset") setImmediate(() => socket.resetAndDestroy());
      if (answer.then === "read") return;
      answer = undefined;
      got = Buffer.alloc(0);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

/** @param {any} chat @param {string} what */
function call(chat, what) {
  if (what === "read") return chat.users.get({ username: "amy" });
  if (what === "write") return chat.users.activate({ username: "amy" });
  if (what === "send") return chat.messages.users.send({ from: "ben", to: ["amy"], type: "txt", body: { msg: "hi" } });
  if (what === "upload") return chat.files.upload({ file: new Blob([new Uint8Array(4_000_000)]) });
  const [, method, path, body] = /^(\S+) (\S.*?)( \{\})?$/.exec(what);
  return chat.request({ method, path, ...(body && { body: JSON.parse(body) }) });
}

for (const [name, options] of Object.entries(transports)) {
  test(name, async (t) => {
    for (const row of cases) {
      await t.test(row.name, async () => {
        const seen = [];
        let taken = 0;
        const next = () => row.answers[Math.min(taken++, row.answers.length - 1)];
        const other = await serve("other ", seen, next, () => "");
        const server = await serve("", seen, next, () => other.url);
        // Where the server does nothing there is nothing to wait for; else it is long enough for the slowest machine.
        const timeout = row.answers.some(({ then }) => then === "nothing") ? 300 : 30_000;
        const chat = new ChatAdmin({ baseUrl: server.url, app: "demo#chat", auth: { token: "t" }, limits: false, retries: 0, timeout, ...options });
        try {
          const found = await call(chat, row.call).then(
            () => ({ outcome: "ok", message: "" }),
            ({ kind, status, message }) => ({ outcome: kind, status, message }),
          );
          const unless = row.unless?.[family[name] ?? name];
          if (unless === "any") return assert.ok(found.outcome);
          const { outcome, status, says = "", seen: wanted } = { ...row.expect, ...unless };
          assert.equal(found.outcome, outcome, found.message);
          if (outcome === "service" || outcome === "decode") assert.equal(found.status, status);
          assert.ok(found.message.includes(says.replace("{other}", other.url)), found.message);
          if (wanted) assert.deepEqual(seen, wanted);
        } finally {
          server.stop();
          other.stop();
        }
      });
    }
  });
}

test("nothing was left without a handler", async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});
