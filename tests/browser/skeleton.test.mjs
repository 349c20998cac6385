// The page's spine: connect, look after users, see errors as they are.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { connect, launch, openPage, picture } from "./support/browser.mjs";
import { people, startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";

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
  assert.match(page.url(), /#\/users\?q=user11$/);
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
