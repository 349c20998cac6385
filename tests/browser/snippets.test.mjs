// The code that the explorer offers is right: TypeScript takes it for every operation, and the crate has what the Rust names.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ROOT, WWW } from "./support/paths.mjs";
import { fromSource } from "./support/source.mjs";

const { operations, models } = JSON.parse(readFileSync(`${ROOT}pkg/catalog.json`, "utf8"));
const { sampleOf, asJavaScript, asRust } = await fromSource(
  'export { sampleOf } from "@/explorer/sample";\nexport { asJavaScript, asRust } from "@/explorer/snippets";\n',
);

test("every JavaScript snippet compiles", { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "snippets-"));
  t.after(() => rmSync(folder, { recursive: true }));
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

test("every Rust snippet names a request of the crate", () => {
  const missing = operations.filter((operation) => {
    const [, modules, type] = asRust(operation, sampleOf(operation, models)).match(/^use agora_chat_admin::api::([\w:]+)::(\w+);$/m);
    const source = readFileSync(`${ROOT}src/api/${modules.replaceAll("::", "/")}.rs`, "utf8");
    return !new RegExp(`pub struct ${type}\\b`).test(source);
  });
  assert.deepEqual(missing.map(({ id }) => id), []);
});
