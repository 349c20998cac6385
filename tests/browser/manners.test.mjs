// How the page behaves: secrets, read-only, weight, keyboard, languages, long lists, the demo.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { APP, connect, launch, openPage, picture } from "./support/browser.mjs";
import { people, startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";

let browser, host, sandbox;
before(async () => ([browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox("--loose")])));
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));
beforeEach(() => sandbox.reset());

test("no secret is stored, in the address or left behind", async () => {
  const { page } = await openPage(browser, host.url);
  await connect(page, sandbox);
  await page.goto(`${host.url}#/explorer/users.register`);
  await page.locator("#param-username").fill("zoe");
  await page.locator("#param-password").fill("topsecret1");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("heading", { name: "Response" }).waitFor();
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("heading", { name: "Connect to a chat app" }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie);
  assert.match(kept, /demo#chat/, "the rest of the connection is remembered");
  const values = await page.evaluate(() => [...document.querySelectorAll("input, textarea")].map((field) => field.value).join("\n"));
  for (const [what, text] of Object.entries({ kept, address: page.url(), document: await page.content(), values })) {
    assert.doesNotMatch(text, new RegExp("sandbox-client-secret|topsecret1|YWMt|007eJ"), what);
  }
});

test("a production app is read-only until its name is typed", async () => {
  await sandbox.seed(people(2));
  // A sandbox that is not known as one: its own endpoints do not answer.
  const { page } = await openPage(browser, host.url);
  await page.route("**/__sandbox/**", (route) => route.abort());
  await page.getByLabel("REST address").fill(sandbox.url);
  await page.getByRole("button", { name: "Use a sandbox on this machine" }).click();
  await page.getByText("Production", { exact: true }).click();
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("2 in all").waitFor();
  await page.getByRole("button", { name: /Read-only/ }).waitFor();
  await page.getByRole("button", { name: "Actions for user001" }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  const question = page.getByRole("dialog");
  await question.getByText("This is a production app.").waitFor();
  await picture(page, "unlock");
  assert.equal(await question.getByRole("button", { name: "Allow changes" }).isDisabled(), true);
  assert.equal((await sandbox.journal("?operation=users.deactivate")).length, 0);
  await question.getByRole("textbox").fill("chat");
  await question.getByRole("button", { name: "Allow changes" }).click();
  await page.getByRole("dialog").last().getByRole("button", { name: "Deactivate" }).click();
  await page.getByText("user001 is deactivated.").waitFor();
});

test("a certificate is not taken for another machine unless the risk is accepted", async () => {
  const { page } = await openPage(browser, host.url);
  await page.getByLabel("REST address").fill("https://a61.chat.agora.io");
  await page.getByLabel("App", { exact: true }).fill("demo#chat");
  await page.getByLabel("Sign in with").click();
  await page.getByText("App ID and certificate").last().click();
  await page.getByLabel("App ID", { exact: true }).fill(APP.appId);
  await page.getByLabel("App certificate").fill(APP.appCertificate);
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("Accept the risk, or sign in another way.").waitFor();
});

test("the first load is light, and the rest comes when opened", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const loaded = [];
  page.on("response", (response) => loaded.push(response));
  const start = Date.now();
  await page.goto(host.url);
  await page.getByRole("button", { name: "Connect" }).waitFor();
  const interactive = Date.now() - start;
  await page.waitForTimeout(500);
  const weights = await Promise.all(loaded.map(async (response) => [new URL(response.url()).pathname, gzipSync(await response.body()).length]));
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  console.log(`first load: ${(total / 1000).toFixed(0)} kB gzip in ${loaded.length} files, interactive after ${interactive} ms`);
  assert.ok(total <= 350_000, `${total} bytes`);
  assert.deepEqual(weights.filter(([path]) => /Explorer|Compose|catalog|sandbox|pkg/.test(path)), []);
  assert.ok(interactive < 4000, `${interactive} ms`);
  await context.close();
});

test("the keyboard reaches everything", async () => {
  await sandbox.seed(people(5));
  const { page } = await openPage(browser, host.url);
  await connect(page, sandbox);
  await page.getByText("5 in all").waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await picture(page, "help");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Filter what is loaded");
  await page.getByRole("row", { name: /user000/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/users\/user001/);
  await page.getByRole("tab", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/users\/user001\/groups/);
  await page.keyboard.press("Escape");
  await page.waitForURL(/users$/);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await page.getByRole("heading", { name: "Call log" }).waitFor();
});

test("language and theme are switched and remembered", async () => {
  const { page } = await openPage(browser, host.url);
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitem", { name: "中文" }).click();
  await page.getByRole("heading", { name: "连接聊天应用" }).waitFor();
  await page.getByRole("button", { name: "主题" }).click();
  await page.getByRole("menuitem", { name: "深色" }).click();
  await page.reload();
  await page.getByRole("heading", { name: "连接聊天应用" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme + document.documentElement.lang), "darkzh-CN");
});

test("a list of 100,000 rows scrolls", { timeout: 120_000 }, async () => {
  const { page } = await openPage(browser, host.url);
  const users = (from, count) =>
    Array.from({ length: count }, (_, i) => ({ uuid: `u${from + i}`, type: "user", created: 1, modified: 1, username: `user${from + i}`, activated: true }));
  await page.route(/\/demo\/chat\/users\?/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
    const next = from + 20_000;
    const body = { action: "get", entities: users(from, 20_000), count: 20_000, ...(next < 100_000 && { cursor: String(next) }) };
    return route.fulfill({ json: body, headers: { "access-control-allow-origin": "*" } });
  });
  await connect(page, sandbox);
  await page.getByRole("button", { name: "Load all" }).click();
  await page.getByText("100000 in all").waitFor({ timeout: 60_000 });
  const rows = () => page.locator(".ant-table-tbody-virtual .ant-table-row").count();
  assert.ok((await rows()) < 100, "only those in sight are drawn");
  await page.locator(".ant-table-tbody-virtual").hover();
  const start = Date.now();
  await page.mouse.wheel(0, 2_000_000);
  await page.locator(".ant-table-row", { hasText: /user[3-9]\d{4}/ }).first().waitFor();
  assert.ok(Date.now() - start < 5000);
  await picture(page, "many");
});

test("the demo runs without any server", async () => {
  const { page, troubles } = await openPage(browser, host.url);
  const outside = [];
  page.on("request", (request) => request.url().startsWith(host.url) || /^(blob|data):/.test(request.url()) || outside.push(request.url()));
  await page.getByRole("button", { name: "Try the demo" }).click();
  await page.getByRole("link", { name: "amy", exact: true }).waitFor();
  await picture(page, "demo");
  await page.goto(`${host.url}#/groups`);
  await page.getByRole("link", { name: "Hikers" }).click();
  await page.getByRole("tab", { name: "Members" }).click();
  await page.getByText("9 in all").waitFor();
  await page.goto(`${host.url}#/sandbox`);
  await page.getByText("demo#chat: 26 users").waitFor();
  assert.deepEqual(outside, []);
  assert.deepEqual(troubles, []);
});

test("the sandbox panel moves the clock, breaks things and starts anew", async () => {
  await sandbox.seed(people(3));
  const { page } = await openPage(browser, `${host.url}`);
  await connect(page, sandbox);
  await page.goto(`${host.url}#/sandbox`);
  await page.getByText("demo#chat: 3 users").waitFor();
  await page.getByLabel("Name of the snapshot").fill("three");
  await page.getByRole("button", { name: "Take" }).click();
  await page.getByRole("button", { name: "Restore" }).waitFor();
  await page.getByRole("button", { name: "Fill with samples" }).click();
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("demo#chat: 7 users").waitFor();
  await page.getByRole("button", { name: "+ 1 day" }).click();
  await page.getByLabel(/Operation, or a resource/).fill("groups.*");
  await page.getByRole("button", { name: "Add the fault" }).click();
  await page.getByText("hit 0 of 2 times").waitFor();
  await picture(page, "sandbox");
  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByText("demo#chat: 3 users").waitFor();
  assert.equal((await sandbox.ask("GET", "faults")).faults[0].operation, "groups.*");
  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByRole("tooltip").getByRole("button", { name: "Reset" }).click();
  await page.getByText("demo#chat: 0 users").waitFor();
});

test("a token address is asked for the token, and only then", async (t) => {
  await sandbox.seed(people(2));
  const { url, token } = await tokenServer();
  t.after(() => token.server.close());
  const { page } = await openPage(browser, `${host.url}#/connect?baseUrl=${encodeURIComponent(sandbox.url)}`);
  await page.getByLabel("Sign in with").click();
  await page.locator(".ant-select-item-option", { hasText: "Token address" }).click();
  await page.getByRole("textbox", { name: "Token address" }).fill(url);
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("2 in all").waitFor();
  assert.equal(token.asked, 1, "one token serves all calls");
});

/** A person's own server, which makes tokens. */
async function tokenServer() {
  const token = { asked: 0 };
  const made = await fetch(`${sandbox.url}/demo/chat/token`, {
    method: "POST",
    body: JSON.stringify({ grant_type: "client_credentials", client_id: "sandbox-client-id", client_secret: "sandbox-client-secret" }),
  });
  const { access_token, expires_in } = await made.json();
  token.server = createServer((_, response) => {
    token.asked += 1;
    response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" });
    response.end(JSON.stringify({ token: access_token, expires_in }));
  });
  await new Promise((resolve) => token.server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${token.server.address().port}/token`, token };
}

test("being offline is told", async () => {
  const { page, context } = await openPage(browser, host.url);
  await context.setOffline(true);
  await page.getByText("The browser is offline.").waitFor();
  await context.setOffline(false);
  await page.getByText("The browser is offline.").waitFor({ state: "detached" });
});
