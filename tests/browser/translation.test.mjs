// No text is left untranslated: with every text of the page between marks, nothing stands outside them but data.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { closePages, connect, launch, openPage, settle, visit } from "./support/browser.mjs";
import { DIST, ROOT } from "./support/paths.mjs";
import { startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";
import { fromSource, texts } from "./support/source.mjs";
import { story } from "./support/story.mjs";
import { addresses, close, open, OPENINGS } from "./support/tour.mjs";

const { en } = await texts();
const { default: antd } = await fromSource('export { default } from "antd/es/locale/en_US";');

let browser, host, sandbox;
before(async () => {
  [browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox("--loose")]);
  await sandbox.seed(story());
});
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));
afterEach(closePages);

/** The same texts between marks. It is sent to the page too, so it names nothing from outside. */
function marked(text) {
  if (typeof text === "string") return `⟦${text}⟧`;
  if (typeof text === "function") return (...values) => marked(text(...values));
  if (Array.isArray(text)) return text.map(marked);
  if (text && typeof text === "object") return Object.fromEntries(Object.entries(text).map(([name, inner]) => [name, marked(inner)]));
  return text;
}

/** Serves the page's English with marks: the chunk that holds it exports what another copy of it exports, marked. */
async function mark(context) {
  const chunk = readdirSync(`${DIST}assets`).find((name) => name.endsWith(".js") && readFileSync(`${DIST}assets/${name}`, "utf8").includes(en.common.skip));
  const names = [...readFileSync(`${DIST}assets/${chunk}`, "utf8").matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, list]) => list.split(",").map((one) => one.trim().split(/\s+as\s+/).at(-1)));
  assert.ok(chunk && names.length > 0, "the English has a chunk of its own");
  const body = `import * as real from "./${chunk}?real";\n${marked}\n${names.map((name, i) => `const x${i} = marked(real[${JSON.stringify(name)}]);\nexport { x${i} as ${name} };`).join("\n")}`;
  await context.route(new RegExp(`/assets/${chunk.replaceAll(".", "\\.")}$`), (route) => route.fulfill({ contentType: "text/javascript", body }));
}

/** What is shown or told: texts and the attributes that screen readers and tooltips use. */
function shown() {
  const found = [];
  const raw = (element) => element.closest("[lang]:not(html), [data-raw], .mono, .method, .path, [role=option], .ant-select-item, .ant-select") !== null;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    // What came over the wire, or will go over it, is shown as it is; and so are keys and what one types.
    if (element.closest("script, style, pre, code, kbd, textarea") || !element.checkVisibility()) continue;
    found.push({ text: node.data, raw: raw(element), where: element.outerHTML.slice(0, 120) });
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (element.closest("[aria-hidden=true]") || !element.checkVisibility()) continue;
      found.push({ text: element.getAttribute(name), raw: raw(element), where: `${name} of ${element.outerHTML.slice(0, 120)}` });
    }
  }
  found.push({ text: document.title, raw: false, where: "title" });
  const typed = [...document.querySelectorAll("input, textarea")].flatMap((field) => field.value.split(/[\n,]/));
  return { found, typed };
}

/** Every text in a value. */
function* strings(value) {
  if (typeof value === "string" || typeof value === "number") yield String(value);
  else if (value && typeof value === "object") for (const inner of Object.values(value)) yield* strings(inner);
}

const flat = (text) => text.replace(/\s+/g, " ").trim();
/** Names that are the same in every language: of formats, languages, keys and units; and of a user who is not there. */
const NAMES = ["nobody", "HTTP", "curl", "JavaScript", "Rust", "English", "中文", "Esc", "Ctrl", "Enter", "https://a61.chat.agora.io", "org#app", "picture.png", '{ "key": "value" }', "kB", "B"];
/** Moments, as the browser writes them. */
const MOMENT = /\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec) \d{4}, \d{2}:\d{2}:\d{2}\b/g;

test("every text is translated", { timeout: 600_000 }, async () => {
  const { page, context, troubles } = await openPage(browser, "about:blank", { ready: false });
  await mark(context);
  // What the sandbox answers is data; so is the table, where it is shown as such.
  const catalog = JSON.parse(readFileSync(`${ROOT}pkg/catalog.json`, "utf8"));
  const help = [...strings(JSON.parse(readFileSync(`${ROOT}pkg/help.json`, "utf8")))].flatMap((text) => [text, text.replace(/^https:\/\//, ""), ...text.split("`")]);
  const data = new Set([...NAMES, ...strings(antd), ...help.map(flat), ...catalog.operations.map((o) => o.id), sandbox.url, sandbox.url.replace("http://", "")]);
  page.on("response", async (response) => {
    if (!response.url().startsWith(sandbox.url)) return;
    data.add(response.url().slice(sandbox.url.length));
    for (const text of strings(await response.json().catch(() => undefined))) data.add(flat(text));
  });
  const table = new Set();
  for (const text of [...strings(catalog), ...Object.keys(catalog.models)]) {
    for (const part of [text.replaceAll("`", ""), ...text.split(/\n\s*\n|`/)]) table.add(flat(part));
  }
  // A list of operations shows the last word of each id.
  for (const { id, group } of catalog.operations) table.add(id.slice(group.length + 1));
  // What is wrong everywhere is told once.
  const untranslated = new Map();
  const look = async (place) => {
    const { found, typed } = await page.evaluate(shown);
    for (const text of typed) data.add(flat(text));
    for (const { text, raw, where } of found) {
      const rest = leftOver(text, data, raw ? table : new Set());
      if (rest && !untranslated.has(rest)) untranslated.set(rest, `${place}: "${rest}" in ${where}`);
    }
  };
  const t = marked(en);
  await page.goto(host.url);
  await page.locator("main h1").first().waitFor();
  await look("connect");
  await page.locator("button[type=submit]").click();
  await settle(page);
  await look("connect, incomplete");
  await page.getByLabel(t.connect.baseUrl).fill(sandbox.url);
  await page.getByRole("button", { name: t.connect.sandboxFill }).click();
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: t.common.disconnect }).waitFor();
  for (const address of await addresses(page)) {
    await visit(page, address);
    await look(address);
  }
  for (const opening of OPENINGS) {
    await open(page, opening, t);
    await look(opening.name);
    await close(page, opening, t);
  }
  assert.deepEqual([...untranslated.values()], []);
  assert.deepEqual(troubles, []);
});

/** What is left of a text when marked texts, data, moments and whatever has no letters are taken out. */
function leftOver(text, data, table) {
  let rest = text;
  for (let before = ""; before !== rest; ) [before, rest] = [rest, rest.replace(/⟦[^⟦⟧]*⟧/g, " ")];
  rest = flat(rest.replace(MOMENT, " "));
  if (!/\p{L}|[⟦⟧]/u.test(rest) || data.has(rest) || table.has(rest)) return "";
  const known = [...data, ...table].filter((part) => /\p{L}/u.test(part) && rest.includes(part)).sort((a, b) => b.length - a.length);
  for (const part of known) rest = rest.replace(new RegExp(`(?<![\\p{L}\\d])${part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d])`, "gu"), " ");
  return /\p{L}|[⟦⟧]/u.test(rest) ? flat(rest) : "";
}
