import * as pkg from "agora-chat-admin";
import * as callbacks from "agora-chat-admin/callbacks";
import * as sandbox from "agora-chat-admin/sandbox";
import { scenario } from "./scenario.mjs";

console.log(await scenario({ ...pkg, ...callbacks, ...sandbox }, process.argv.at(-1)));
