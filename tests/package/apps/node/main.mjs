import * as pkg from "agora-chat-admin";
import { scenario } from "./scenario.mjs";

console.log(await scenario(pkg, process.argv.at(-1)));
