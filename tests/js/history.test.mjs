// Message history: where the file is, and one message after another out of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { agora, failure, settled, startSandbox, startServer, unhandled } from "./support.mjs";

const time = "2018112717";
const record = (n, more = {}) => ({
  msg_id: `m${n}`,
  timestamp: 1543314322601 + n,
  direction: "outgoing",
  from: "amy",
  to: "ben",
  chat_type: "chat",
  payload: { bodies: [{ type: "txt", msg: `{"no": [${n}]} \\ "quoted" 你好 😀` }], ext: {} },
  ...more,
});
const records = [1, 2, 3].map((n) => record(n));
const lines = records.map((r) => `${JSON.stringify(r)}\n`).join("");

/** A platform whose file's server answers as `serve` says. */
async function startHistory(serve) {
  const { url, requests, client, stop } = await startServer((request, response) => {
    if (request.url.startsWith("/file")) return serve(request, response);
    response.end(JSON.stringify({ data: [{ url: `${url}/file?Expires=1&Signature=s3cret` }] }));
  });
  return { requests, stop, client, read: (options) => client().messages.history.read({ time }, options) };
}
const whole = (content) => (_, response) => response.end(content);
const collected = async (iterable) => {
  const list = [];
  for await (const item of iterable) list.push(item);
  return list;
};

test("the sandbox's messages of every kind, as they were sent", async () => {
  const sandbox = await startSandbox();
  const chat = sandbox.client({ auth: { ...agora, expire: 86_400 } });
  for (const username of ["amy", "ben"]) await chat.users.register({ username, password: "x" });
  const { now } = await sandbox.clock({ freeze: true });
  const messages = [
    { type: "txt", body: { msg: "hello" }, ext: { order: 7 } },
    { type: "cmd", body: { action: "refresh" } },
    { type: "loc", body: { lat: "1.5", lng: "-2.25", addr: "Here" } },
    { type: "custom", body: { customEvent: "gift", customExts: { kind: "rose" } } },
    { type: "img", body: { url: "https://h/o/a/chatfiles/u", filename: "a.png", secret: "s", size: { width: 3, height: 4 } } },
  ];
  const ids = [];
  for (const message of messages) ids.push((await chat.messages.users.send({ from: "amy", to: ["ben"], ...message })).ben);
  const hour = new Date(now).toISOString().replace(/\D/g, "").slice(0, 10);
  const history = chat.messages.history;
  assert.equal((await failure(history.read({ time: hour }).toArray())).code, "illegal_argument", "too early");
  await sandbox.clock({ advance: 2 * 3_600_000 });
  const got = await history.read({ time: hour }).toArray();
  assert.deepEqual(got.map((m) => m.msg_id).sort(), ids.map(String).sort());
  const texts = got.filter((m) => m.payload.bodies[0].type === "txt");
  assert.deepEqual(texts.map((m) => [m.from, m.to, m.chat_type, m.timestamp, m.payload.bodies[0].msg, m.payload.ext]), [
    ["amy", "ben", "chat", now, "hello", { order: 7 }],
  ]);
  const place = got.map((m) => m.payload.bodies[0]).find((b) => b.type === "loc");
  assert.deepEqual([place.lat, place.lng], [1.5, -2.25]);
  assert.deepEqual(new Set(got.map((m) => m.payload.bodies[0].type)), new Set(messages.map((m) => m.type)));
  assert.equal((await history.read({ time: hour }).toArray({ limit: 2 })).length, 2);
  const none = await failure(history.read({ time: "2000010100" }).toArray());
  assert.deepEqual([none.operation, none.status], ["messages.history.get", 400]);
});

test("records in every layout, packed or not, whatever the chunks", async () => {
  const pretty = records.map((r) => JSON.stringify(r, null, 2));
  const layouts = {
    lines,
    "lines without the last end": lines.trimEnd(),
    "lines of Windows": lines.replaceAll("\n", "\r\n\r\n"),
    "one after another": records.map((r) => JSON.stringify(r)).join(""),
    "one after another, printed": pretty.join("\n"),
    list: JSON.stringify(records),
    "printed list": JSON.stringify(records, null, 2),
    "list of lines": `[\n${pretty.join(",\n")}\n]\n`,
    "byte order mark": `\ufeff${lines}`,
  };
  for (const [name, text] of Object.entries(layouts)) {
    for (const packed of [true, false]) {
      const bytes = packed ? gzipSync(text) : Buffer.from(text);
      for (const size of [1, 7, bytes.length]) {
        const fetch = async (url) => {
          if (!String(url).includes("/file")) return Response.json({ data: [{ url: "https://store.example/file" }] });
          const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
          return new Response(new ReadableStream({ pull: (c) => (parts.length ? c.enqueue(new Uint8Array(parts.shift())) : c.close()) }));
        };
        const { client } = await startHistory();
        assert.deepEqual(await collected(client({ fetch }).messages.history.read({ time })), records, `${name}, packed: ${packed}, chunks of ${size}`);
      }
    }
  }
});

test("nothing in the file is nothing, and a server may unpack", async () => {
  for (const text of ["", "\n\n", "[]", " [ ]\n"]) {
    const { read } = await startHistory(whole(gzipSync(text)));
    assert.deepEqual(await read().toArray(), [], JSON.stringify(text));
  }
  const empty = await startHistory(whole(""));
  assert.deepEqual(await empty.read().toArray(), []);
  const progress = [];
  const { read } = await startHistory((_, response) => {
    response.setHeader("content-encoding", "gzip");
    response.end(gzipSync(lines));
  });
  assert.deepEqual(await read({ onDownloadProgress: (p) => progress.push(p) }).toArray(), records);
  assert.equal("total" in progress.at(-1), false);
});

test("several files are one history", async () => {
  const fetch = async (url) => {
    if (url.endsWith("/one")) return new Response(gzipSync(JSON.stringify(records[0])));
    if (url.endsWith("/two")) return new Response(gzipSync(JSON.stringify(records.slice(1))));
    return Response.json({ data: [{ url: "https://store.example/one" }, { url: "https://store.example/two" }] });
  };
  const { client } = await startHistory();
  assert.deepEqual(await client({ fetch }).messages.history.read({ time }).toArray(), records);
});

test("neither the token nor the client's headers go to the file's server", async () => {
  const { client, requests } = await startHistory(whole(gzipSync(lines)));
  const seen = [];
  const chat = client({ headers: { "x-ours": "1" }, onRequest: (event) => seen.push(event) });
  await chat.messages.history.read({ time }, { headers: { "x-call": "1" } }).toArray();
  const [ask, file] = requests;
  assert.deepEqual([ask.headers.authorization, ask.headers["x-ours"], ask.headers["x-call"]], ["Bearer t", "1", "1"]);
  assert.deepEqual([file.headers.authorization, file.headers["x-ours"], file.headers["x-call"]], [undefined, undefined, undefined]);
  assert.deepEqual(seen.map((e) => e.operation), ["messages.history.get", "messages.history.read"]);
  assert.ok(!JSON.stringify(seen).includes("s3cret"), "the signature is masked");
});

test("no integer loses digits", async () => {
  const text = '{"msg_id":"1","payload":{"bodies":[],"ext":{"task":9007199254740993,"__proto__":{"n":-12345678901234567890}}}}';
  const { read } = await startHistory(whole(gzipSync(text)));
  const [{ payload }] = await read().toArray();
  assert.equal(payload.ext.task, "9007199254740993");
  assert.deepEqual(Object.getOwnPropertyDescriptor(payload.ext, "__proto__").value, { n: "-12345678901234567890" });
});

test("a broken record ends it, and says which", async () => {
  const good = JSON.stringify(records[0]);
  const cases = [
    [`${good}\n{"msg_id": }\n${good}\n`, 2, '{"msg_id": }'],
    [`${good}\n${good}\nnonsense`, 3, "nonsense"],
    [`${good}\n{"msg_id":"x`, 2, '{"msg_id":"x'],
    [`${good}\n{"msg_id":"x\n${good}`, 2],
    [`${good}\n{"a":[1]`, 2, '{"a":[1]'],
    [`[${good},${good}`, 3],
    [`${good}]`, 2],
    [`[${good},"text"]`, 2],
    ["7", 1, "7"],
  ];
  for (const [text, number, body] of cases) {
    const { read } = await startHistory(whole(gzipSync(text)));
    const got = [];
    const error = await failure((async () => { for await (const m of read()) got.push(m.msg_id); })());
    assert.deepEqual([error.kind, error.operation], ["decode", "messages.history.read"], text);
    assert.ok(error.message.includes(`record ${number} `), `${error.message}: ${text}`);
    assert.equal(got.length, number - 1, "what came before is given");
    if (body) assert.equal(error.body, body);
  }
});

test("a file that cannot be unpacked, or breaks off", async () => {
  // Random text does not shrink: there is something to break.
  const long = gzipSync(Array.from({ length: 4000 }, (_, n) => JSON.stringify(record(n, { x: Math.random() }))).join("\n"));
  const spoilt = Buffer.from(long);
  spoilt.fill(0xff, 30_000, 30_100);
  for (const bytes of [spoilt, long.subarray(0, 40_000), long.subarray(0, 12)]) {
    const { read } = await startHistory(whole(bytes));
    const error = await failure(read().toArray());
    assert.deepEqual([error.kind, error.operation], ["decode", "messages.history.read"], `${bytes.length} bytes: ${error.message}`);
  }
  const { read } = await startHistory((_, response) => {
    response.writeHead(200, { "content-length": long.length });
    response.write(long.subarray(0, 40_000), () => setTimeout(() => response.destroy(), 20));
  });
  const error = await failure(read().toArray());
  assert.deepEqual([error.kind, error.operation], ["network", "messages.history.read"]);
  assert.match(error.message, /broke off after 40000 bytes/);
});

test("progress is told in bytes of the file", async () => {
  const bytes = gzipSync(lines);
  const { read } = await startHistory((_, response) => {
    response.setHeader("content-length", bytes.length);
    response.end(bytes);
  });
  const progress = [];
  await read({ onDownloadProgress: (event) => progress.push(event) && assert.fail("changes nothing") }).toArray();
  assert.deepEqual(progress.at(-1), { loaded: bytes.length, total: bytes.length });
});

test("leaving the loop ends the download, an abort too", async () => {
  const server = () => {
    const state = {};
    state.closed = new Promise((resolve) => (state.close = resolve));
    state.started = startHistory((_, response) => {
      response.on("close", state.close);
      response.write(lines);
    });
    return state;
  };
  const left = server();
  for await (const message of (await left.started).read()) {
    assert.equal(message.msg_id, "m1");
    break;
  }
  await left.closed;

  const given = server();
  const controller = new AbortController();
  const seen = [];
  const waiting = (async () => {
    for await (const { msg_id } of (await given.started).read({ signal: controller.signal })) if (seen.push(msg_id) === 3) setTimeout(() => controller.abort("enough"), 20);
  })();
  const error = await failure(waiting);
  assert.deepEqual([error.kind, error.cause, seen], ["aborted", "enough", ["m1", "m2", "m3"]]);
  await given.closed;

  const packed = new AbortController();
  const { read } = await startHistory((_, response) => {
    response.write(gzipSync(lines).subarray(0, 20));
    setTimeout(() => packed.abort(), 20);
  });
  assert.equal((await failure(read({ signal: packed.signal }).toArray())).kind, "aborted");
  const before = await failure(read({ signal: AbortSignal.abort() }).toArray());
  assert.equal(before.kind, "aborted");
});

test("the download is tried again until it has begun", async () => {
  let times = 0;
  const { read, requests } = await startHistory((_, response) => {
    if (times++ < 2) response.writeHead(times === 1 ? 503 : 500).end();
    else response.end(gzipSync(lines));
  });
  const retried = [];
  assert.equal((await read({ onRetry: (e) => retried.push([e.operation, e.error.status, e.attempt]) }).toArray()).length, 3);
  assert.deepEqual(retried, [["messages.history.read", 503, 1], ["messages.history.read", 500, 2]]);
  assert.equal(requests.length, 4);

  const ended = await startHistory((_, response) => response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>"));
  const error = await failure(ended.read().toArray());
  assert.deepEqual([error.kind, error.status, error.attempts, error.retryable], ["service", 403, 1, false]);
  assert.match(error.body, /AccessDenied/);

  const silent = await startHistory(() => {});
  const late = await failure(silent.read({ timeout: 50, retries: 1 }).toArray());
  assert.deepEqual([late.kind, late.attempts], ["timeout", 2]);
});

test("an address that is none is refused, and options are checked", async () => {
  const { client } = await startHistory();
  const chat = (url) => client({ fetch: async () => Response.json({ data: [{ url }] }) });
  for (const url of ["file:///etc/passwd", "", undefined, 7]) {
    const error = await failure(chat(url).messages.history.read({ time }).toArray());
    assert.equal(error.kind, "decode", String(url));
  }
  const wrong = await failure(client().messages.history.read({ time: 7 }).toArray());
  assert.deepEqual([wrong.kind, wrong.field], ["invalid", "time"]);
  assert.equal((await failure(client().messages.history.read({ time }, { nope: 1 }).toArray())).field, "nope");
});

test("no rejection was left without a handler", async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});

test("a record of many chunks is read in a time that grows with it alone", { timeout: 60_000 }, async () => {
  const msg = 'long "text" \\ 😀 '.repeat(800_000);
  const long = record(1, { payload: { bodies: [{ type: "txt", msg }], ext: {} } });
  const text = `[${JSON.stringify(long)}, ${JSON.stringify(record(2))}]`;
  // Chunks that end within texts, escapes and characters.
  const { read } = await startHistory((_, response) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 4_093) response.write(bytes.subarray(at, at + 4_093));
    response.end();
  });
  assert.deepEqual(await collected(read()), [long, record(2)]);
});

test("a download that stalls ends by the timeout, the client's or the call's", async () => {
  const { client } = await startHistory((_, response) => {
    response.writeHead(200, { "content-length": 100_000 });
    response.write(lines);
  });
  for (const [own, call] of [[{ timeout: 200 }, undefined], [{ timeout: 200 }, { timeout: undefined }], [{}, { timeout: 200 }]]) {
    const seen = [];
    const error = await failure(
      (async () => {
        for await (const { msg_id } of client(own).messages.history.read({ time }, call)) seen.push(msg_id);
      })(),
    );
    assert.deepEqual([error.kind, error.operation, seen], ["timeout", "messages.history.read", ["m1", "m2", "m3"]]);
  }
});

test("a wait for another attempt has a floor", async () => {
  let times = 0;
  const { read } = await startHistory((_, response) => {
    if (times++ < 2) response.writeHead(503);
    response.end(lines);
  });
  const delays = [];
  await collected(read({ onRetry: ({ delay }) => delays.push(delay) }));
  assert.ok(delays.length === 2 && delays[0] >= 250 && delays[0] <= 500 && delays[1] >= 500 && delays[1] <= 1_000, `${delays}`);
});
