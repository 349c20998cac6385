// Where things are.
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const WWW = `${ROOT}www/`;
/** The built page: the one named, or the one that `npm run build` makes. */
export const DIST = process.env.AGORA_CHAT_PAGE ?? `${WWW}dist/`;
const TARGET = process.env.CARGO_TARGET_DIR ?? `${ROOT}target`;
/** Where pictures are kept, to be looked at. */
export const PICTURES = `${TARGET}/screenshots/`;

/** The sandbox's binary: the one named, or whichever build is newer. */
export function sandboxBinary() {
  const built = [`${TARGET}/release/agora-chat-sandbox`, `${TARGET}/debug/agora-chat-sandbox`]
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const found = process.env.AGORA_CHAT_SANDBOX ?? built[0];
  if (!found) throw new Error("no sandbox: run `cargo build --release -p agora-chat-sandbox`");
  return found;
}
