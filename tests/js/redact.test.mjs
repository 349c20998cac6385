// What the log, the hooks and printed errors show of bodies: no secret of them, whoever wrote them and however long they are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatAdmin, ChatError, failure } from "./support.mjs";

/** What is printed of an answer's body. */
const printed = (body) => new ChatError({ kind: "service", message: "x", body }).toJSON().body;

test("secrets are masked wherever they stand", () => {
  const cases = [
    ['{"password":"p4ss"}', '{"password":"***"}'],
    ['{"a":[{"access_token":"t0ken"}],"token":5}', '{"a":[{"access_token":"***"}],"token":"***"}'],
    ['{"clientSecret":"s3cret","Signature":"s1g"}', '{"clientSecret":"***","Signature":"***"}'],
    // A member that only holds some is looked into.
    ['{"token":{"password":"p4ss","n":1}}', '{"token":{"password":"***","n":1}}'],
    ["grant_type=password&username=amy&password=p4ss", "grant_type=password&username=amy&password=***"],
    // What breaks off, or is no JSON, is masked by its look.
    ['{"username":"amy","password":"p4ss', '{"username":"amy","password":"***"'],
    ['{"username":"amy","password" : "p4ss","x":', '{"username":"amy","password" : "***","x":'],
    ['{"password":"p4\\"ss","n":1,,}', '{"password":"***","n":1,,}'],
    ['[{"password":"p4\\\\"},{"password":"\\\\\\"p4ss"},', '[{"password":"***"},{"password":"***"},'],
    ['{"a":"password","b":"p","password":"p4ss",', '{"a":"password","b":"p","password":"***",'],
    // Nothing else is.
    ['{"a":"password","passwords":"x","n":1}', '{"a":"password","passwords":"x","n":1}'],
    ['{"a":"\\"password\\":\\"x\\"', '{"a":"\\"password\\":\\"x\\"'],
    ["<html>password</html>", "<html>password</html>"],
    ["", ""],
  ];
  for (const [body, wanted] of cases) {
    assert.equal(printed(body), wanted);
    assert.doesNotMatch(printed(body), /p4|ss"|t0ken|s3cret|s1g/);
  }
});

test("secrets do not show in hooks, whichever way they travel", async () => {
  const seen = [];
  const fetch = async () => new Response('{"access_token":"t0ken"}', { headers: { "set-cookie": "s1d=c00kie" } });
  const hooks = { onRequest: (event) => void seen.push(event), onResponse: (event) => void seen.push(event) };
  const chat = new ChatAdmin({ baseUrl: "http://127.0.0.1:1", app: "o#a", auth: { token: "b34rer" }, fetch, headers: { cookie: "s1d=c00kie" }, ...hooks });
  await failure(chat.users.register({ username: "amy", password: "p4ss" }));
  await failure(chat.files.download({ file_uuid: "x", "share-secret": "sh4re" }, { retries: 0, fetch: async () => new Response("", { status: 404 }) }));
  await chat.request({ method: "GET", path: "/x", query: { access_token: "t0ken", a: "b" } });
  assert.equal(seen.length, 6);
  const text = JSON.stringify(seen);
  assert.doesNotMatch(text, /p4ss|t0ken|c00kie|b34rer|sh4re/);
  assert.match(text, /"password\\":\\"\*\*\*/);
  assert.match(text, /access_token=\*\*\*&a=b/);
  assert.match(text, /Bearer \*\*\*/);
});

// What goes back over its input takes minutes for each of these, or the whole stack.
test("a body costs no more than its length", { timeout: 60_000 }, () => {
  const megabyte = 1 << 20;
  const bodies = [
    '{"' + '\\"'.repeat(megabyte / 2),
    '{"password":"' + "\\\\".repeat(megabyte / 2),
    '{"password":"' + "\\".repeat(megabyte) + '"',
    "{" + '"a":'.repeat(megabyte / 4),
    "{" + '"a":"b",'.repeat(megabyte / 8),
    '{"a"' + " ".repeat(megabyte) + '"b"' + " ".repeat(megabyte),
    "{" + `"a"${" ".repeat(1000)}`.repeat(megabyte / 1000),
    "[".repeat(100_000),
    " ".repeat(megabyte),
    "a".repeat(megabyte),
    "a=b&".repeat(megabyte / 4),
    "%".repeat(megabyte),
    `{"password":"${"x".repeat(16 * megabyte)}`,
  ];
  for (const body of bodies) {
    const start = performance.now();
    assert.equal(typeof printed(body), "string");
    assert.ok(performance.now() - start < 5_000, `${body.slice(0, 20)}: ${performance.now() - start} ms`);
  }
});
