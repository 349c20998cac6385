// Files in and out; their bytes never cross the wasm's memory.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { ChatAdmin, catalog, failure, json, serve, settled, startSandbox, startServer, unhandled } from "./support.mjs";

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

/** A server that keeps what is uploaded, byte by byte; `begun` resolves with the first bytes. */
async function startStore() {
  const uploads = [];
  let tell;
  const begun = new Promise((resolve) => (tell = resolve));
  const { url } = await serve((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => tell(chunks.push(chunk)));
    request.on("error", () => {});
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const boundary = `\r\n--${request.headers["content-type"].split("boundary=")[1]}--`;
      const head = body.indexOf("\r\n\r\n");
      const end = body.lastIndexOf(boundary);
      uploads.push({ headers: request.headers, length: body.length, head: body.subarray(0, head).toString(), file: body.subarray(head + 4, end) });
      json(response, { entities: [{ uuid: "u", type: "chatfile", "share-secret": "s" }] });
    });
  });
  const chat = (options) => new ChatAdmin({ baseUrl: url, app: "demo#chat", auth: { token: "t" }, ...options });
  return { uploads, begun, chat };
}
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const transports = { "node:http": {}, "the global fetch": { fetch: globalThis.fetch } };

for (const [name, options] of Object.entries(transports)) {
  test(`no byte, one and ten million come through in every form, over ${name}`, async () => {
    const { uploads, chat } = await startStore();
    for (const size of [0, 1, 10_000_000]) {
      const bytes = new Uint8Array(randomBytes(size));
      const file = path.join(folder, `${size}.bin`);
      await writeFile(file, bytes);
      const forms = { blob: new Blob([bytes]), bytes, buffer: bytes.buffer, path: { path: file }, stream: new Blob([bytes]).stream(), data: { data: new Blob([bytes]).stream() } };
      for (const [form, value] of Object.entries(forms)) {
        for (const onUploadProgress of form === "stream" || form === "data" ? [undefined] : [undefined, () => {}]) {
          await chat(options).files.upload({ [field]: value }, { onUploadProgress });
          const { headers, length, file } = uploads.pop();
          assert.equal(digest(file), digest(bytes), `${size} bytes as ${form}`);
          // Only what a stream holds is not known before.
          assert.equal(headers["content-length"], form === "stream" || form === "data" ? undefined : String(length), form);
        }
      }
    }
  });

  test(`progress counts the body as it is sent, over ${name}`, async () => {
    const { uploads, chat } = await startStore();
    const file = path.join(folder, "progress.bin");
    const bytes = randomBytes(1_000_000);
    await writeFile(file, bytes);
    for (const form of [new Blob([bytes]), { path: file }, new Blob([bytes]).stream()]) {
      const seen = [];
      await chat(options).files.upload({ [field]: form }, { onUploadProgress: (event) => seen.push(event) });
      const { length } = uploads.pop();
      const total = form instanceof ReadableStream ? {} : { total: length };
      assert.ok(seen.length > 3, `told ${seen.length} times`);
      assert.deepEqual(seen.at(-1), { loaded: length, ...total });
      assert.ok(seen.every(({ loaded }, i) => i === 0 || loaded > seen[i - 1].loaded), "it only grows");
      assert.ok(seen.every((event) => event.total === total.total));
    }
    // Who watches changes nothing.
    await chat(options).files.upload({ [field]: bytes }, { onUploadProgress: () => assert.fail("no") });
    assert.equal(digest(uploads.pop().file), digest(bytes));
  });

  test(`a stream goes out as it comes, once, over ${name}`, async () => {
    const { uploads, begun, chat } = await startStore();
    let end;
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("first, "));
        end = () => (controller.enqueue(new TextEncoder().encode("last")), controller.close());
      },
    });
    const uploading = chat(options).files.upload({ [field]: stream });
    await begun;
    end();
    await uploading;
    assert.equal(uploads[0].file.toString(), "first, last");

    const { client, requests } = await startServer((_, response) => json(response, { error: "reach_limit" }, 429));
    const error = await failure(client(options).files.upload({ [field]: new Blob(["once"]).stream() }));
    assert.deepEqual([error.code, error.attempts, requests.length], ["reach_limit", 1, 1]);
    const locked = new Blob(["x"]).stream();
    locked.getReader();
    assert.equal((await failure(client(options).files.upload({ [field]: locked }))).kind, "invalid");
    assert.equal(requests.length, 1);
  });

  test(`an abort in the middle ends the upload and its stream, over ${name}`, async () => {
    const { uploads, begun, chat } = await startStore();
    const controller = new AbortController();
    let cancelled;
    const gone = new Promise((resolve) => (cancelled = resolve));
    const tick = () => new Promise((resolve) => setTimeout(resolve, 1));
    const stream = new ReadableStream({ pull: (c) => tick().then(() => controller.signal.aborted || c.enqueue(new Uint8Array(1000))), cancel: cancelled });
    const uploading = chat(options).files.upload({ [field]: stream }, { signal: controller.signal });
    await begun;
    controller.abort();
    assert.equal((await failure(uploading)).kind, "aborted");
    await gone;
    assert.equal(uploads.length, 0);
  });

  test(`a stream that breaks is an error, over ${name}`, async () => {
    const { uploads, chat } = await startStore();
    let parts = 0;
    const stream = new ReadableStream({ pull: (c) => (parts++ < 2 ? c.enqueue(new Uint8Array(10)) : c.error(new Error("the disk is gone"))) });
    const error = await failure(chat(options).files.upload({ [field]: stream }));
    assert.equal(error.kind, "network");
    assert.match(error.message, /the disk is gone/);
    assert.equal(uploads.length, 0);
  });
}

test("progress begins again with the request", async () => {
  let times = 0;
  const { client } = await startServer((_, response) => (times++ ? json(response, { entities: [{}] }) : json(response, { error: "reach_limit" }, 429)));
  const seen = [];
  await client().files.upload({ [field]: new Uint8Array(200_000) }, { onUploadProgress: ({ loaded }) => seen.push(loaded) });
  const again = seen.findIndex((loaded, i) => i > 0 && loaded < seen[i - 1]);
  assert.ok(again > 0, String(seen));
  assert.equal(seen[again - 1], seen.at(-1));
});

test("names and types arrive as they were given, watched or not", async () => {
  const { uploads, chat } = await startStore();
  const file = path.join(folder, "照片 1.png");
  await writeFile(file, "x");
  const cases = [
    [new File(["x"], "a b.txt", { type: "text/plain" }), "a b.txt", "text/plain"],
    [{ path: file }, "照片 1.png", "application/octet-stream"],
    [{ path: file, filename: 'a"b\r\nc.png', contentType: "image/png" }, "a%22b%0D%0Ac.png", "image/png"],
    [{ data: new File(["x"], "inner.gif", { type: "image/gif" }) }, "inner.gif", "image/gif"],
    [{ data: new File(["x"], "inner.gif", { type: "image/gif" }), filename: "outer.png", contentType: "image/png" }, "outer.png", "image/png"],
    [{ data: new Blob(["x"]).stream(), filename: "s.mp4", contentType: "video/mp4" }, "s.mp4", "video/mp4"],
    [{ data: new DataView(new ArrayBuffer(1)) }, "file", "application/octet-stream"],
  ];
  for (const onUploadProgress of [undefined, () => {}]) {
    for (const [form, name, type] of cases) {
      const given = form.data instanceof ReadableStream ? { ...form, data: new Blob(["x"]).stream() } : form;
      await chat().files.upload({ [field]: given }, { onUploadProgress });
      const { head } = uploads.pop();
      assert.ok(head.includes(`; filename="${name}"\r\nContent-Type: ${type}`), head);
    }
  }
});

test("the sandbox keeps a streamed, watched upload as it was", async () => {
  const sandbox = await startSandbox();
  const chat = sandbox.client();
  const bytes = new Uint8Array(randomBytes(300_000));
  for (const form of [new Blob([bytes]).stream(), bytes]) {
    const seen = [];
    const { entities } = await chat.files.upload({ [field]: form, "restrict-access": true }, { onUploadProgress: (event) => seen.push(event) });
    const [{ uuid, "share-secret": secret }] = entities;
    assert.ok(seen.at(-1).loaded > bytes.length);
    const download = await chat.files.download({ file_uuid: uuid, "share-secret": secret });
    assert.equal(digest(await download.bytes()), digest(bytes));
  }
  const wrong = await failure(chat.files.upload({ [field]: bytes }, { onUploadProgress: 7 }));
  assert.equal(wrong.field, "onUploadProgress");
});

test("a download that breaks off is an error of ours", async () => {
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-type": "image/png", "content-length": "100" });
    response.write("part", () => setTimeout(() => response.destroy(), 20));
  });
  for (const options of Object.values(transports)) {
    for (const read of ["bytes", "text", "blob"]) {
      const answer = await client(options).files.download({ file_uuid: "x" });
      const error = await failure(answer[read]());
      assert.deepEqual([error.kind, error.operation], ["network", "files.download"]);
      assert.match(error.message, /broke off after 4 bytes/);
    }
    const answer = await client(options).files.download({ file_uuid: "x" });
    assert.equal((await failure(answer.saveTo(path.join(folder, "broken.png")))).kind, "network");
  }
});

test("what is no file is refused", { skip: !upload }, async () => {
  const { client, requests } = await startServer((_, response) => json(response, {}));
  for (const form of [undefined, null, 7, "text", {}, { path: path.join(folder, "missing") }, { path: folder }]) {
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

test("no rejection was left without a handler", async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});
