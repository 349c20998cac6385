// Where things are.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const WWW = `${ROOT}www/`;
export const DIST = `${WWW}dist/`;
export const ARTEFACTS = `${ROOT}tests/artefacts/`;

/** The sandbox's binary: the one named, else the release build, else the debug build. */
export function sandboxBinary() {
  const target = process.env.CARGO_TARGET_DIR ?? `${ROOT}target`;
  const found = [process.env.AGORA_CHAT_SANDBOX, `${target}/release/agora-chat-sandbox`, `${target}/debug/agora-chat-sandbox`].find(
    (path) => path && existsSync(path),
  );
  if (!found) throw new Error("no sandbox: run `cargo build --release -p agora-chat-sandbox`");
  return found;
}
