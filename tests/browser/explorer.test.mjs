// The explorer and the log: every operation can be filled in and sent, and every call leaves its trace.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { closePages, connect, downloaded, enterDemo, launch, openPage, picture, visit } from "./support/browser.mjs";
import { ROOT } from "./support/paths.mjs";
import { people, startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";

const { operations } = JSON.parse(readFileSync(`${ROOT}pkg/catalog.json`, "utf8"));

let browser, host, sandbox;
before(async () => ([browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox("--loose")])));
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));
beforeEach(() => sandbox.reset());
afterEach(closePages);

async function entered(options) {
  await sandbox.seed(people(3));
  const opened = await openPage(browser, host.url, options);
  await connect(opened.page, sandbox, options);
  // Leaving sooner would give the list up, which the log counts as a failure.
  await opened.page.getByText("3 in all").waitFor();
  return opened;
}

for (const mode of ["the sandbox", "the demo"]) {
  test(`every operation is opened and sent with generated samples to ${mode}`, { timeout: 600_000 }, async (t) => {
    const demo = mode === "the demo";
    const { page, troubles } = demo ? await openPage(browser, host.url) : await entered();
    if (demo) await enterDemo(page);
    const unsent = [];
    for (const { id, fields, method } of operations) {
      await page.evaluate((to) => (location.hash = to), `#/explorer/${id}`);
      const view = page.getByRole("article", { name: id, exact: true });
      if (fields.some((f) => f.constant === undefined)) await view.getByRole("button", { name: "Fill with samples" }).click();
      await view.getByRole("button", { name: "Send", exact: true }).click();
      if (method === "DELETE") await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
      await view.getByRole("heading", { name: "Response" }).waitFor();
      if (await view.getByText("Not sent").isVisible()) unsent.push(`${id}: ${await view.getByRole("alert").last().innerText()}`);
    }
    assert.deepEqual(unsent, []);
    // The log is the page's own account of it.
    await visit(page, "#/log");
    const text = await downloaded(page, () => page.getByRole("button", { name: "Export" }).click());
    const calls = text.trim().split("\n").map((line) => JSON.parse(line));
    const newest = new Map(calls.reverse().map((call) => [call.operation, call]));
    assert.deepEqual(operations.map((o) => o.id).filter((id) => !newest.get(id)?.status), [], "what was not answered");
    const odd = [...newest.values()].filter(({ failure }) => failure && failure.kind !== "service").map(({ operation, failure }) => `${operation}: ${failure.kind} ${failure.message}`);
    assert.deepEqual(odd, [], "what failed otherwise than by the platform's refusal");
    t.diagnostic(`figure: ${[...newest.values()].filter(({ state }) => state === "ok").length} of ${operations.length} operations succeed with samples`);
    if (!demo) {
      const seen = new Set((await sandbox.journal()).map((entry) => entry.operation));
      assert.deepEqual(operations.map((o) => o.id).filter((id) => !seen.has(id)), [], "what did not reach its operation");
    }
    assert.deepEqual(troubles, []);
  });
}

test("operations are found by English and Chinese words, names and paths", async () => {
  const { page } = await entered();
  await visit(page, "#/explorer");
  const search = page.getByLabel("Search by name, path or word");
  for (const [words, id] of [["禁言 群成员", "groups.mutes.add"], ["chatgroups mute all", "groups.mutes.muteAll"], ["joined_chatgroups", "groups.listJoined"]]) {
    await search.fill(words);
    await page.locator(`a[href^="#/explorer/${id}?"]`).waitFor();
  }
});

test("the exact request is shown before it is sent, and copied as code", async () => {
  const { page } = await entered({ permissions: ["clipboard-read", "clipboard-write"] });
  await visit(page, "#/explorer/users.register");
  await page.getByText("username is required").first().waitFor();
  await page.locator("#param-username").fill("zoe");
  await page.locator("#param-password").fill("topsecret1");
  const request = page.getByRole("region", { name: "HTTP" });
  await request.getByText("POST /demo/chat/users HTTP/1.1").waitFor();
  await request.getByText('"username": "zoe"').waitFor();
  const forms = {
    HTTP: [/^POST \/demo\/chat\/users HTTP\/1\.1$/m, /^authorization: Bearer \*\*\*$/im],
    curl: [/^curl .*\/demo\/chat\/users'?/m, /Authorization: Bearer \*\*\*/i],
    JavaScript: [/^const result = await chat\.users\.register\(\{$/m, /^ {2}username: "zoe",$/m],
    Rust: [/^use agora_chat_admin::api::users::Register;$/m, /"username": "zoe"/],
  };
  for (const [tab, patterns] of Object.entries(forms)) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("button", { name: `Copy: ${tab}` }).click();
    await page.getByText("Copied").first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied.trim(), (await page.getByRole("region", { name: tab }).innerText()).trim(), "what is shown is what is copied");
    for (const pattern of patterns) assert.match(copied, pattern, tab);
    assert.match(copied, /zoe/);
    assert.doesNotMatch(copied, /topsecret1|007eJ|YWMt/, tab);
  }
  await picture(page, "explorer-request");
  assert.equal((await sandbox.journal("?operation=users.register")).length, 3, "nothing was sent yet");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Status 200").waitFor();
  await page.getByText(/^Time \d+ ms$/).waitFor();
  await page.getByText("Attempts 1").waitFor();
  await page.getByRole("region", { name: "Response" }).getByText('"username": "zoe"').waitFor();
  assert.equal((await sandbox.journal("?operation=users.register")).length, 4);
});

test("a refused clipboard is told", async () => {
  const { page } = await entered();
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await visit(page, "#/explorer/users.list");
  await page.getByRole("button", { name: "Copy: HTTP" }).click();
  await page.getByText("The browser did not let this page use the clipboard.").waitFor();
});

test("a faulted call shows its retries in the log, and no secret is in it", async () => {
  const { page } = await entered();
  await sandbox.ask("POST", "faults", { operation: "users.setPassword", kind: "status", status: 503, times: 2 });
  await visit(page, "#/explorer/users.setPassword");
  await page.locator("#param-username").fill("user000");
  await page.locator("#param-newpassword").fill("topsecret1");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Attempts 3").waitFor();
  await visit(page, "#/log");
  await page.getByRole("link", { name: "users.setPassword" }).click();
  const entry = page.getByRole("dialog");
  await entry.getByText(/Attempt 1: 503.*then waited/).waitFor();
  await entry.getByText(/Attempt 3: 200/).waitFor();
  await picture(page, "log-retries");
  await page.keyboard.press("Escape");
  const text = await downloaded(page, () => page.getByRole("button", { name: "Export" }).click());
  assert.match(text, /users\.setPassword/);
  assert.doesNotMatch(text + (await page.content()), /topsecret1|007eJ/);
});

test("the log filters, explains, copies, and leads back to the explorer", async () => {
  const { page } = await entered({ permissions: ["clipboard-read", "clipboard-write"] });
  await visit(page, "#/explorer/users.get");
  await page.locator("#param-username").fill("nobody");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Refused by the platform").waitFor();
  await visit(page, "#/log");
  const count = page.getByRole("status");
  await page.getByLabel("Failed only").check();
  await count.getByText(/^1 of \d+ calls$/).waitFor();
  await page.getByLabel("Failed only").uncheck();
  await page.getByLabel("Filter by operation").fill("get nobody 404");
  await count.getByText(/^1 of \d+ calls$/).waitFor();
  assert.match(page.url(), /#\/log\?q=get\+nobody\+404$/);
  await page.getByRole("link", { name: "users.get" }).click();
  const entry = page.getByRole("dialog");
  await entry.getByText("Cause").waitFor();
  await entry.getByText("Remedy").waitFor();
  await entry.getByText(/^What the path names does not exist/).waitFor();
  await entry.getByRole("button", { name: "Copy as JSON" }).click();
  await page.getByText("Copied").waitFor();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  assert.deepEqual([copied.operation, copied.method, copied.status, copied.params, copied.attempts.length], ["users.get", "GET", 404, { username: "nobody" }, 1]);
  assert.match(copied.headers.authorization ?? copied.headers.Authorization, /^Bearer \*\*\*$/);
  await entry.getByRole("button", { name: "Open in the explorer" }).click();
  await page.waitForURL(/explorer\/users\.get/);
  assert.equal(await page.locator("#param-username").inputValue(), "nobody");
});

test("a call can be given up", async () => {
  const { page } = await entered();
  await sandbox.ask("POST", "faults", { operation: "users.get", kind: "delay", delay: 20_000 });
  await visit(page, "#/explorer/users.get");
  await page.locator("#param-username").fill("user000");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Given up").waitFor();
});
