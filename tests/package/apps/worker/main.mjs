import * as pkg from "agora-chat-admin";
import * as callbacks from "agora-chat-admin/callbacks";
import * as sandbox from "agora-chat-admin/sandbox";
import { scenario } from "./scenario.mjs";

export default {
  async fetch(request) {
    try {
      return new Response(await scenario({ ...pkg, ...callbacks, ...sandbox }, new URL(request.url).searchParams.get("api")));
    } catch (error) {
      return new Response(`FAILED ${error?.stack ?? error}`, { status: 500 });
    }
  },
};
