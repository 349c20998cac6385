// Help with errors: every documented refusal has a cause and a remedy of its own, in two languages.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { catalog, ChatError, failure, json, startServer } from "./support.mjs";

const data = createRequire(import.meta.url)("agora-chat-admin/help.json");
const help = (status, code, description) => new ChatError({ kind: "service", message: "", status, code, description }).help();

test("the platform's refusals are told apart", async () => {
  const cases = [
    [307, undefined, undefined, /led elsewhere/],
    [400, "json_parse", "Unexpected character.", /not valid JSON/],
    [400, "illegal_argument", "Entity 'user' requires a property named username.", /without a user ID/],
    [400, "illegal_argument", "'From' can't be empty.", /missing or empty/],
    [400, "illegal_argument", "{username} is not legal.", /characters that are not allowed/],
    [400, "illegal_argument", "message is too large", /5 KB/],
    [400, "illegal_argument", "getContacts | page size more than max limit : 50", /page is larger/],
    [400, "invalid_parameter", "addMembers: addMembers number more than maxSize : 60", /more items/],
    [400, "invalid_parameter", "some of [groupid] are not valid fields", /cannot be changed/],
    [400, "duplicate_unique_property_exists", "value of amy exists", /exists already/],
    [400, "duplicate_unique_property_exists", "the same user amy has a different password", /same user twice/],
    [400, undefined, "you can't sub yourself", /own presence/],
    [400, undefined, "too many sub presence", /100 users/],
    [400, "invalid_grant", "user not activated", /deactivated/],
    [400, "service open exception", "the app not open presence", /not switched on/],
    [401, "unauthorized", "Registration is not open, please contact the app admin.", /Open registration/],
    [401, "unauthorized", "Unable to authenticate due to expired access token", /past its end/],
    [401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token", /damaged/],
    [401, "auth_bad_access_token", "Unable to authenticate", /who calls/],
    [403, "forbidden_op", "can not join this group, reason:user: amy already in group: 1", /member already/],
    [403, "forbidden_op", "user amy has joined too many groups/chatroom!", /as many groups/],
    [403, "forbidden_op", "message recall service is unopened", /not switched on/],
    [403, "exceed_limit", "Inviter's contact max count", /contacts/],
    [403, "message_recall_error", "exceed recall time limit", /older than recalls/],
    [403, "message_send_error", "message send reach limit", /Too many calls/],
    [404, "organization_application_not_found", "Could not find application for a/b", /no such app/],
    [404, "resource_not_found", "grpID 1 does not exist!", /no such group/],
    [404, "service_resource_not_found", "Service resource not found", /path names/],
    [404, "storage_object_not_found", "Failed to find chat message history", /that hour/],
    [409, "concurrent_operation_error", "concurrency create app user failed", /same time/],
    [413, "Request Entity Too Large", "Request Entity Too Large", /too large/],
    [415, "web_application", "Unsupported Media Type", /type/],
    [429, "resource_limited", "You have exceeded the limit of the Free edition.", /quota/],
    [429, "reach_limit", "This request has reached API limit.", /rate limit/],
    [500, "no_full_text_index", "Entity 'user' is not full text indexed.", /contains/],
    [502, undefined, undefined, /gateway/],
    // Items of a batch, in answers with status 200.
    [200, undefined, "the user3 already exists", /taken/],
    [200, undefined, "user: user3 doesn't exist in chatroom: 1", /not a member/],
    [200, undefined, "user amy doesn't exist.", /no such user/],
    [200, undefined, "NotExistFailed", /no such user/],
    [200, undefined, "not_found msg", /recalled is not known/],
  ];
  for (const [status, code, description, cause] of cases) {
    const found = await help(status, code, description);
    assert.match(found?.cause, cause, `${status} ${code} ${description}`);
  }
  assert.match((await help(418, "teapot"))?.cause, /refused/);
});

test("each kind of failure has help", async () => {
  for (const kind of ["invalid", "limited", "network", "timeout", "aborted", "decode", "service"]) {
    const found = await new ChatError({ kind, message: "" }).help();
    assert.equal(found.cause, data.kinds[kind].cause);
  }
  assert.equal(await new ChatError({ kind: "odd", message: "" }).help(), undefined);
});

test("help costs no more than what the platform says, however long an answer is", { timeout: 60_000 }, async () => {
  for (const { status, code, description } of data.rules) {
    if (!description?.includes(".*")) continue;
    // What begins over and over, and never ends.
    const begins = description.split("|").find((way) => way.includes(".*")).split(".*")[0].replace("?", "");
    const start = performance.now();
    await help(status, code, begins.repeat((1 << 20) / begins.length));
    assert.ok(performance.now() - start < 1_000, `${description}: ${performance.now() - start} ms`);
  }
});

test("a refused call brings its help along", async () => {
  const { client } = await startServer((_, response) =>
    json(response, { error: "duplicate_unique_property_exists", error_description: "value of amy exists" }, 400),
  );
  const error = await failure(client().users.register({ username: "amy", password: "x" }));
  const found = await error.help();
  assert.match(found.cause, /exists already/);
  assert.match(found.zh.cause, /已存在/);
  assert.match(found.docs, /^https:\/\/docs\.agora\.io\//);
  assert.match(found.zh.docs, /^https:\/\/doc\.easemob\.com\//);
});

test("the texts are whole, and name what exists", () => {
  const ids = new Set(catalog.operations.map((operation) => operation.id));
  const groups = new Set(catalog.operations.map((operation) => operation.id.split(".")[0]));
  for (const entry of [...Object.values(data.kinds), ...data.rules]) {
    assert.ok(data.docs[entry.docs], entry.docs);
    for (const text of [entry.cause, entry.remedy]) assert.match(text, /^[A-Z`].*\.$/);
    for (const text of [entry.zh.cause, entry.zh.remedy]) assert.match(text, /\p{Script=Han}.*。$/u);
    for (const [, name] of `${entry.remedy} ${entry.zh.remedy}`.matchAll(/`([a-z]+\.[A-Za-z.]+)`/g)) {
      if (groups.has(name.split(".")[0])) assert.ok(ids.has(name), name);
    }
    if (entry.description) new RegExp(entry.description, "i");
  }
});

test("no rule is hidden by one before it", () => {
  const covers = (wide, narrow) =>
    wide.status === narrow.status &&
    (wide.code === undefined || wide.code === narrow.code) &&
    (wide.description === undefined || wide.description === narrow.description);
  data.rules.forEach((rule, index) => {
    const before = data.rules.slice(0, index).find((earlier) => covers(earlier, rule));
    assert.equal(before, undefined, `${JSON.stringify(before)} hides ${JSON.stringify(rule)}`);
  });
});
