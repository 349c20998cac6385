// The explorer and the log: every operation can be filled in and sent, and every call leaves its trace.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { connect, launch, openPage, picture } from "./support/browser.mjs";
import { ROOT } from "./support/paths.mjs";
import { people, startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";

const { operations } = JSON.parse(readFileSync(`${ROOT}pkg/catalog.json`, "utf8"));

let browser, host, sandbox;
before(async () => ([browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox("--loose")])));
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));
beforeEach(() => sandbox.reset());

async function entered(options) {
  await sandbox.seed(people(3));
  const opened = await openPage(browser, host.url, options);
  await connect(opened.page, sandbox, options);
  return opened;
}

test("every operation is opened and sent with generated samples", { timeout: 300_000 }, async () => {
  const { page, troubles } = await entered();
  const unsent = [];
  for (const { id, fields } of operations) {
    await page.evaluate((to) => (location.hash = to), `#/explorer/${id}`);
    const view = page.getByRole("article", { name: id, exact: true });
    await view.waitFor();
    if (fields.some((f) => f.constant === undefined)) await view.getByRole("button", { name: "Fill with samples" }).click();
    await view.getByRole("button", { name: "Send", exact: true }).click();
    const confirm = page.getByRole("dialog").getByRole("button", { name: "Send" });
    if (await confirm.isVisible()) await confirm.click();
    await view.getByRole("heading", { name: "Response" }).waitFor();
    if (await view.getByText("Not sent").isVisible()) unsent.push(`${id}: ${await view.getByRole("alert").last().innerText()}`);
  }
  assert.deepEqual(unsent, []);
  const seen = new Set((await sandbox.journal()).map((entry) => entry.operation));
  assert.deepEqual(operations.map((o) => o.id).filter((id) => !seen.has(id)), [], "what did not reach its operation");
  assert.deepEqual(troubles, []);
});

test("operations are found by English and Chinese words, names and paths", async () => {
  const { page } = await entered();
  await page.goto(`${host.url}#/explorer`);
  const search = page.getByLabel("Search by name, path or word");
  for (const [words, id] of [["禁言 群成员", "groups.mutes.add"], ["chatgroups mute all", "groups.mutes.muteAll"], ["joined_chatgroups", "groups.listJoined"]]) {
    await search.fill(words);
    await page.locator(`a[href^="#/explorer/${id}?"]`).waitFor();
  }
});

test("the exact request is shown before it is sent, and as code", async () => {
  const { page } = await entered();
  await page.goto(`${host.url}#/explorer/users.register`);
  await page.getByText("username is required").first().waitFor();
  await page.locator("#param-username").fill("zoe");
  await page.locator("#param-password").fill("topsecret1");
  const request = page.getByRole("region", { name: "HTTP" });
  await request.getByText("POST /demo/chat/users HTTP/1.1").waitFor();
  await request.getByText('"username": "zoe"').waitFor();
  for (const tab of ["HTTP", "curl", "JavaScript", "Rust"]) {
    await page.getByRole("tab", { name: tab }).click();
    const text = await page.getByRole("region", { name: tab }).innerText();
    assert.ok(text.includes("zoe") && !text.includes("topsecret1"), tab);
  }
  await picture(page, "explorer-request");
  assert.equal((await sandbox.journal("?operation=users.register")).length, 3, "nothing was sent yet");
  await page.keyboard.press("Control+Enter");
});

test("a faulted call shows its retries in the log, and no secret is in it", async () => {
  const { page } = await entered();
  await sandbox.ask("POST", "faults", { operation: "users.setPassword", kind: "status", status: 503, times: 2 });
  await page.goto(`${host.url}#/explorer/users.setPassword`);
  await page.locator("#param-username").fill("user000");
  await page.locator("#param-newpassword").fill("topsecret1");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Attempts 3").waitFor();
  await page.goto(`${host.url}#/log`);
  await page.getByRole("link", { name: "users.setPassword" }).click();
  const entry = page.getByRole("dialog");
  await entry.getByText(/Attempt 1: 503.*then waited/).waitFor();
  await entry.getByText(/Attempt 3: 200/).waitFor();
  await picture(page, "log-retries");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Export" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  assert.match(text, /users\.setPassword/);
  assert.doesNotMatch(text + (await page.content()), /topsecret1|007eJ/);
});

test("a call can be given up", async () => {
  const { page } = await entered();
  await sandbox.ask("POST", "faults", { operation: "users.get", kind: "delay", delay: 20_000 });
  await page.goto(`${host.url}#/explorer/users.get`);
  await page.locator("#param-username").fill("user000");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Given up").waitFor();
});
