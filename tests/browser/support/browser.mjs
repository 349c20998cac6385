// The browser, and the steps that every test begins with.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { ARTEFACTS, WWW } from "./paths.mjs";

const require = createRequire(WWW);
const { chromium } = require("playwright-core");
export const AXE = require.resolve("axe-core/axe.min.js");

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

/** Opens a page that collects whatever goes wrong in it. */
export async function openPage(browser, url, { language = "en", theme = "light", ...options } = {}) {
  const context = await browser.newContext({
    locale: language === "zh" ? "zh-CN" : "en-GB",
    colorScheme: theme,
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (line) => {
    // A failed request is a line in the console too; those are what some tests are about.
    if (line.type() === "error" && !/Failed to load resource|net::ERR/.test(line.text())) troubles.push(line.text());
  });
  await page.goto(url);
  await page.locator("main h1").first().waitFor();
  return { page, context, troubles };
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

/** Keeps a picture under `tests/artefacts/`. */
export async function picture(page, name) {
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: `${ARTEFACTS}${name}.png` });
}
