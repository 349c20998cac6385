import * as callbacks from "agora-chat-admin/callbacks";
import wasm from "agora-chat-admin/core_bg.wasm?module";
import * as sandbox from "agora-chat-admin/sandbox";
import { create } from "agora-chat-admin/slim";
import { route } from "../../../counted.mjs";
import { scenario } from "../../../scenario.mjs";

export const runtime = "edge";
export const GET = route({ ...create(wasm), ...callbacks, ...sandbox }, scenario, { unpacks: false });
