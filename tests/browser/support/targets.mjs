// Where the jobs are done: against the sandbox's binary, and in the demo, whose sandbox is inside the page.
import { connect, downloaded, enterDemo } from "./browser.mjs";
import { startSandbox } from "./sandbox.mjs";

export { downloaded };

/** The binary: seeded and asked past the page, which makes it a witness of what the page sent. */
export async function binary() {
  const sandbox = await startSandbox("--loose");
  return {
    name: "sandbox",
    async enter(page, lines) {
      await sandbox.reset();
      await sandbox.seed(lines);
      await connect(page, sandbox);
    },
    calls: async (_page, operation) => sandbox.journal(`?operation=${operation}`),
    close: () => sandbox.close(),
  };
}

/** The demo: seeded in the sandbox's panel, and its calls read from the page's log. */
export function demo() {
  return {
    name: "demo",
    async enter(page, lines) {
      await enterDemo(page);
      await visit(page, "#/sandbox");
      await page.getByRole("button", { name: "Reset" }).click();
      await page.getByRole("tooltip").getByRole("button", { name: "Reset" }).click();
      await page.getByText("demo#chat: 0 users").waitFor();
      if (lines.length === 0) return;
      await page.getByLabel("Lines to run").fill(lines.map((line) => JSON.stringify(line)).join("\n"));
      await page.getByRole("button", { name: "Run" }).click();
      await page.getByText(`${lines.length} lines are done.`).waitFor();
    },
    async calls(page, operation) {
      const before = page.url();
      await visit(page, `#/log?q=${operation}`);
      const text = await downloaded(page, () => page.getByRole("button", { name: "Export" }).click());
      await page.goto(before);
      const entries = text.trim().split("\n").map((line) => JSON.parse(line));
      return entries.filter((entry) => entry.operation === operation && entry.state === "ok").reverse();
    },
    close: () => undefined,
  };
}

/** Goes to a place of the page without loading it anew. */
export const visit = (page, place) => page.goto(new URL(place, page.url()).href);
