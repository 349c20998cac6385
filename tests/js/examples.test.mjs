// Every example, run against a sandbox as its reader would, says what it promises.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { entry, startSandbox } from "./support.mjs";

const folder = new URL("./examples/", import.meta.url);
// The examples are ES modules: once is enough.
const options = { skip: entry === "cjs" };
const sandbox = await startSandbox();
beforeEach(() => sandbox.reset());

/** Runs an example; resolves to what it printed, line by line. */
async function run(name, args = [], more = {}) {
  const env = { ...process.env, AGORA_CHAT_SANDBOX_URL: sandbox.url, ...more };
  const file = fileURLToPath(new URL(`${name}.mjs`, folder));
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { env });
  return stdout.trimEnd().split("\n");
}

const expected = {
  "register-users": [/^refused: not allowed (50|150)! illegal_argument$/, /^refused: not allowed (50|150)! illegal_argument$/, "registered 148 users"],
  "ban-user": ["banned: true", "back: true"],
  "mute-member": ["ben is muted", "muted members: 1"],
  "send-messages": ["sent a text: true", "sent an image: true"],
  "recall-message": ["recalled: yes"],
  "label-and-push": ["labelled 2 users", "the push is under way: true"],
  "page-users": ["users: 3", "the next page starts at a cursor: true"],
  "make-tokens": ["a token for an hour: true", "valid now: true", "tomorrow: expired", "of this app: true"],
  "receive-callbacks": ['{"valid":false,"code":"no links"}', "somebody joined the group 7", "came: user.login", "refused: the signature does not fit the secret"],
  "call-options": ["found true", "200 application/json 1 true", "aborted", "GET true"],
  "watch-calls": [
    'request users.register Bearer *** {"password":"***","username":"watched"}',
    "response users.register 200",
    /^request users\.get Bearer \*\*\*\s*$/,
    "response users.get 404",
    /^log users\.get: HTTP 404/,
    /^curl -X PUT 'http:.*\/demo\/chat\/users\/watched\/password' \\$/,
    "  -H 'accept: application/json' \\",
    "  -H 'content-type: application/json' \\",
    /^ {2}-H 'user-agent: agora-chat-admin\/.* node\/.*' \\$/,
    "  -H 'authorization: Bearer ***' \\",
    `  --data '{"newpassword":"***"}'`,
    "request GET /users/watched Bearer *** ",
    "response GET /users/watched 200",
    "watched",
  ],
  "share-files": ["upload complete", "download complete", "the same bytes: true"],
  "keep-rates": ["50 requests, 0 ms", "{ calls: 100, milliseconds: 18000 }", "the 41st waited for two seconds: true"],
  "handle-errors": [
    "service 400 duplicate_unique_property_exists",
    /exists already/,
    /Choose another/,
    "service 404 service_resource_not_found",
    /./,
    /Check the IDs/,
    "invalid - -",
    /nothing was sent/,
    /error\.field/,
    "aborted - -",
    /signal/,
    /aborts/,
  ],
};

for (const [name, lines] of Object.entries(expected)) {
  test(name, options, async () => {
    const printed = await run(name);
    assert.equal(printed.length, lines.length, printed.join("\n"));
    lines.forEach((line, i) => (line instanceof RegExp ? assert.match(printed[i], line) : assert.equal(printed[i], line)));
  });
}

test("every file runs as it is, with nothing given, wherever one stands", options, async () => {
  for (const file of (await readdir(folder)).filter((file) => file.endsWith(".mjs"))) {
    const env = { ...process.env, AGORA_CHAT_SANDBOX_URL: sandbox.url };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL(file, folder))], { env, cwd: tmpdir() });
    assert.equal(stderr, "", file);
    // These two are what others import.
    if (!["client.mjs", "redis-limiter.mjs"].includes(file)) assert.notEqual(stdout, "", file);
    if (file === "import-users.mjs") assert.match(stdout, /^importing .+\nregistered 200 users\n$/);
  }
});

test("what an example is given wrongly is told in one line", options, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "import-users-"));
  try {
    const [csv, cut, gone] = ["users.csv", "cut.jsonl", "missing.csv"].map((name) => path.join(folder, name));
    await writeFile(csv, "username,password\namy,x\n");
    await writeFile(cut, '{"username":"cut1","password":"x"}\n\n{"username":');
    const cases = [
      ["import-users", [gone], {}, `cannot read ${gone}: ENOENT`],
      ["import-users", [folder], {}, folder],
      ["import-users", [csv], {}, `${csv}, line 1: not JSON`],
      ["import-users", [cut], {}, `${cut}, line 3: not JSON`],
      ["import-users", [csv, "many"], {}, "many is no number of users"],
      ["send-messages", [], { AGORA_CHAT_SANDBOX_URL: "http://127.0.0.1:9" }, "cargo xtask demo"],
      ["send-messages", [], { AGORA_CHAT_BASE_URL: "http://chat.example" }, "baseUrl"],
      ["send-messages", [], { AGORA_CHAT_APP: "nonsense" }, "app"],
    ];
    for (const [name, args, env, words] of cases) {
      const { code, stderr } = await run(name, args, env).catch((error) => error);
      assert.equal(code, 1, `${name} ${args}`);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
      assert.ok(stderr.includes(words), stderr);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("import-users goes on where it was stopped", options, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "import-users-"));
  try {
    const file = path.join(folder, "users.jsonl");
    const people = Array.from({ length: 400 }, (_, i) => ({ username: i === 250 ? "not allowed!" : `imported${i}`, password: "x" }));
    await writeFile(file, people.map((user) => JSON.stringify(user)).join("\n"));
    const [first] = await run("import-users", [file, "60"]);
    const stopped = Number(/^registered (\d+) users$/.exec(first)?.[1]);
    assert.ok(stopped >= 60 && stopped <= 180, first);
    const [refused, second] = await run("import-users", [file]);
    assert.match(refused, /^refused: not allowed! /);
    assert.equal(second, `registered ${399 - stopped} users`);
    assert.deepEqual(await run("import-users", [file]), ["registered 0 users"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("no example is left out, nor missing in their list", options, async () => {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".mjs")).map((file) => file.slice(0, -4));
  // The quick start has a stage of its own, others tests of their own; the client is shared.
  const elsewhere = ["client", "history", "import-users", "quickstart", "redis-limiter"];
  assert.deepEqual(files.filter((file) => !elsewhere.includes(file)), Object.keys(expected).sort());
  const list = await readFile(new URL("README.md", folder), "utf8");
  const listed = [...list.matchAll(/^\| \[(.+)\.mjs\]\(\1\.mjs\) \| .+ \|$/gm)].map(([, name]) => name);
  assert.deepEqual([...listed, "client"].sort(), files.sort());
});
