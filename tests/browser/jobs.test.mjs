// The commonest jobs, end to end.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { connect, launch, openPage, picture } from "./support/browser.mjs";
import { people, startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";
import { GROUP, ROOM, story } from "./support/story.mjs";

let browser, host, sandbox;
before(async () => ([browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox("--loose")])));
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));
beforeEach(() => sandbox.reset());

/** Opens the page on a sandbox with these lines run in it. */
async function entered(lines, place = "#/users") {
  await sandbox.seed(lines);
  const opened = await openPage(browser, host.url);
  await connect(opened.page, sandbox);
  const visit = (to) => opened.page.goto(`${host.url}${to}`);
  await visit(place);
  return { ...opened, visit };
}

/** What reached an operation. */
const calls = async (operation) => sandbox.journal(`?operation=${operation}`);
const dialog = (page) => page.getByRole("dialog").last();
const downloaded = async (page, click) => {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFileSync(await download.path(), "utf8");
};

test("find a user by prefix and ban", async () => {
  const { page, troubles } = await entered(people(120));
  await page.getByRole("button", { name: "Load all" }).click();
  await page.getByText("120 in all").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("user07");
  await page.getByText("10 of 120 loaded").waitFor();
  await page.getByRole("button", { name: "Actions for user077" }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  await dialog(page).getByRole("button", { name: "Deactivate" }).click();
  await page.getByText("user077 is deactivated.").waitFor();
  await page.getByRole("row", { name: /user077/ }).getByText("Deactivated").waitFor();
  assert.equal((await calls("users.deactivate"))[0].params.username, "user077");
  assert.deepEqual(troubles, []);
});

test("create a group of 50 and mute one for an hour", async () => {
  const { page } = await entered(people(51), "#/groups");
  await page.getByRole("button", { name: "Create a group" }).click();
  await dialog(page).getByLabel("Group name").fill("Fifty");
  await dialog(page).getByLabel("Owner").fill("user000");
  await dialog(page).getByLabel("Members", { exact: true }).fill(people(51).slice(1).map((line) => line.params.username).join(","));
  await dialog(page).getByLabel("Members", { exact: true }).press("Enter");
  await picture(page, "job-group-create");
  await dialog(page).getByRole("button", { name: "Create a group" }).click();
  await page.getByText(/Group \d+ is created/).waitFor();
  await page.getByRole("link", { name: "Fifty" }).click();
  await page.getByRole("tab", { name: "Members" }).click();
  await page.getByText("51 in all").waitFor();
  await page.getByRole("button", { name: "Actions for user007" }).click();
  await page.getByRole("menuitem", { name: "Mute" }).click();
  await dialog(page).getByText("1 hour").waitFor();
  await picture(page, "job-group-mute");
  await dialog(page).getByRole("button", { name: "Mute" }).click();
  await page.getByText("Done.").waitFor();
  await page.getByRole("tab", { name: "Mutes" }).click();
  await page.getByRole("row", { name: /user007/ }).waitFor();
  assert.equal((await calls("groups.mutes.add"))[0].params.mute_duration, 3_600_000);
});

/** A picture to send. */
const PNG = readFileSync(new URL("./support/picture.png", import.meta.url));

test("send an image to a chat room with progress, then recall it", async () => {
  const { page, visit, troubles } = await entered(story(10), `#/messages?kind=rooms&to=${ROOM}`);
  await page.getByText("Image", { exact: true }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload a file" }).click();
  await (await chooser).setFiles({ name: "picture.png", mimeType: "image/png", buffer: PNG });
  await page.getByText("Uploaded. The message below points to it.").waitFor();
  await page.getByRole("progressbar", { name: "Upload" }).waitFor();
  await page.getByRole("img", { name: "picture.png" }).last().waitFor();
  await picture(page, "job-image");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Sent.", { exact: true }).waitFor();
  const [sent] = await calls("messages.rooms.send");
  assert.deepEqual([sent.params.to, sent.params.type, sent.params.body.filename, sent.params.body.size], [[ROOM], "img", "picture.png", { width: 64, height: 48 }]);
  await page.getByRole("button", { name: "Recall", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Recall" }).click();
  await page.getByText("The message is recalled.").waitFor();
  assert.equal((await calls("messages.recall"))[0].params.chat_type, "chatroom");
  await visit("#/log");
  await page.getByRole("link", { name: "files.upload" }).waitFor();
  assert.deepEqual(troubles, []);
});

test("bulk-register 500 from CSV with 7 bad rows", async () => {
  const { page } = await entered([]);
  const bad = ["", "no spaces", "x".repeat(65), "row1", "semi;colon", "a/b", "row2"];
  const rows = [...Array.from({ length: 493 }, (_, i) => `row${i},secret-1,Row ${i}`), ...bad.map((name) => `${name.includes(";") ? `"${name}"` : name},secret-1,Bad`)];
  await page.getByRole("button", { name: "Import" }).click();
  const chooser = page.waitForEvent("filechooser");
  await dialog(page).getByRole("button", { name: "Choose a file" }).click();
  await (await chooser).setFiles({ name: "users.csv", mimeType: "text/csv", buffer: Buffer.from(`username,password,nickname\n${rows.join("\r\n")}\n`) });
  await dialog(page).getByText("500 rows").waitFor();
  await dialog(page).getByText("7 with problems, left out").waitFor();
  await dialog(page).getByLabel("Problems only").check();
  await picture(page, "job-import");
  await dialog(page).getByRole("button", { name: "Register 493 users" }).click();
  await page.getByText("493 of 493").waitFor();
  await picture(page, "job-import-done");
  assert.equal((await calls("users.registerMany")).length, 9);
});

test("what a queue could not do is told, and tried again", async () => {
  const { page } = await entered(people(12));
  await sandbox.ask("POST", "faults", { operation: "users.deactivate", kind: "status", status: 403, error: "forbidden_op", times: 3 });
  await page.getByLabel("Select all").check();
  await page.getByRole("button", { name: "Deactivate", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Deactivate" }).click();
  const queues = page.getByRole("complementary", { name: "Queues" });
  await queues.getByText("12 of 12, 3 failed").waitFor();
  await queues.getByRole("button", { name: "Details" }).click();
  await dialog(page).getByText(/forbidden_op/).first().waitFor();
  await picture(page, "job-queue");
  const report = await downloaded(page, () => dialog(page).getByRole("button", { name: "Report as CSV" }).click());
  assert.equal(report.match(/,failed,/g).length, 3);
  await page.keyboard.press("Escape");
  await queues.getByRole("button", { name: "Retry failed" }).click();
  await queues.getByText("12 of 12", { exact: true }).waitFor();
});

test("read an hour of history", async () => {
  const { page } = await entered(story(10));
  await sandbox.ask("POST", "clock", { advance: 7_200_000 });
  const hour = new Date().toISOString().replace(/\D/g, "").slice(0, 10);
  await page.goto(`${host.url}#/history?time=${hour}`);
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.getByText("Hello!").waitFor();
  await page.getByText("1 message", { exact: true }).waitFor();
  await picture(page, "job-history");
});

test("label users and push to the label", async () => {
  const { page } = await entered(people(5), "#/push/labels");
  await page.getByRole("button", { name: "Create a label" }).click();
  await dialog(page).getByLabel("Name").fill("news");
  await dialog(page).getByRole("button", { name: "Create a label" }).click();
  await page.getByRole("link", { name: "news" }).click();
  await page.getByRole("button", { name: "Add users" }).click();
  await dialog(page).getByLabel("User IDs").fill("user001 user002 ");
  await dialog(page).getByRole("button", { name: "Add users" }).click();
  await page.getByText("2 in all").waitFor();
  await page.getByRole("button", { name: "Push to the label" }).click();
  await page.getByLabel("Title").first().fill("News");
  await page.getByLabel("Content").first().fill("It is Sunday.");
  await picture(page, "job-push");
  await page.getByRole("button", { name: "Push", exact: true }).click();
  await page.getByText(/Task \d+ is started/).waitFor();
  assert.deepEqual((await calls("push.send.toLabels"))[0].params.targets, ["news"]);
});

test("export a list", async () => {
  const { page } = await entered(people(12));
  await page.getByText("12 in all").waitFor();
  for (const [format, pattern] of [["CSV", /^\uFEFFusername,nickname,.*\r\nuser000,Person 0,/], ["JSON lines", /"username":"user011"/]]) {
    await page.getByRole("button", { name: "Export" }).click();
    const text = await downloaded(page, () => page.getByRole("menuitem", { name: format }).click());
    assert.match(text, pattern);
  }
});

test("inspect an expired token, without a connection", async () => {
  const { page } = await openPage(browser, `${host.url}#/tokens`);
  const expired = JSON.parse(readFileSync(new URL("./support/token.json", import.meta.url), "utf8"));
  await page.getByLabel("Paste a token").fill(expired.token);
  await page.getByText(/Expired .* ago/).waitFor();
  await page.getByText(expired.appId).waitFor();
  await page.getByLabel(/App certificate/).fill(expired.appCertificate);
  await page.getByText("The signature fits, but the token is expired.").waitFor();
  await picture(page, "job-token");
});

test("a group's members are looked after in bulk", async () => {
  const { page } = await entered(story(10), `#/groups/${GROUP}/members`);
  await page.getByRole("checkbox", { name: "Select user002" }).check();
  await page.getByRole("checkbox", { name: "Select user003" }).check();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  // The drawer beneath is a dialog too, with a button of that name.
  await page.locator(".ant-modal").getByRole("button", { name: "Remove" }).click();
  await page.getByRole("complementary", { name: "Queues" }).getByText("2 of 2").waitFor();
  assert.equal((await calls("groups.members.remove")).length, 2);
});
