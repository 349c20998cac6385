// Every place and what opens in it, in both languages and both themes, and on a phone: pictures, accessibility, width.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { closePages, connect, flaws, launch, openPage, picture, settle, visit } from "./support/browser.mjs";
import { startSandbox } from "./support/sandbox.mjs";
import { servePage } from "./support/serve.mjs";
import { texts } from "./support/source.mjs";
import { story } from "./support/story.mjs";
import { addresses, close, open, OPENINGS } from "./support/tour.mjs";

const language = await texts();

let browser, host, sandbox;
before(async () => ([browser, host, sandbox] = await Promise.all([launch(), servePage(), startSandbox("--loose")])));
after(() => Promise.all([browser?.close(), host?.close(), sandbox?.close()]));
afterEach(closePages);

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

/** Looks at what is shown in both themes, and on a phone; answers what is wrong. */
async function look(page, name) {
  const wrong = [];
  const note = async (how, rules) => {
    await picture(page, `${name}-${how}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) wrong.push(`${name}, ${how}: ${wide} px too wide`);
    for (const flaw of await flaws(page, rules)) wrong.push(`${name}, ${how}: ${flaw}`);
  };
  const turn = async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForFunction((now) => document.documentElement.dataset.theme === now, theme);
    await settle(page);
  };
  await turn("light");
  await note("light", "all");
  // Nothing but colours is different in the dark.
  await turn("dark");
  await note("dark", "colours");
  await page.setViewportSize(PHONE);
  await settle(page);
  await note("phone", "all");
  await page.setViewportSize(DESK);
  return wrong;
}

for (const code of ["en", "zh"]) {
  test(`every place in ${code}`, { timeout: 1_200_000 }, async (t) => {
    await sandbox.reset();
    await sandbox.seed(story());
    const text = language[code];
    const { page, troubles } = await openPage(browser, host.url, { language: code, viewport: DESK });
    const wrong = [];
    wrong.push(...(await look(page, `${code}-connect`)));
    await page.locator("button[type=submit]").click();
    await settle(page);
    wrong.push(...(await look(page, `${code}-connect-incomplete`)));
    await page.reload();
    await connect(page, sandbox, { language: code });
    const places = await addresses(page);
    for (const address of places) {
      await visit(page, address);
      wrong.push(...(await look(page, `${code}-${address.replace(/^#\//, "").replace(/[^\w.]+/g, "-")}`)));
    }
    for (const opening of OPENINGS) {
      try {
        await open(page, opening, text);
        wrong.push(...(await look(page, `${code}-open-${opening.name}`)));
      } catch (error) {
        wrong.push(`${opening.name} does not open: ${error.message}`);
      }
      await close(page, opening, text);
    }
    await page.setViewportSize(PHONE);
    await page.getByRole("button", { name: text.common.menu }).click();
    await settle(page);
    await picture(page, `${code}-open-menu-phone`);
    wrong.push(...(await flaws(page)).map((flaw) => `menu: ${flaw}`));
    t.diagnostic(`figure: ${places.length} places and ${OPENINGS.length + 1} openings`);
    assert.deepEqual(wrong, []);
    assert.deepEqual(troubles, []);
  });
}
