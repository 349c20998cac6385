// The page's own modules, made fit for Node.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { WWW } from "./paths.mjs";

const require = createRequire(WWW);

/** What a module with this text exports; it may import from `@/`, the page's sources. */
export async function fromSource(text) {
  const { rolldown } = await import(pathToFileURL(require.resolve("rolldown")));
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  try {
    const entry = join(folder, "entry.ts");
    writeFileSync(entry, text.replaceAll('"@/', `"${WWW}src/`));
    const file = join(folder, "page.mjs");
    await (await rolldown({ input: entry, external: /^agora-chat-admin/, resolve: { modules: [`${WWW}node_modules`] } })).write({ file, format: "esm" });
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every text of the page in both languages. */
export const texts = () => fromSource('export { en } from "@/i18n/en";\nexport { zh } from "@/i18n/zh";\n');
