// Files that change, stall, break off, and travel by a fetch of another make.
import assert from "node:assert/strict";
import fs from "node:fs";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import v8 from "node:v8";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { after, test } from "node:test";
import { failure, json, serve, settled, startServer, unhandled } from "./support.mjs";

const folder = await mkdtemp(path.join(tmpdir(), "agora-chat-"));
after(() => rm(folder, { recursive: true }));
const ten = path.join(folder, "ten.txt");
await writeFile(ten, "0123456789");

const store = await startServer((_, response) => json(response, { uri: "u", entities: [{ uuid: "u" }] }));
/** The file part of the last upload. */
const arrived = () => /filename="([^"]*)"\r\n[^]*?\r\n\r\n([^]*)\r\n--/.exec(store.requests.at(-1).body)?.slice(1);
const transports = { "node:http": {}, fetch: { fetch: globalThis.fetch } };

/** How many descriptors of a file are open. */
const opened = (file) => fs.readdirSync("/proc/self/fd").filter((fd) => {
  try {
    return fs.readlinkSync(`/proc/self/fd/${fd}`) === file;
  } catch {
    return false;
  }
}).length;

for (const [name, options] of Object.entries(transports)) {
  test(`Node's streams are sent as what they give, over ${name}`, async () => {
    const { files } = store.client(options);
    const cases = [
      [() => fs.createReadStream(ten), ["ten.txt", "0123456789"]],
      [() => fs.createReadStream(ten, { start: 2, end: 4 }), ["ten.txt", "234"]],
      [() => ({ data: fs.createReadStream(ten, { start: 2, end: 4 }), filename: "x" }), ["x", "234"]],
      [() => Readable.from([Buffer.from("ab"), "cd"]), ["file", "abcd"]],
      [() => Readable.toWeb(fs.createReadStream(ten, { start: 1, end: 1 })), ["file", "1"]],
      [
        async function* () {
          yield "é";
        },
        ["file", "é"],
      ],
    ];
    for (const [make, wanted] of cases) {
      await files.upload({ file: make() });
      assert.deepEqual(arrived(), wanted);
    }
    const error = await failure(files.upload({ file: Readable.from([{ a: 1 }]) }));
    assert.match(error.message, /bytes are due/);
    const spent = Readable.from(["x"]);
    for await (const _ of spent);
    assert.equal((await failure(files.upload({ file: spent }))).field, "file");
  });

  test(`a request's own body can be handed on, over ${name}`, async () => {
    const { url } = await serve(async (request, response) => {
      await store.client(options).files.upload({ file: { data: request, filename: "on.bin" } });
      response.end();
    });
    await fetch(url, { method: "POST", body: "handed on" });
    assert.deepEqual(arrived(), ["on.bin", "handed on"]);
  });

  test(`no descriptor stays open, whatever became of the upload, over ${name}`, { skip: !fs.existsSync("/proc/self/fd") }, async () => {
    const refusing = await startServer((_, response) => json(response, { error: "x" }, 400));
    const chat = refusing.client({ ...options, retries: 0 });
    await store.client(options).files.upload({ file: fs.createReadStream(ten) });
    await failure(chat.files.upload({ file: fs.createReadStream(ten) }));
    await failure(chat.files.upload({ file: fs.createReadStream(ten), nonsense: 1 }));
    await failure(chat.files.upload({ file: fs.createReadStream(ten) }, { signal: AbortSignal.abort() }));
    const closed = async () => {
      while (opened(ten)) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await closed();
    // And a stream of the web's is told that nobody will read it.
    const gone = Promise.withResolvers?.() ?? (() => {
      let resolve;
      const promise = new Promise((r) => (resolve = r));
      return { promise, resolve };
    })();
    await failure(chat.files.upload({ file: new ReadableStream({ cancel: gone.resolve }) }, { signal: AbortSignal.abort("no") }));
    await gone.promise;
  });

  test(`a download that stalls ends by its timeout, over ${name}`, async () => {
    const { client } = await startServer((_, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write("ten bytes.");
    });
    for (const [own, call] of [[{ timeout: 200 }, undefined], [{}, { timeout: 200 }], [{ timeout: 200 }, { timeout: undefined }]]) {
      const file = await client({ ...options, ...own }).files.download({ file_uuid: "x" }, call);
      const error = await failure(file.bytes());
      assert.deepEqual([error.kind, error.operation], ["timeout", "files.download"]);
      assert.match(error.message, /200 ms, after 10 bytes/);
    }
  });

  test(`a slow download is no stalled one, over ${name}`, async () => {
    const { client } = await startServer(async (_, response) => {
      for (let i = 0; i < 8; i++) {
        response.write("x");
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      response.end();
    });
    const file = await client({ ...options, timeout: 300 }).files.download({ file_uuid: "x" });
    assert.equal(await file.text(), "xxxxxxxx");
  });

  test(`the size of what is packed on the way is not told, over ${name}`, async () => {
    const plain = "x".repeat(100_000);
    const { client } = await startServer((_, response) => {
      const packed = gzipSync(plain);
      response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length });
      response.end(packed);
    });
    const totals = new Set();
    const file = await client(options).files.download({ file_uuid: "x" }, { onDownloadProgress: ({ total }) => totals.add(total) });
    assert.equal(file.size, undefined);
    assert.equal(await file.text(), plain);
    assert.deepEqual([...totals], [undefined]);
  });
}

test("a file is read once, and what fails is an error of ours", async () => {
  const { client } = await startServer((_, response) => response.end("content"));
  const file = await client().files.download({ file_uuid: "x" });
  assert.equal(await file.text(), "content");
  for (const read of [() => file.text(), () => file.bytes(), () => file.blob(), () => file.saveTo(path.join(folder, "again"))]) {
    const error = await failure(read());
    assert.deepEqual([error.kind, error.operation], ["invalid", "files.download"]);
  }
  assert.throws(() => file.stream(), { name: "ChatError" });
});

test("a file that nobody reads lets go of its connection when told", async () => {
  const { client, url } = await startServer((_, response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write("x");
    response.on("close", () => closed());
  });
  let closed;
  const gone = new Promise((resolve) => (closed = resolve));
  assert.ok(url);
  const file = await client().files.download({ file_uuid: "x" });
  await file.cancel();
  await gone;
  await file.cancel();
});

/** Runs the collector, which Node hands out only when told. */
v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");

for (const [name, options] of Object.entries(transports)) {
  test(`a file that everybody forgot lets go of its connection, over ${name}`, { timeout: 60_000 }, async () => {
    const open = new Set();
    const { client } = await startServer((_, response) => {
      open.add(response);
      response.on("close", () => open.delete(response));
      response.writeHead(200, { "content-length": 100_000_000 });
      response.write(Buffer.alloc(100_000));
    });
    const chat = client({ ...options, limits: false });
    const get = () => chat.files.download({ file_uuid: "x" });
    const held = await get();
    // A function of its own: what a function named it may hold until it ends.
    const forget = async () => {
      for (let i = 0; i < 5; i++) await get();
    };
    await forget();
    assert.equal(open.size, 6);
    while (open.size > 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    // And what is held keeps its own, though it be by the reader of its stream alone.
    const reader = held.stream().getReader();
    for (let loaded = 0; loaded < 100_000; ) {
      collect();
      loaded += (await reader.read()).value.length;
    }
    assert.equal(open.size, 1);
    await reader.cancel();
  });
}

test("saveTo puts a file in its place when all of it is there", async () => {
  let cut = true;
  const { client } = await startServer((_, response) => {
    response.writeHead(200, { "content-length": 1000 });
    if (cut) response.write("x".repeat(400), () => response.destroy());
    else response.end("y".repeat(1000));
  });
  const inner = path.join(folder, "inner");
  fs.mkdirSync(inner);
  const target = path.join(inner, "kept.bin");
  await writeFile(target, "the old one", { mode: 0o640 });
  const get = () => client().files.download({ file_uuid: "x" });
  assert.equal((await failure((await get()).saveTo(target))).kind, "network");
  assert.equal(await readFile(target, "utf8"), "the old one");
  assert.deepEqual(await readdir(inner), ["kept.bin"]);
  cut = false;
  const link = path.join(folder, "link.bin");
  fs.symlinkSync(target, link);
  await (await get()).saveTo(link);
  assert.equal(await readFile(target, "utf8"), "y".repeat(1000));
  assert.equal((await stat(target)).mode & 0o777, 0o640);
  assert.ok(fs.lstatSync(link).isSymbolicLink());
  assert.deepEqual(await readdir(inner), ["kept.bin"]);
  for (const bad of [path.join(folder, "nowhere", "x"), inner]) {
    const error = await failure((await get()).saveTo(bad));
    assert.deepEqual([error.kind, error.field], ["invalid", "path"]);
    assert.ok(error.message.includes(bad) && error.cause.code);
  }
});

for (const [name, options] of Object.entries(transports)) {
  test(`a file that changes while it is sent is told as that, over ${name}`, async () => {
    const changing = path.join(folder, "changing.bin");
    const sent = store.requests.length;
    const changes = {
      grows: () => fs.appendFileSync(changing, "more"),
      shrinks: () => fs.truncateSync(changing, 10),
      "is gone": () => fs.unlinkSync(changing),
      "is another": () => {
        fs.writeFileSync(changing, Buffer.alloc(1_000_000, 1));
        fs.utimesSync(changing, 1, 1);
      },
    };
    const forms = { path: () => ({ path: changing }), blob: () => fs.openAsBlob?.(changing), data: async () => ({ data: await fs.openAsBlob?.(changing), filename: "x" }) };
    for (const [what, change] of Object.entries(changes)) {
      for (const [form, make] of Object.entries(forms)) {
        for (const onUploadProgress of [undefined, () => {}]) {
          fs.writeFileSync(changing, Buffer.alloc(1_000_000));
          const chat = store.client({ ...options, auth: { token: async () => (change(), "t") }, retries: 2 });
          const error = await failure(chat.files.upload({ file: await make() }, { onUploadProgress }));
          const which = `${form} ${what}, ${onUploadProgress ? "watched" : "plain"}: ${error.message}`;
          // It was not done, and to do it again would change nothing.
          assert.deepEqual([error.kind, error.attempts, error.unknown, error.retryable], ["invalid", 1, false, false], which);
          assert.match(error.message, /the file cannot be read/, which);
          assert.doesNotMatch(error.message, /connection|cannot be read.*cannot be read/, which);
          // Who watches gets it from a stream of ours, which knows where the file is.
          if (form === "path" && onUploadProgress) assert.ok(error.message.includes(changing), which);
        }
      }
    }
    assert.equal(store.requests.length, sent, "no half of it passes for the whole");
  });
}

test("a type that would begin another header is refused", async () => {
  const { files } = store.client();
  const sent = store.requests.length;
  for (const contentType of ["text/plain\r\nX-Evil: 1", "a\nb", "a\0", "é", 7]) {
    for (const data of [new Blob(["x"]), new Blob(["x"]).stream(), new Uint8Array(1)]) {
      const error = await failure(files.upload({ file: { data, contentType } }));
      assert.deepEqual([error.kind, error.field], ["invalid", "file"]);
      assert.match(error.message, /contentType/);
    }
  }
  assert.equal(store.requests.length, sent);
});

/** A `fetch` of another make: it knows strings, bytes and streams of Node's, as those from before the web's came to Node. */
const foreign = (url, { method, headers, body }) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: { ...headers } }, (response) => {
      resolve({
        status: response.statusCode,
        headers: { get: (name) => response.headers[name] ?? null, entries: () => Object.entries(response.headers) },
        body: response,
        text: async () => Buffer.concat(await response.toArray()).toString(),
      });
    });
    request.on("error", reject);
    if (body instanceof Readable) body.pipe(request);
    else request.end(body === undefined || typeof body === "string" || ArrayBuffer.isView(body) ? body : String(body));
  });

test("a fetch of another make sends and receives files intact", async () => {
  const chat = store.client({ fetch: foreign, retries: 0 });
  const big = "0123456789".repeat(1_000_000);
  const events = [];
  const watch = { onUploadProgress: ({ loaded }) => events.push(loaded) };
  for (const [file, options, content] of [
    [new Blob(["bytes"])],
    [new Blob(["bytes"]), watch],
    [new Blob(["bytes"]).stream()],
    [new Blob([big]), undefined, big],
    [{ path: ten }, undefined, "0123456789"],
    [Readable.from(["bytes"])],
  ]) {
    await chat.files.upload({ file }, options);
    assert.ok(arrived()[1] === (content ?? "bytes"), String(store.requests.at(-1).body).slice(0, 200));
  }
  assert.ok(events.at(-1) > 5);
  const { client } = await startServer((_, response) => response.end("hello"));
  const file = await client({ fetch: foreign }).files.download({ file_uuid: "x" });
  assert.equal(await file.text(), "hello");
  const odd = await client({ fetch: async () => ({ status: 200, headers: new Headers(), body: "text" }) }).files.download({ file_uuid: "x" });
  assert.equal((await failure(odd.text())).kind, "decode");
});

test("a stream that is refused with 401 is told so, and sent once", async () => {
  const { client, requests } = await startServer((_, response) => json(response, { error: "unauthorized", error_description: "no" }, 401));
  const chat = client({ auth: { token: async () => "t" } });
  const error = await failure(chat.files.upload({ file: new Blob(["x"]).stream() }));
  assert.deepEqual([error.kind, error.status, error.attempts, requests.length], ["service", 401, 1, 1]);
});

test("no rejection was left without a handler", async () => {
  await settled();
  assert.deepEqual(unhandled, []);
});
