// The page's spine: connect, look after users, see errors as they are.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { readFileSync } from "node:fs";
import { APP, connect, launch, openPage, picture } from "./support/browser.mjs";
import { ROOT } from "./support/paths.mjs";
import { people, startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";

const expired = JSON.parse(readFileSync(new URL("./support/token.json", import.meta.url), "utf8"));

/** An app token that holds for an hour, made by the page's own package. */
async function generateAppToken() {
  const { buildAppToken } = await import(`${ROOT}pkg/node.js`);
  const { appId, appCertificate } = APP;
  return buildAppToken({ appId, appCertificate, expire: 3600 });
}

let browser, host, sandbox;
before(async () => ([browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox()])));
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));
beforeEach(() => sandbox.reset());

/** Opens the page and enters the sandbox with so many users. */
async function entered(count = 120, options) {
  await sandbox.seed(people(count));
  const opened = await openPage(browser, host.url, options);
  await connect(opened.page, sandbox, options);
  return opened;
}

test("users are listed page by page, and filtered", async () => {
  const { page, troubles } = await entered();
  await page.getByText("50 loaded, more to come").waitFor();
  await page.getByRole("button", { name: "Load more" }).click();
  await page.getByText("100 loaded, more to come").waitFor();
  await picture(page, "users");
  await page.getByRole("button", { name: "Load all" }).click();
  await page.getByText("120 in all").waitFor();
  await page.getByLabel("Filter what is loaded").fill("user11");
  await page.getByText("10 of 120 loaded").waitFor();
  await page.waitForURL(/#\/users\?q=user11$/);
  assert.deepEqual(troubles, []);
});

test("filter, order and columns are kept: behind a drawer, in the address, by the browser", async () => {
  const { page, troubles } = await entered(30);
  await page.getByLabel("Filter what is loaded").fill("user00");
  await page.getByRole("columnheader", { name: "User ID" }).click();
  await page.getByRole("columnheader", { name: "User ID" }).click();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("tooltip").getByLabel("UUID").check();
  await page.getByRole("columnheader", { name: "UUID" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForURL(/q=user00&sort=-username|sort=-username&q=user00/);
  await page.getByRole("row", { name: /user009/ }).click();
  await page.waitForURL(/#\/users\/user009\?.*q=user00/);
  await page.getByRole("tab", { name: "Groups" }).click();
  await page.waitForURL(/#\/users\/user009\/groups\?.*sort=-username/);
  await page.keyboard.press("Escape");
  await page.waitForURL(/#\/users\?.*q=user00/);
  const first = page.locator("tbody tr.opens").first();
  assert.match(await first.innerText(), /user009/);
  // A new tab on the same address asks for the secret again, and then shows the same.
  await page.reload();
  await page.getByRole("button", { name: /^demo#chat/ }).click();
  await page.getByLabel("Client secret").fill("sandbox-client-secret");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("10 of 30 loaded").waitFor();
  assert.match(await first.innerText(), /user009/);
  await page.getByRole("columnheader", { name: "UUID" }).waitFor();
  assert.deepEqual(troubles, []);
});

test("a change shows at once in the drawer and in the list behind it", async () => {
  const { page, troubles } = await entered(5);
  await page.goto(`${host.url}#/users/user003`);
  const drawer = page.locator(".ant-drawer");
  await drawer.getByRole("row", { name: /Muted/ }).getByText("No", { exact: true }).waitFor();
  await drawer.getByRole("button", { name: "Mute", exact: true }).click();
  await page.locator(".ant-modal").getByText("Mute · user003").waitFor();
  await page.locator(".ant-modal").getByRole("button", { name: "Mute" }).click();
  await drawer.getByText(/in one-to-one chats: 1 hour/).waitFor();
  await drawer.getByRole("button", { name: "Deactivate", exact: true }).click();
  await page.locator(".ant-modal").getByRole("button", { name: "Deactivate" }).click();
  await drawer.getByText("Deactivated").first().waitFor();
  await drawer.getByRole("tab", { name: "Attributes" }).click();
  await drawer.getByText("No attributes are set.").waitFor();
  await drawer.getByRole("button", { name: "Set attributes" }).click();
  await page.locator(".ant-modal").getByRole("button", { name: "Set attributes" }).click();
  await page.locator(".ant-modal").getByText("Needed.").waitFor();
  await page.locator(".ant-modal").getByRole("button", { name: "Add to Attributes" }).click();
  await page.getByLabel("Name 1").fill("nickname");
  await page.getByLabel("Value 1").fill("Cat");
  await page.locator(".ant-modal").getByRole("button", { name: "Set attributes" }).click();
  await drawer.getByRole("row", { name: "nickname Cat" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("row", { name: /user003/ }).getByText("Deactivated").waitFor();
  assert.deepEqual(troubles, []);
});

test("a list that one call does not take is sent in several, and the list shows who came", async () => {
  await sandbox.seed([...people(131), { op: "groups.create", params: { groupid: "1", groupname: "Many", public: true, owner: "user000", maxusers: 500 } }]);
  const { page, troubles } = await openPage(browser, host.url);
  await connect(page, sandbox);
  await page.goto(`${host.url}#/groups/1/members`);
  const list = page.getByRole("tabpanel");
  await list.getByText("1 in all").waitFor();
  await page.getByRole("button", { name: "Add members" }).click();
  const names = people(131).slice(1).map((line) => line.params.username);
  const modal = page.locator(".ant-modal");
  await modal.getByLabel("User IDs").fill([...names, "nobody"].join(" "));
  await modal.getByLabel("User IDs").press("Enter");
  await modal.getByRole("button", { name: "Add members" }).click();
  await page.getByRole("complementary", { name: "Queues" }).getByText("131 of 131, 1 failed").waitFor();
  await list.getByText("100 loaded, more to come").waitFor();
  await list.getByRole("button", { name: "Load all" }).click();
  await list.getByText("131 in all").waitFor();
  assert.deepEqual(troubles, []);
});

test("messages and pushes to more than one call takes go out in several", async () => {
  const groups = ["1", "2", "3", "4"].map((groupid) => ({ op: "groups.create", params: { groupid, groupname: `Group ${groupid}`, public: true, owner: "user000" } }));
  await sandbox.seed([...people(101), ...groups]);
  const { page, troubles } = await openPage(browser, host.url);
  await connect(page, sandbox);
  const queues = page.getByRole("complementary", { name: "Queues" });
  await page.goto(`${host.url}#/groups`);
  await page.getByLabel("Select all").check();
  await page.getByRole("button", { name: "Send a message" }).click();
  await page.getByRole("textbox", { name: "Text" }).fill("To all four");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await queues.getByText("4 of 4").waitFor();
  assert.equal(await page.getByRole("region", { name: "Sent in this session" }).getByText("To all four").count(), 4);
  await queues.getByRole("button", { name: "Close" }).click();
  await page.goto(`${host.url}#/users`);
  await page.getByRole("button", { name: "Load all" }).click();
  await page.getByText("101 in all").waitFor();
  await page.getByLabel("Select all").check();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Push a notification" }).click();
  await page.getByLabel("Title").first().fill("News");
  await page.getByLabel("Content").first().fill("It is Sunday.");
  await page.getByRole("button", { name: "Push", exact: true }).click();
  await queues.getByText(/^101 of 101/).waitFor();
  const calls = async (operation) => (await sandbox.journal(`?operation=${operation}`)).length;
  assert.deepEqual([await calls("messages.groups.send"), await calls("push.send.toUsers")], [2, 2]);
  assert.deepEqual(troubles, []);
});

test("plain http:// is for this machine, and for Easemob's private deployments when the risk is accepted", async () => {
  const { page } = await openPage(browser, host.url);
  const answer = { action: "get", entities: [{ uuid: "u", type: "user", created: 1, modified: 1, username: "amy", activated: true }], count: 1 };
  await page.route("http://chat.example/**", (route) => route.fulfill({ json: answer, headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" } }));
  await page.getByLabel("REST address").fill("http://chat.example");
  await page.getByLabel("App", { exact: true }).fill("demo#chat");
  await page.getByLabel("App token").fill("YWMt");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("Plain http:// is for this machine only").waitFor();
  await page.getByText("Easemob", { exact: true }).click();
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("Accept the risk, or sign in another way.").waitFor();
  await page.getByLabel("I understand the risk").check();
  await picture(page, "connect-http");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByRole("link", { name: "amy" }).waitFor();
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...localStorage })), /YWMt|accepted/);
});

test("production is named in a banner, and a pasted token is looked into", async () => {
  await sandbox.seed(people(2));
  const { page } = await openPage(browser, host.url);
  // A sandbox that is not known as one: its own endpoints do not answer.
  await page.route("**/__sandbox/**", (route) => route.abort());
  await page.getByLabel("REST address").fill(sandbox.url);
  await page.getByLabel("App", { exact: true }).fill("demo#chat");
  await page.getByLabel("App token").fill(expired.token);
  await page.getByText(/^Expired .* ago$/).waitFor();
  await page.getByLabel("App token").fill(await generateAppToken());
  await page.getByText(new RegExp(`^App token for ${APP.appId}, for another (1 hour|60 minutes|59.9 minutes)\\.$`)).waitFor();
  await picture(page, "connect-token");
  await page.getByLabel("App", { exact: true }).fill("0".repeat(32));
  await page.getByText("It is not for the app of this connection.").waitFor();
  await page.getByLabel("App", { exact: true }).fill("demo#chat");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("Production: demo#chat · read-only").waitFor();
  await page.getByRole("button", { name: /Read-only/ }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("chat");
  await page.getByRole("dialog").getByRole("button", { name: "Allow changes" }).click();
  await page.getByText("Production: demo#chat · changes allowed").waitFor();
  await picture(page, "production");
});

test("a user who is muted in several kinds of chat is one row, and none when all is over", async () => {
  const mute = (username, times) => ({ op: "mutes.set", params: { username, ...times } });
  await sandbox.seed([...people(3), mute("user001", { chat: 172_800, chatroom: -1 }), mute("user002", { chat: 3600 }), mute("user002", { chat: 0 })]);
  const { page, troubles } = await openPage(browser, host.url);
  await connect(page, sandbox);
  await page.goto(`${host.url}#/moderation/mutes`);
  await page.getByRole("row", { name: /user001.*2 days.*for ever/i }).waitFor();
  assert.equal(await page.getByRole("row", { name: /user00/ }).count(), 1);
  assert.deepEqual(troubles, []);
});

test("a user is registered, deactivated, activated and deleted", async () => {
  const { page, troubles } = await entered(3);
  await page.getByRole("button", { name: "Register a user" }).click();
  await page.getByRole("textbox", { name: "User ID", exact: true }).fill("amy");
  await page.getByLabel("Password").fill("secret1");
  await picture(page, "register");
  await page.keyboard.press("Enter");
  await page.getByText("amy is registered.").waitFor();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  const row = page.getByRole("row", { name: /\bamy\b/ });
  const choose = async (action) => {
    await row.getByRole("button", { name: "Actions for amy" }).click();
    await page.getByRole("menuitem", { name: action, exact: true }).click();
  };
  await choose("Deactivate");
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await row.getByText("Deactivated").waitFor();
  await choose("Activate");
  await row.getByText("Active", { exact: true }).waitFor();
  await choose("Delete");
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Delete" });
  assert.equal(await confirm.isDisabled(), true, "deletion asks for the name first");
  await page.getByRole("dialog").getByRole("textbox").fill("amy");
  await picture(page, "delete");
  await confirm.click();
  await row.waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("the platform's errors are shown as they are", async () => {
  const { page } = await entered(1);
  await page.getByRole("button", { name: "Register a user" }).click();
  await page.getByRole("textbox", { name: "User ID", exact: true }).fill("user000");
  await page.getByLabel("Password").fill("secret1");
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert").filter({ hasText: "Refused by the platform" });
  await alert.getByText("duplicate_unique_property_exists").waitFor();
  await alert.getByText("users.register", { exact: true }).waitFor();
  assert.match(await alert.innerText(), /400/);
  await picture(page, "error");
});

test("a dead server and a wrong secret are told before anything is entered", async () => {
  const { page } = await openPage(browser, host.url);
  await page.getByLabel("REST address").fill("http://127.0.0.1:9");
  await page.getByRole("button", { name: "Use a sandbox on this machine" }).click();
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("No answer", { exact: true }).waitFor();
  await picture(page, "dead-server");
  await page.getByLabel("REST address").fill(sandbox.url);
  await page.getByLabel("Client secret").fill("wrong");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("Refused by the platform").waitFor();
  await page.getByText("invalid_grant", { exact: true }).waitFor();
});

test("a user has an address", async () => {
  const { page } = await entered(5);
  await page.goto(`${host.url}#/users/user003`);
  await page.getByRole("dialog").getByText("Person 3").waitFor();
  await picture(page, "user");
  await page.keyboard.press("Escape");
  await page.waitForURL(/#\/users$/);
});
