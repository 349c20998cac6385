// Every place, in both languages and both themes: pictures, accessibility, translation, width.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, connect, launch, openPage, picture } from "./support/browser.mjs";
import { startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";
import { GROUP, ROOM, story } from "./support/story.mjs";

let browser, host, sandbox;
before(async () => {
  [browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox()]);
  await sandbox.seed(story());
});
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));

/** What the page's menu leads to, and places inside those. */
async function addresses(page, whole = true) {
  const menu = await page.locator("nav a[href^='#/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  return [...new Set(menu.filter((a) => /^#\/\w+$/.test(a)))].flatMap((a) => [a, ...(INSIDE[a] ?? []).slice(0, whole ? undefined : 1)]);
}
const INSIDE = {
  "#/users": ["", "/groups", "/rooms", "/contacts", "/blocks", "/attributes", "/devices", "/push"].map((tab) => `#/users/user003${tab}`),
  "#/groups": ["", "/members", "/admins", "/mutes", "/announcement", "/files"].map((tab) => `#/groups/${GROUP}${tab}`),
  "#/rooms": ["", "/members", "/attributes"].map((tab) => `#/rooms/${ROOM}${tab}`),
  "#/moderation": ["#/moderation/banned", "#/moderation/admins"],
  "#/push": ["#/push/labels", "#/push/labels/news", "#/push/templates"],
  "#/explorer": ["#/explorer/users.list", "#/explorer/messages.users.send"],
  "#/log": ["#/log/1"],
};

/** Chinese characters in English, or English sentences in Chinese; what is marked as another language is let through. */
function strayTexts(zh) {
  const stray = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const parent = node.parentElement;
    if (!text || parent.closest("script, style, pre, code, td, .mono, [lang]:not(html), [data-raw]")) continue;
    if (!zh && /[\u4e00-\u9fff]/.test(text)) stray.push(text);
    if (zh && /[A-Za-z]{2,}\s+[A-Za-z]{2,}\s+[a-z]{2,}/.test(text) && !/[\u4e00-\u9fff]/.test(text)) stray.push(text);
  }
  // In Chinese, whatever the page itself says has Chinese in it, but for names that are the same everywhere.
  const same = /^(ID|UUID|JSON|CSV|HTTP|curl|JavaScript|Rust|English|App ?ID|App Token|Client ID|Client Secret|JSON Lines|REST|[\W\d_]+|GET|POST|PUT|DELETE|min|max)$/i;
  const said = "th, label, h1, h2, h3, button, .ant-descriptions-item-label, .ant-tag, [role=tab], [role=menuitem], .ant-empty-description, .ant-alert-title";
  for (const element of zh ? document.querySelectorAll(said) : []) {
    const text = element.textContent.trim();
    if (!text || /[\u4e00-\u9fff]/.test(text) || same.test(text)) continue;
    if (element.closest("[data-raw], .mono, [lang]:not(html), pre, code") || element.querySelector(".mono, [data-raw], [lang]")) continue;
    stray.push(`${element.tagName}: ${text}`);
  }
  const attributes = [...document.querySelectorAll("[aria-label], [placeholder], [title]")].filter((e) => !e.closest("[lang]:not(html), [data-raw]"));
  for (const element of attributes) {
    for (const name of ["aria-label", "placeholder", "title"]) {
      const text = element.getAttribute(name) ?? "";
      if (!zh && /[\u4e00-\u9fff]/.test(text)) stray.push(`${name}: ${text}`);
      if (zh && /^[A-Z][a-z]+ [a-z]+ [a-z]+/.test(text)) stray.push(`${name}: ${text}`);
    }
  }
  return stray;
}

async function check(page, name, zh) {
  await page.waitForTimeout(250);
  await page.locator(".ant-spin-spinning").first().waitFor({ state: "detached" });
  await picture(page, name);
  assert.deepEqual(await page.evaluate(strayTexts, zh), [], `${name}: texts in another language`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ""}`).join("\n    ")}`);
  assert.deepEqual(told, [], name);
}

for (const language of ["en", "zh"]) {
  for (const theme of ["light", "dark"]) {
    test(`every place in ${language}, ${theme}`, async (t) => {
      const { page, context, troubles } = await openPage(browser, host.url, { language, theme, bypassCSP: true });
      const zh = language === "zh";
      await t.test("connect", () => check(page, `place-connect-${language}-${theme}`, zh));
      await connect(page, sandbox, { language });
      for (const address of await addresses(page, zh === (theme === "dark"))) {
        await t.test(address, async () => {
          await page.goto(`${host.url}${address}`);
          await check(page, `place-${address.replace(/^#\//, "").replaceAll("/", "-")}-${language}-${theme}`, zh);
        });
      }
      assert.deepEqual(troubles, []);
      await context.close();
    });
  }
}

test("every place at 360 px", async (t) => {
  const { page } = await openPage(browser, host.url, { viewport: { width: 360, height: 740 }, bypassCSP: true });
  await t.test("connect", () => check(page, "narrow-connect", false));
  await connect(page, sandbox);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("dialog").waitFor();
  await picture(page, "narrow-menu");
  const all = await addresses(page, false);
  await page.keyboard.press("Escape");
  for (const address of all) {
    await t.test(address, async () => {
      await page.goto(`${host.url}${address}`);
      await check(page, `narrow-${address.replace(/^#\//, "").replaceAll("/", "-")}`, false);
    });
  }
});
