// Files in and out; their bytes never cross the wasm's memory.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { catalog, failure, json, startServer } from "./support.mjs";

const folder = await mkdtemp(path.join(tmpdir(), "agora-chat-"));
after(() => rm(folder, { recursive: true }));

const upload = catalog.operations.find((o) => o.id === "files.upload");
const download = catalog.operations.find((o) => o.id === "files.download");
const field = upload?.fields.find((f) => f.place === "file")?.name;

test("a file in every form that callers have", { skip: !upload }, async () => {
  const { client, requests } = await startServer((_, response) => json(response, { entities: [{ uuid: "u", type: "chatfile" }] }));
  const bytes = new TextEncoder().encode("hello, file");
  const file = path.join(folder, "note.txt");
  await writeFile(file, bytes);
  const forms = [
    [new Blob([bytes], { type: "text/plain" }), "file", "text/plain"],
    [new File([bytes], "named.txt", { type: "text/plain" }), "named.txt", "text/plain"],
    [bytes, "file", "application/octet-stream"],
    [bytes.buffer, "file", "application/octet-stream"],
    [new Blob([bytes]).stream(), "file", "application/octet-stream"],
    [{ data: bytes, filename: "said.png", contentType: "image/png" }, "said.png", "image/png"],
    [{ path: file, contentType: "text/plain" }, "note.txt", "text/plain"],
  ];
  for (const [form, name, type] of forms) {
    requests.length = 0;
    await client().files.upload({ [field]: form });
    const [request] = requests;
    assert.match(request.headers["content-type"], /^multipart\/form-data; ?boundary=/);
    assert.ok(request.body.includes("hello, file"));
    assert.ok(request.body.includes(`name="${field}"; filename="${name}"`), request.body);
    assert.ok(request.body.includes(`Content-Type: ${type}`), request.body);
  }
});

test("a retried upload sends its bytes again", { skip: !upload }, async () => {
  let times = 0;
  const { client, requests } = await startServer((_, response) =>
    times++ ? json(response, { entities: [{}] }) : json(response, { error: "reach_limit" }, 429),
  );
  await client().files.upload({ [field]: new Blob(["again"]) });
  assert.equal(requests.filter((r) => r.body.includes("again")).length, 2);
});

test("what is no file is refused", { skip: !upload }, async () => {
  const { client, requests } = await startServer((_, response) => json(response, {}));
  for (const form of [undefined, null, 7, "text", {}, { path: path.join(folder, "missing") }]) {
    const error = await failure(client().files.upload({ [field]: form }));
    assert.equal(error.kind, "invalid", String(form));
    assert.equal(error.operation, "files.upload");
  }
  assert.equal(requests.length, 0);
});

test("a download, in every form that callers want", { skip: !download }, async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-type": "image/png", "content-length": "5" });
    response.end(Buffer.from([0, 255, 1, 254, 2]));
  });
  const params = Object.fromEntries(download.fields.filter((f) => f.required).map((f) => [f.name, "x"]));
  const get = () => client().files.download(params);
  const answer = await get();
  assert.deepEqual([answer.contentType, answer.size], ["image/png", 5]);
  assert.deepEqual([...(await answer.bytes())], [0, 255, 1, 254, 2]);
  assert.equal((await (await get()).blob()).type, "image/png");
  const target = path.join(folder, "out.png");
  await (await get()).saveTo(target);
  assert.deepEqual([...(await readFile(target))], [0, 255, 1, 254, 2]);
  const progress = [];
  const watched = await client().files.download(params, { onDownloadProgress: (p) => progress.push(p) });
  await watched.bytes();
  assert.deepEqual(progress.at(-1), { loaded: 5, total: 5 });
});

test("an abort ends a download in the middle", { skip: !download }, async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-type": "image/png" });
    response.write("part");
  });
  const params = Object.fromEntries(download.fields.filter((f) => f.required).map((f) => [f.name, "x"]));
  const controller = new AbortController();
  const answer = await client().files.download(params, { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  assert.equal((await failure(answer.bytes())).kind, "aborted");
});

test("a refused download is an error", { skip: !download }, async () => {
  const { client } = await startServer((_, response) => json(response, { error: "not_found" }, 404));
  const params = Object.fromEntries(download.fields.filter((f) => f.required).map((f) => [f.name, "x"]));
  const error = await failure(client().files.download(params));
  assert.deepEqual([error.kind, error.status, error.code], ["service", 404, "not_found"]);
});
