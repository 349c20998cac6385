// Node's default transport: what goes out, what comes back, what goes wrong.
import assert from "node:assert/strict";
import { fork, spawn } from "node:child_process";
import diagnostics from "node:diagnostics_channel";
import { once } from "node:events";
import { writeFile, rm } from "node:fs/promises";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as zlib from "node:zlib";
import { Agent, MockAgent, Pool, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { ChatAdmin, failure, json, settled, startSandbox, startServer, unhandled } from "./support.mjs";

const user = { entities: [{ username: "amy", nickname: "é😀" }] };
const get = (chat, options) => chat.users.get({ username: "amy" }, { retries: 0, ...options });

test("it is not the global fetch, connections are kept, and a mocked fetch is used", async () => {
  const { requests, client } = await startServer((_, response) => json(response, user));
  const ports = new Set();
  const chat = client();
  const real = globalThis.fetch;
  for (let i = 0; i < 3; i++) {
    const { response } = await get(chat).withResponse();
    assert.equal(response.status, 200);
    ports.add(requests[i].headers["sec-fetch-mode"]);
  }
  assert.deepEqual([...ports], [undefined], "global fetch would have sent sec-fetch-mode");
  try {
    globalThis.fetch = async () => new Response('{"entities":[{"username":"mocked"}]}');
    assert.equal((await get(chat)).username, "mocked");
  } finally {
    globalThis.fetch = real;
  }
  assert.equal(requests.length, 3);
});

test("one connection serves calls in a row, of all clients, however their answers are packed", async () => {
  const sockets = new Set();
  const packers = [(x) => x, zlib.gzipSync, zlib.brotliCompressSync, zlib.deflateSync, zlib.deflateRawSync, (x) => zlib.gzipSync(zlib.gzipSync(x))];
  const names = ["identity", "gzip", "br", "deflate", "deflate", "gzip, gzip"];
  let n = 0;
  const { client } = await startServer((request, response) => {
    sockets.add(request.socket);
    const kind = n++ % names.length;
    response.writeHead(200, { "content-encoding": names[kind] }).end(packers[kind](JSON.stringify(user)));
  });
  for (let i = 0; i < 24; i++) assert.equal((await get(client())).nickname, user.entities[0].nickname);
  assert.equal(sockets.size, 1);
});

test("a burst of calls makes no more connections than a process may have, and all are answered", async () => {
  const sockets = new Set();
  const { client } = await startServer((request, response) => {
    sockets.add(request.socket);
    setImmediate(() => json(response, user));
  });
  const chat = client({ limits: false });
  await Promise.all(Array.from({ length: 1_000 }, () => get(chat)));
  assert.ok(sockets.size <= 256, `${sockets.size} connections`);
});

test("what replaces http.request is seen, whenever it does", async () => {
  const { requests, client } = await startServer((_, response) => json(response, user));
  const chat = client();
  const { request } = http;
  let seen = 0;
  try {
    http.request = function (...args) {
      seen++;
      return request.apply(this, args);
    };
    await get(chat);
  } finally {
    http.request = request;
  }
  await get(chat);
  assert.deepEqual([seen, requests.length], [1, 2]);
});

test("whoever reads or changes requests finds their headers by name, and changes none of the next", async () => {
  const { requests, client } = await startServer((_, response) => json(response, user));
  const chat = client();
  const real = http.request;
  const found = [];
  const tracing = (options, ...rest) => {
    found.push(options.headers.authorization);
    options.headers.traced = String(found.length);
    return real.call(http, options, ...rest);
  };
  try {
    await get(chat);
    http.request = tracing;
    await get(chat);
    await get(chat);
  } finally {
    http.request = real;
  }
  // Newer versions of Node tell of requests as they are made.
  const onCreated = ({ request }) => request.setHeader("traced", "3");
  diagnostics.subscribe("http.client.request.created", onCreated);
  await get(chat);
  diagnostics.unsubscribe("http.client.request.created", onCreated);
  await get(chat);
  const { authorization } = requests[0].headers;
  assert.ok(authorization);
  assert.deepEqual(found, [authorization, authorization]);
  const traced = requests.map(({ headers }) => headers.traced);
  assert.deepEqual(traced.toSpliced(3, 1), [undefined, "1", "2", undefined]);
  assert.ok([undefined, "3"].includes(traced[3]));
  const { host, traced: _, ...first } = requests[0].headers;
  for (const { headers } of requests) assert.deepEqual({ ...headers, traced: undefined }, { host, ...first, traced: undefined });
});

test("a global agent of another kind is used", async () => {
  const { client } = await startServer((_, response) => json(response, user));
  const usual = http.globalAgent;
  let asked = 0;
  class Other extends http.Agent {
    addRequest(...args) {
      asked++;
      return super.addRequest(...args);
    }
  }
  try {
    http.globalAgent = new Other();
    await get(client());
  } finally {
    http.globalAgent = usual;
  }
  assert.equal(asked, 1);
  await get(client());
  assert.equal(asked, 1);
});

test("undici's global dispatcher is used once somebody set one, and not the default one", async () => {
  const { requests, client } = await startServer((_, response) => json(response, user));
  const chat = client();
  const mock = new MockAgent();
  mock.disableNetConnect();
  const usual = getGlobalDispatcher();
  try {
    setGlobalDispatcher(mock);
    assert.equal((await failure(get(chat))).kind, "network");
    assert.equal(requests.length, 0);
    setGlobalDispatcher(new Agent({ pipelining: 0 }));
    await get(chat);
    assert.equal(requests[0].headers["sec-fetch-mode"], "cors", "it has settings of its own");
    setGlobalDispatcher(new Agent());
    await get(chat);
    assert.equal(requests[1].headers["sec-fetch-mode"], undefined);
  } finally {
    setGlobalDispatcher(usual);
  }
});

test("a dispatcher as agent sends all, ends with the call, and a Pool sends nothing to where it is not connected", async () => {
  let arrived = () => {};
  const there = new Promise((resolve) => (arrived = resolve));
  const { url, requests, client } = await startServer((request, response) => (request.url.endsWith("/ben") ? arrived() : json(response, user)));
  const agent = new Pool(url, { connections: 1 });
  after(() => agent.destroy());
  const chat = client({ agent });
  const { data, response } = await get(chat).withResponse();
  assert.deepEqual([data.username, response.headers.get("content-type"), response.url], ["amy", "application/json", `${url}/demo/chat/users/amy`]);
  await chat.files.upload({ file: { data: new Blob(["hi"]), filename: "a.txt" } });
  assert.match(requests[1].body, /filename="a\.txt"[^]*\r\n\r\nhi\r\n--/);
  assert.equal(Number(requests[1].headers["content-length"]), Buffer.byteLength(requests[1].body));
  const controller = new AbortController();
  const waiting = failure(chat.users.get({ username: "ben" }, { signal: controller.signal }));
  await there;
  controller.abort("enough");
  assert.deepEqual(await waiting.then(({ kind, cause }) => [kind, cause]), ["aborted", "enough"]);
  assert.equal((await failure(chat.users.get({ username: "ben" }, { timeout: 50, retries: 0 }))).kind, "timeout");
  // Its one connection is free again.
  assert.equal((await get(chat)).username, "amy");
  const elsewhere = await failure(get(client({ agent, baseUrl: url.replace("127.0.0.1", "localhost") })));
  assert.match(elsewhere.message, /agent is connected to http:\/\/127\.0\.0\.1/);
});

test("a connection that the server closed while the process was busy is not used", async () => {
  // In a process of its own, since this one is busy.
  const server = fork(fileURLToPath(new URL("./closing-server.mjs", import.meta.url)));
  after(() => server.kill());
  const [baseUrl] = await once(server, "message");
  const chat = new ChatAdmin({ baseUrl, app: "demo#chat", auth: { token: "t" } });
  for (let i = 0; i < 5; i++) {
    await get(chat);
    await setTimeout(5);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
    await chat.messages.users.send({ from: "a", to: ["b"], type: "txt", body: { msg: "x" } });
  }
});

test("headers of an answer are real ones", async () => {
  const { client } = await startServer((_, response) => {
    response.setHeader("set-cookie", ["a=1", "b=2"]);
    json(response, user);
  });
  const { headers } = (await get(client()).withResponse()).response;
  assert.ok(headers instanceof Headers);
  assert.deepEqual([headers.get("constructor"), headers.get("Content-Type"), headers.getSetCookie()], [null, "application/json", ["a=1", "b=2"]]);
});

test("Node's fetch is not loaded for calls that succeed", async () => {
  const { url } = await startServer((_, response) => json(response, user));
  const script = `import { ChatAdmin } from "agora-chat-admin";
    await new ChatAdmin({ baseUrl: ${JSON.stringify(url)}, app: "demo#chat", auth: { token: "t" } }).users.get({ username: "amy" });
    console.log(globalThis[Symbol.for("undici.globalDispatcher.1")] === undefined);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [out] = await once(child.stdout, "data");
  assert.equal(String(out).trim(), "true");
});

test("an agent of the caller's makes the connections", async () => {
  const { client } = await startServer((_, response) => json(response, user));
  const agent = new http.Agent({ keepAlive: true });
  after(() => agent.destroy());
  let made = 0;
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (...args) => {
    made++;
    return create(...args);
  };
  await get(client({ agent }));
  assert.equal(made, 1);
  assert.throws(() => client({ agent: {} }), { name: "ChatError", field: "agent" });
  assert.throws(() => client({ agent, fetch }), { name: "ChatError", field: "agent" });
});

test("encoded answers are decoded, whichever deflate is meant", async () => {
  const encoders = [["gzip", zlib.gzipSync], ["br", zlib.brotliCompressSync], ["deflate", zlib.deflateSync], ["deflate", zlib.deflateRawSync]];
  for (const [name, encode] of encoders) {
    const { requests, client } = await startServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": name });
      response.end(encode(JSON.stringify(user)));
    });
    assert.equal((await get(client())).nickname, "é😀", encode.name);
    assert.match(requests[0].headers["accept-encoding"], new RegExp(name));
  }
});

test("a broken encoding is a failure, not a crash", async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end("not gzip");
  });
  const error = await failure(get(client()));
  assert.equal(error.kind, "network");
  assert.match(error.message, /incorrect header check/);
});

test("characters that are split between packets stay whole, and a byte order mark is dropped", async () => {
  const bytes = Buffer.from(`\ufeff${JSON.stringify(user)}`);
  const { client } = await startServer(async (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    for (const byte of bytes) {
      response.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    response.end();
  });
  assert.equal((await get(client())).nickname, "é😀");
});

test("long answers come whole, several at a time", async () => {
  const nickname = (size) => `${size} é😀`.repeat(size / 8);
  const { client } = await startServer((request, response) => json(response, { entities: [{ nickname: nickname(Number(request.url.split("/").pop())) }] }));
  const chat = client();
  // In bytes from a tenth of a mebibyte to three.
  const sizes = [80_000, 200_000, 700_000, 800_000, 2_000_000];
  await Promise.all([...sizes, ...sizes].map(async (size) => assert.equal((await chat.users.get({ username: String(size) })).nickname, nickname(size))));
});

test("an answer that is cut off is a network failure with the status", async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write("{");
    setImmediate(() => response.destroy());
  });
  const error = await failure(get(client()));
  assert.deepEqual([error.kind, error.status, error.cause.code], ["network", 200, "ECONNRESET"]);
});

test("a refused connection says so, for names with several addresses too", async () => {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  // Before that one closes: it could get its port.
  const { client } = await startServer(() => {});
  server.close();
  await once(server, "close");
  for (const host of ["127.0.0.1", "localhost"]) {
    const error = await failure(get(client({ baseUrl: `http://${host}:${port}` })));
    assert.equal(error.kind, "network");
    assert.equal(error.cause.code, "ECONNREFUSED");
    assert.match(error.message, /ECONNREFUSED/);
  }
});

test("an abort ends the connection: before the answer, and within it", async () => {
  for (const head of [false, true]) {
    let arrived = () => {};
    const there = new Promise((resolve) => (arrived = resolve));
    let closed = () => {};
    const gone = new Promise((resolve) => (closed = resolve));
    const { client } = await startServer((request, response) => {
      request.socket.on("close", closed);
      if (head) response.write("{");
      arrived();
    });
    const controller = new AbortController();
    const call = failure(get(client(), { signal: controller.signal }));
    await there;
    controller.abort("enough");
    const error = await call;
    assert.deepEqual([error.kind, error.cause], ["aborted", "enough"]);
    await gone;
  }
});

test("a timeout ends the connection", async () => {
  let closed = () => {};
  const gone = new Promise((resolve) => (closed = resolve));
  const { requests, client } = await startServer((request) => request.socket.on("close", closed));
  // A busy machine may need longer than that to send anything.
  for (let timeout = 20; !requests.length; timeout *= 2) assert.equal((await failure(get(client(), { timeout }))).kind, "timeout");
  await gone;
});

test("with fetch, calls that begin together end apart, and their connections with them", async () => {
  const open = new Set();
  const { client } = await startServer((request, response) => {
    if (request.url.endsWith("/amy")) return json(response, user);
    open.add(request.socket);
    request.socket.on("close", () => open.delete(request.socket));
  });
  const chat = client({ fetch, timeout: 2_000, retries: 0 });
  const controller = new AbortController();
  const ended = Array.from({ length: 20 }, async () => {
    const start = performance.now();
    const error = await failure(chat.users.get({ username: "ben" }));
    return { kind: error.kind, early: performance.now() - start < 1_999 };
  });
  const given = failure(chat.users.get({ username: "ben" }, { signal: controller.signal }));
  const answered = await Promise.all(Array.from({ length: 20 }, () => get(chat)));
  assert.ok(answered.every(({ username }) => username === "amy"));
  while (open.size < 21) await setTimeout(10);
  controller.abort();
  assert.equal((await given).kind, "aborted");
  for (const one of await Promise.all(ended)) assert.deepEqual(one, { kind: "timeout", early: false });
  while (open.size) await setTimeout(10);
  assert.equal((await get(chat)).username, "amy");
});

test("reads follow redirects, and leave the token behind when they change hosts", async () => {
  const other = await startServer((_, response) => json(response, user));
  const { requests, client } = await startServer((request, response) => {
    const to = request.url.endsWith("/amy") ? "./ben" : `${other.url}/elsewhere`;
    response.writeHead(302, { location: to }).end("moved");
  });
  const { data, response } = await get(client()).withResponse();
  assert.equal(data.username, "amy");
  assert.equal(response.url, `${other.url}/elsewhere`);
  assert.deepEqual(requests.map((r) => [r.url, r.headers.authorization]), [
    ["/demo/chat/users/amy", "Bearer t"],
    ["/demo/chat/users/ben", "Bearer t"],
  ]);
  assert.equal(other.requests[0].headers.authorization, undefined);
});

test("files go up by the length and come down as they are, from memory and from disk", async () => {
  const sandbox = await startSandbox();
  const { requests, client } = await startServer((_, response) => json(response, { entities: [{ uuid: "u", type: "chatfile", "share-secret": "s" }] }));
  const bytes = Buffer.alloc(300_000, "aé");
  const file = path.join(os.tmpdir(), `transport-${process.pid}.bin`);
  await writeFile(file, bytes);
  after(() => rm(file, { force: true }));
  for (const given of [new Blob([bytes]), bytes, new Blob([bytes]).stream(), { path: file }]) {
    const chat = sandbox.client();
    const { entities: [{ uuid }] } = await chat.files.upload({ file: given });
    const down = await chat.files.download({ file_uuid: uuid });
    assert.deepEqual(Buffer.from(await down.bytes()), bytes);
  }
  await client().files.upload({ file: { data: new Blob(["hi"]), filename: 'a"b.txt', contentType: "text/plain" } });
  const [{ headers, body }] = requests;
  assert.equal(Number(headers["content-length"]), Buffer.byteLength(body));
  assert.match(headers["content-type"], /^multipart\/form-data; boundary=/);
  assert.match(body, /filename="a%22b\.txt"\r\nContent-Type: text\/plain\r\n\r\nhi\r\n--/);
});

test("a download that breaks in the middle fails where it is read", async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": 100 });
    response.write("some");
    setImmediate(() => response.destroy());
  });
  const file = await client().files.download({ file_uuid: "x" });
  await assert.rejects(file.bytes());
});

test("nothing was left without a handler", async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});
