// Ten thousand calls against a server that fails in every way that servers do, over each of Node's transports.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as zlib from "node:zlib";

/** Over each transport. */
const CALLS = 10_000;
const IN_FLIGHT = 64;
/** Of so many requests one meets a fault. */
const FAULTY = 5;

const json = (status, value, headers = {}) => (response, body = JSON.stringify(value)) => response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
const page = (status) => (response) => response.writeHead(status, { "content-type": "text/html" }).end("<html>gateway</html>");
const packed = (name, pack, cut = 0) => (response, good) => {
  const body = pack(good);
  response.writeHead(200, { "content-encoding": name }).end(body.subarray(0, body.length - cut));
};
const reset = (_, __, request) => request.socket.resetAndDestroy();
const half = (after) => (response, good, request) => {
  response.writeHead(200, { "content-length": good.length });
  response.write(good.slice(0, 20), () => after(request.socket));
};

const ANSWERS = {
  plain: (response, good) => response.end(good),
  chunks: (response, good) => {
    response.write(good.slice(0, 30));
    setImmediate(() => response.end(good.slice(30)));
  },
  close: (response, good) => response.writeHead(200, { connection: "close" }).end(good),
  gzip: packed("gzip", zlib.gzipSync),
  // Its best would take longer than all else.
  br: packed("br", (text) => zlib.brotliCompressSync(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } })),
  deflate: packed("deflate", zlib.deflateSync),
};
/** That it was not done is proven by the answer. */
const REFUSALS = {
  "429": json(429, { error: "reach_limit" }),
  "429, with a time": json(429, { error: "reach_limit" }, { "retry-after": "0" }),
  "503, with a time": json(503, { error: "busy" }, { "retry-after": "0" }),
};
/** What of these was done nobody knows. */
const FAULTS = {
  "500": json(500, { error: "internal" }),
  "502": page(502),
  "503": page(503),
  "504": page(504),
  "a reset": reset,
  "an end": (_, __, request) => request.socket.end(),
  "half, then a reset": half((socket) => socket.resetAndDestroy()),
  "half, then nothing": half(() => {}),
  "nothing": () => {},
  "no JSON": (response) => response.end('{"entities":[{"user'),
  "a page": page(200),
  "no content": (response) => response.writeHead(204).end(),
  "a moved place": (response) => response.writeHead(301, { location: "/demo/chat/moved" }).end(),
  "another place": (response) => response.writeHead(307, { location: "/demo/chat/moved" }).end(),
  "long headers": json(200, {}, { "x-long": "h".repeat(20_000) }),
  "gzip, cut": packed("gzip", zlib.gzipSync, 12),
  "another protocol": (_, __, request) => request.socket.end("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
  "no HTTP": (_, __, request) => request.socket.end("sorry\r\n\r\n"),
};

const TROUBLES = { ...REFUSALS, ...FAULTS };
/** Those that are over at once: for the others a timeout is waited, and they would be most of the test's time. */
const SWIFT = Object.fromEntries(Object.entries(TROUBLES).filter(([name]) => !/nothing$/.test(name)));

/** A whole number that is made of a text alone, so that each run is as the last. @param {string} text */
function number(text) {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** @param {Record<string, any>} from @param {number} n */
function pick(from, n) {
  const names = Object.keys(from);
  const name = names[n % names.length];
  return [name, from[name]];
}

async function startServer() {
  /** What was done with each call's requests, in turn. @type {Map<string, string[]>} */
  const arrivals = new Map();
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.on("error", () => {});
    response.on("error", () => {});
    const id = request.headers["x-call"];
    const list = arrivals.get(id) ?? [];
    arrivals.set(id, list);
    const n = number(`${id} ${list.length}`);
    const moved = request.url.endsWith("/moved");
    const [name, answer] = moved || n % FAULTY ? pick(ANSWERS, n >>> 4) : pick(n & 8 ? SWIFT : TROUBLES, n >>> 4);
    if (!moved) list.push(name);
    const good = JSON.stringify({ entities: [{ username: id }], data: { [id]: "1" } });
    // Some break off as soon as the head is there.
    if (name === "a reset" && n & 64) return answer(response, good, request);
    request.resume().on("end", () => answer(response, name in REFUSALS || /^50/.test(name) || name === "long headers" ? undefined : good, request));
  });
  const open = new Set();
  /** How many connections there were at a time. */
  const connections = { most: 0 };
  server.on("connection", (socket) => {
    socket.on("error", () => {});
    connections.most = Math.max(connections.most, open.add(socket).size);
    socket.on("close", () => open.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, arrivals, connections, server };
}

for (const transport of ["node:http", "fetch"]) {
  test(`over ${transport}: settled, typed, nothing done twice, nothing left`, { timeout: 300_000 }, async () => {
    const { url, arrivals, connections, server } = await startServer();
    const child = fork(fileURLToPath(new URL("./storm.mjs", import.meta.url)), [transport, url, CALLS, IN_FLIGHT].map(String));
    const [message, [code]] = await Promise.all([once(child, "message").then(([first]) => first), once(child, "exit")]);
    const { outcomes, left, listeners, unhandled } = message;
    assert.equal(code, 0, "the process ends by itself");
    // Its connections ended with it; this side of some is not told, having stopped to read.
    server.closeAllConnections();
    server.close();
    assert.deepEqual({ left, listeners, unhandled }, { left: [], listeners: 0, unhandled: [] });
    assert.equal(outcomes.length, CALLS);

    // Each call has one at a time; on a busy machine those that were given up are closed a good while later.
    assert.ok(connections.most <= 3 * IN_FLIGHT, `${connections.most} connections at a time`);

    const faults = new Set();
    let certain = 0;
    for (const { id, kind, mine, status, attempts, unknown, late } of outcomes) {
      const came = arrivals.get(id) ?? [];
      const what = `${id}: ${kind} ${status ?? ""} after ${came.join(", ")}`;
      for (const name of came) faults.add(name);
      assert.ok(["ok", "network", "timeout", "service", "decode"].includes(kind), what);
      if (kind === "ok") assert.ok(mine, `${what}: another call's answer`);
      // What the call says that it sent came, no less and no more. Only an attempt whose time is over may be on its way yet.
      assert.ok(came.length <= attempts && came.length >= attempts - late, `${what}: ${attempts} attempts, ${late} of them timed out`);
      if (late === 0) certain++;
      if (Number(id.slice(1)) % 3 !== 1) continue;
      const repeated = came.slice(0, -1).filter((name) => !(name in REFUSALS));
      assert.deepEqual(repeated, [], `${what}: a message was sent again although the first may have been delivered`);
      // Nor was one sent again after an attempt of which nobody knows whether it came.
      assert.ok(late === 0 || (late === 1 && kind === "timeout"), `${what}: it was sent again after a timeout`);
      if (kind === "network" || kind === "timeout" || kind === "decode" || (kind === "service" && status >= 500 && !(came.at(-1) in REFUSALS))) {
        assert.equal(unknown, true, `${what}: it may have been done`);
      }
    }
    assert.ok(certain > CALLS / 2, `only ${certain} calls without a timeout`);
    for (const name of Object.keys(TROUBLES)) assert.ok(faults.has(name), `${name} did not happen`);
  });
}
