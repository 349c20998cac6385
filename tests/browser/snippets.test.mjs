// The JavaScript that the explorer offers is right: TypeScript takes it for every operation.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ROOT, WWW } from "./support/paths.mjs";

const require = createRequire(WWW);

/** The page's own modules, made fit for Node. */
async function pageModules(folder) {
  const { rolldown } = await import(pathToFileURL(require.resolve("rolldown")));
  const entry = join(folder, "entry.ts");
  writeFileSync(entry, `export { sampleOf } from "${WWW}src/explorer/sample";\nexport { asJavaScript } from "${WWW}src/explorer/snippets";\n`);
  const file = join(folder, "page.mjs");
  await (await rolldown({ input: entry, external: /^agora-chat-admin/ })).write({ file, format: "esm" });
  return import(pathToFileURL(file));
}

test("every snippet compiles", { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "snippets-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const { sampleOf, asJavaScript } = await pageModules(folder);
  const { operations, models } = JSON.parse(readFileSync(`${ROOT}pkg/catalog.json`, "utf8"));
  const blocks = operations.map((operation) => `  { // ${operation.id}\n${asJavaScript(operation, sampleOf(operation, models))}\n  }`);
  const head = 'import type { ChatAdmin } from "agora-chat-admin";\ndeclare function openAsBlob(path: string): Promise<Blob>;\n';
  writeFileSync(join(folder, "snippets.mts"), `${head}export async function all(chat: ChatAdmin) {\n${blocks.join("\n")}\n}\n`);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(`${ROOT}pkg`, join(folder, "node_modules/agora-chat-admin"));
  const args = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2023,dom,dom.asynciterable", "--types", "", "--skipLibCheck", "snippets.mts"];
  const compiled = promisify(execFile)(`${WWW}node_modules/.bin/tsc`, args, { cwd: folder });
  const told = await compiled.then(() => "", (error) => error.stdout);
  assert.equal(told, "");
});
