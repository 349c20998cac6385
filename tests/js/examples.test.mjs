// Every example, run against a sandbox as its reader would, says what it promises.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
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
async function run(name, ...args) {
  const env = { ...process.env, AGORA_CHAT_SANDBOX_URL: sandbox.url, AGORA_CHAT_URL: sandbox.url };
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

test("no example is left out", options, async () => {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".mjs")).map((file) => file.slice(0, -4));
  // The quick start has a stage of its own, history and the limiter have tests of their own; the client is shared.
  const elsewhere = ["client", "history", "quickstart", "redis-limiter"];
  assert.deepEqual(files.filter((file) => !elsewhere.includes(file)), Object.keys(expected).sort());
});
