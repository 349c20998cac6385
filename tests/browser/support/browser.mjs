// The browser, and the steps that every test begins with.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PICTURES, WWW } from "./paths.mjs";

const require = createRequire(WWW);
const { chromium } = require("playwright-core");
const AXE = require.resolve("axe-core/axe.min.js");

const ARGS = [
  "--no-sandbox", "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });

/** The app that the sandbox has when nothing else is said. */
export const APP = {
  app: "demo#chat",
  appId: "970ca35de60c44645bbae8a215061b33",
  appCertificate: "5cfd2fd1755d40ecb72977518be15d3b",
};

/** The contexts that tests have opened and not closed. */
const opened = new Set();

/** Closes what a test has opened. */
export async function closePages() {
  await Promise.all([...opened].map((context) => context.close()));
  opened.clear();
}

/** Notes in the page when it last did something, so that a test can wait until it is still. */
function watch() {
  const now = (window.stillness = { calls: 0, last: 0 });
  const touch = () => (now.last = performance.now());
  const { fetch } = window;
  window.fetch = async (...call) => {
    now.calls += 1;
    try {
      return await fetch(...call);
    } finally {
      now.calls -= 1;
      touch();
    }
  };
  addEventListener("hashchange", touch);
  addEventListener("resize", touch);
  new MutationObserver(touch).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

/** Waits until the page is still: no call under way, nothing loading, nothing changing. */
export const settle = (page) =>
  page.waitForFunction(() => {
    const { calls, last } = window.stillness;
    const loading = document.querySelector(".ant-spin-spinning, .waiting, .ant-btn-loading");
    return calls === 0 && !loading && document.fonts.status === "loaded" && performance.now() - last > 80;
  });

/** Opens a page that collects whatever goes wrong in it. */
export async function openPage(browser, url, { language = "en", theme = "light", ready = true, ...options } = {}) {
  const context = await browser.newContext({
    locale: language === "zh" ? "zh-CN" : "en-GB",
    colorScheme: theme,
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  opened.add(context);
  await context.addInitScript(watch);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (line) => {
    // A failed request is a line in the console too; those are what some tests are about.
    if (line.type() === "error" && !/Failed to load resource|net::ERR/.test(line.text())) troubles.push(line.text());
  });
  await page.goto(url);
  if (ready) await page.locator("main h1").first().waitFor();
  return { page, context, troubles };
}

/** Goes to a place without loading the page anew, and waits until it is there. */
export async function visit(page, address) {
  await page.evaluate((to) => {
    window.stillness.last = performance.now();
    location.hash = to;
  }, address);
  await settle(page);
}

/** Fills the form and enters the app. */
export async function connect(page, sandbox, { language = "en" } = {}) {
  const zh = language === "zh";
  await page.getByLabel(zh ? "REST 地址" : "REST address").fill(sandbox.url);
  await page.getByRole("button", { name: zh ? "使用本机的沙箱" : "Use a sandbox on this machine" }).click();
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: zh ? "断开" : "Leave" }).waitFor();
  await page.locator("main h1").first().waitFor();
}

/** Enters the demo, which runs in the page alone. */
export async function enterDemo(page) {
  await page.getByRole("button", { name: "Try the demo" }).click();
  await page.getByRole("button", { name: "Leave" }).waitFor();
}

/** The text of the file that a click gives. */
export async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFileSync(await download.path(), "utf8");
}

/** What axe finds wrong with the page as it is: by all its rules, or by those that colours alone can break. */
export async function flaws(page, rules = "all") {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(readFileSync(AXE, "utf8"));
  const runOnly = rules === "colours" ? ["color-contrast", "link-in-text-block"] : undefined;
  const { violations } = await page.evaluate((only) => window.axe.run(document, { resultTypes: ["violations"], ...(only && { runOnly: only }) }), runOnly);
  return violations.map(({ id, help, nodes }) => {
    const told = nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ""}`);
    return [`${id}: ${help}`, ...told].join("\n    ");
  });
}

/** Keeps a picture under `target/screenshots/`. */
export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name}.png` });
}
