import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import * as callbacks from "agora-chat-admin/callbacks";
import * as sandbox from "agora-chat-admin/sandbox";
import { create } from "agora-chat-admin/slim";
import { scenario } from "./scenario.mjs";

const wasm = createRequire(import.meta.url).resolve("agora-chat-admin/core_bg.wasm");
console.log(await scenario({ ...create(readFile(wasm)), ...callbacks, ...sandbox }, process.argv.at(-1)));
