// Where things are.
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const WWW = `${ROOT}www/`;
export const DIST = `${WWW}dist/`;
export const ARTEFACTS = `${ROOT}tests/artefacts/`;

/** The sandbox's binary: the one named, or whichever build is newer. */
export function sandboxBinary() {
  const target = process.env.CARGO_TARGET_DIR ?? `${ROOT}target`;
  const built = [`${target}/release/agora-chat-sandbox`, `${target}/debug/agora-chat-sandbox`]
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const found = process.env.AGORA_CHAT_SANDBOX ?? built[0];
  if (!found) throw new Error("no sandbox: run `cargo build --release -p agora-chat-sandbox`");
  return found;
}
