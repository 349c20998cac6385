// What follows a failed attempt, over each of Node's transports and a real connection: the cases that the Rust tests run too.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import net from "node:net";
import { test } from "node:test";
import { failure, settled, startServer, unhandled } from "./support.mjs";

const file = ["./cases/retry.json", "../cases/retry.json"].map((name) => new URL(name, import.meta.url)).find(existsSync);
const { cases } = JSON.parse(readFileSync(file, "utf8"));
const transports = { "node:http": {}, fetch: { fetch: globalThis.fetch } };

/** Longer waits are left: how long they would be is told when they begin. */
const SHORT = 1_000;

/** An address where nobody listens. */
async function nowhere() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

/** What a case's server does with a request. */
function answer({ status, headers, body, failure }, request, response) {
  if (failure === "timeout") return;
  if (failure === "reset") return request.socket.resetAndDestroy();
  response.writeHead(status, headers);
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** What became of a case. */
async function run(row, transport) {
  const server = await startServer((request, response) => answer(row, request, response));
  const waits = [];
  const patient = !row.wait || row.wait[1] <= SHORT;
  const leaving = new AbortController();
  const options = {
    ...transport,
    ...(row.failure === "refused" && { baseUrl: await nowhere() }),
    limits: false,
    retries: 1,
    // On a busy machine it takes a while until a request is there.
    timeout: row.failure === "timeout" ? 2_000 : 30_000,
    onRetry({ delay, error }) {
      waits.push({ delay, unknown: error.unknown, kind: error.kind });
      if (!patient) leaving.abort();
    },
  };
  const { signal } = leaving;
  const { users } = server.client(options);
  const error = await failure(row.safe ? users.get({ username: "amy" }, { signal }) : users.register({ username: "amy" }, { signal }));
  server.stop();
  return { row, error, waits, patient, came: server.requests.length };
}

for (const [name, transport] of Object.entries(transports)) {
  test(`each failure is repeated as its case says, over ${name}`, { timeout: 120_000 }, async () => {
    const kind = ({ failure }) => (failure === "timeout" ? "timeout" : failure ? "network" : "service");
    const all = (rows) => Promise.all(rows.map((row) => run(row, transport)));
    // First those whose server is none: another's could come to have its address.
    const refused = await all(cases.filter(({ failure }) => failure === "refused"));
    const found = [...refused, ...(await all(cases.filter(({ failure }) => failure !== "refused")))];
    for (const { row, error, waits, patient, came } of found) {
      const sent = row.retryable && patient ? 2 : 1;
      const what = `${row.name}: ${error.message}`;
      assert.equal(came, row.failure === "refused" ? 0 : sent, `${what}: what came to the server`);
      assert.equal(error.attempts, sent, what);
      assert.deepEqual(waits.map(({ kind, unknown }) => [kind, unknown]), row.retryable ? [[kind(row), false]] : [], what);
      for (const { delay } of waits) assert.ok(delay >= row.wait[0] && delay <= row.wait[1], `${what}: a wait of ${delay} ms`);
      // Who left is not told what the last attempt met with, but whether it may have been done.
      if (!patient) assert.equal(error.kind, "aborted", what);
      else assert.deepEqual([error.kind, error.status, error.retryable], [kind(row), row.status, row.retryable], what);
      assert.equal(error.unknown, row.unknown, what);
    }
    assert.ok(found.length >= 60);
  });
}

test("nothing was left without a handler", async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});
