import * as pkg from "agora-chat-admin";
import * as callbacks from "agora-chat-admin/callbacks";
import * as sandbox from "agora-chat-admin/sandbox";
import { route } from "../../../counted.mjs";
import { scenario } from "../../../scenario.mjs";

export const runtime = "edge";
export const GET = route({ ...pkg, ...callbacks, ...sandbox }, scenario, { unpacks: false });
