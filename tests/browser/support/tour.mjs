// Every place of the page, and what opens in it.
import { readFileSync } from "node:fs";
import { settle, visit } from "./browser.mjs";
import { GROUP, ROOM } from "./story.mjs";

const EXPIRED = JSON.parse(readFileSync(new URL("./token.json", import.meta.url), "utf8"));
const PNG = readFileSync(new URL("./picture.png", import.meta.url));

/** Places inside those of the menu, whose tabs are found. */
const INSIDE = ["#/users/user003", `#/groups/${GROUP}`, `#/rooms/${ROOM}`, "#/push/labels/news", "#/explorer/users.list", "#/explorer/messages.users.send", "#/explorer/files.upload", "#/log/1"];
/** Places without what they name. */
const NOTHING = ["#/users/nobody", "#/users?q=zzz", "#/groups/1", "#/explorer/no.such", "#/log?q=zzz", "#/nowhere"];

/** Every address: what the menu leads to, what is inside, and every tab that has an address of its own. */
export async function addresses(page) {
  const menu = await page.locator("nav a[href^='#/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  const found = new Set();
  for (const address of [...menu.filter((a) => /^#\/\w+$/.test(a)), ...INSIDE]) {
    await visit(page, address);
    found.add(address);
    const tabs = page.getByRole("tablist").last().getByRole("tab");
    for (let i = 1; i < (await tabs.count()); i += 1) {
      await tabs.nth(i).click();
      await settle(page);
      found.add(await page.evaluate(() => location.hash));
    }
  }
  return [...found, ...NOTHING];
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const choose = async (page, menu, item) => {
  await press(page, menu);
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};
const fillAndSend = async (page, t) => {
  await press(page, t.explorer.sample);
  await press(page, t.explorer.send);
};
const ofType = (type) => ({ name: `message-${type}`, at: "#/messages", open: (page, t) => page.getByText(t.messages.types[type], { exact: true }).click() });

/** What opens in a place: a dialog, a menu, an answer. `t` are the texts of the page's language. */
export const OPENINGS = [
  { name: "help", at: "#/users", open: (page) => page.keyboard.press("?") },
  { name: "language", at: "#/users", open: (page, t) => press(page, t.common.language) },
  { name: "theme", at: "#/users", open: (page, t) => press(page, t.common.theme) },
  { name: "columns", at: "#/users", open: (page, t) => press(page, t.list.columns) },
  { name: "export", at: "#/users", open: (page, t) => press(page, t.list.export) },
  { name: "row-menu", at: "#/users", open: (page, t) => press(page, t.list.actionsFor("user003")) },
  { name: "selection", at: "#/users", open: (page, t) => page.getByRole("checkbox", { name: t.list.selectRow("user010") }).check() },
  { name: "register", at: "#/users", open: (page, t) => press(page, t.users.register) },
  { name: "mute", at: "#/users", open: (page, t) => choose(page, t.list.actionsFor("user003"), t.users.mute) },
  { name: "delete", at: "#/users", open: (page, t) => choose(page, t.list.actionsFor("user003"), t.users.delete) },
  {
    name: "import",
    at: "#/users",
    async open(page, t) {
      await press(page, t.users.import);
      await page.getByLabel(t.importing.text).fill('username,password,nickname\nann,secret-1,Ann\nno spaces,secret-1,\nann,secret-1,\n,secret-1,');
      await page.getByText(t.importing.rows(4)).waitFor();
    },
  },
  {
    name: "refused",
    at: "#/users",
    async open(page, t) {
      await press(page, t.users.register);
      await page.locator("#param-username").fill("user003");
      await page.locator("#param-password").fill("secret-1");
      await page.keyboard.press("Enter");
      await page.getByText(t.errors.kinds.service).waitFor();
    },
  },
  { name: "group-create", at: "#/groups", open: (page, t) => press(page, t.groups.create) },
  { name: "room-create", at: "#/rooms", open: (page, t) => press(page, t.rooms.create) },
  { name: "group-mute", at: `#/groups/${GROUP}/members`, open: (page, t) => choose(page, t.list.actionsFor("user003"), t.groups.mute) },
  { name: "label-create", at: "#/push/labels", open: (page, t) => press(page, t.push.createLabel) },
  { name: "template-create", at: "#/push/templates", open: (page, t) => press(page, t.push.createTemplate) },
  ofType("img"),
  ofType("loc"),
  ofType("custom"),
  { name: "history-read", at: "#/history", open: (page, t) => press(page, t.history.read) },
  {
    name: "upload",
    at: "#/files",
    async open(page, t) {
      await page.locator("input[type=file]").first().setInputFiles({ name: "picture.png", mimeType: "image/png", buffer: PNG });
      await page.getByRole("button", { name: t.files.copyUrl }).first().waitFor();
    },
  },
  { name: "answer", at: "#/explorer/users.list", open: (page, t) => press(page, t.explorer.send) },
  { name: "answer-refused", at: "#/explorer/groups.get", open: fillAndSend },
  { name: "confirm-send", at: "#/explorer/users.delete", open: fillAndSend },
  { name: "as-json", at: "#/explorer/groups.create", open: async (page, t) => (await press(page, t.explorer.sample), await page.getByText(t.explorer.json, { exact: true }).click()) },
  { name: "send-options", at: "#/explorer/groups.mutes.unmuteAll", open: (page, t) => page.getByText(t.explorer.options, { exact: true }).click() },
  {
    name: "token",
    at: "#/tokens",
    async open(page, t) {
      await page.getByLabel(t.tokens.paste).fill(EXPIRED.token);
      await page.getByText(EXPIRED.appId).first().waitFor();
    },
  },
  { name: "reset", at: "#/sandbox", open: (page, t) => press(page, t.sandbox.reset) },
  {
    name: "seed-refused",
    at: "#/sandbox",
    async open(page, t) {
      await page.getByLabel(t.sandbox.seedLabel).fill('{"op":"users.register"}');
      await press(page, t.sandbox.seedRun);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "unlock",
    at: "#/users",
    async open(page, t) {
      await page.getByRole("button", { name: t.lock.lock }).click();
      await page.getByRole("button", { name: t.lock.unlock }).click();
    },
    close: (page, t) => page.getByRole("dialog").getByRole("button", { name: t.lock.unlock }).click(),
  },
  {
    name: "offline",
    at: "#/users",
    async open(page, t) {
      await page.context().setOffline(true);
      await page.getByText(t.errors.byKind.offline[0]).waitFor();
    },
    close: (page) => page.context().setOffline(false),
  },
  {
    name: "queue",
    at: "#/users",
    async open(page, t) {
      for (const user of ["user010", "user011"]) await page.getByRole("checkbox", { name: t.list.selectRow(user) }).check();
      await press(page, t.users.deactivate);
      await page.getByRole("dialog").getByRole("button", { name: t.users.deactivate }).click();
      await page.getByText(t.bulk.progress(2, 0, 2)).waitFor();
      await press(page, t.common.details);
    },
  },
];

/** Opens one of these, and waits until it is there. */
export async function open(page, { at, open }, t) {
  await visit(page, at);
  await open(page, t);
  await settle(page);
}

/** Closes whatever is open. */
export async function close(page, opening, t) {
  await opening.close?.(page, t);
  for (let i = 0; i < 4 && (await page.locator("[role=dialog]:visible, .ant-popover:visible, .ant-dropdown:visible").count()) > 0; i += 1) {
    await page.keyboard.press("Escape");
    await settle(page);
  }
  await visit(page, "#/nowhere");
}
