// The package's README and what it links: all of it travels in the package.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

const folder = path.dirname(createRequire(import.meta.url).resolve("agora-chat-admin/package.json"));
const { homepage, bugs, files } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));

test("every link leads to a file of the package, and so do theirs", () => {
  const seen = new Set();
  const follow = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    assert.ok(existsSync(file), file);
    if (!file.endsWith(".md")) return;
    for (const [, target] of readFileSync(file, "utf8").matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (!/^https?:/.test(target)) follow(path.join(path.dirname(file), target));
    }
  };
  follow(path.join(folder, "README.md"));
  for (const name of ["docs/reference/en/users.md", "docs/reference/zh/README.md", "examples/send-messages.mjs"]) {
    assert.ok(seen.has(path.join(folder, name)), name);
  }
});

test("the registry's page leads to the sources and the place for reports", () => {
  for (const address of [homepage, bugs]) assert.match(address, /^https:\/\/github\.com\//);
  for (const name of ["docs", "examples"]) assert.ok(files.includes(name), name);
});
