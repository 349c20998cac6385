import * as pkg from "agora-chat-admin";
import { scenario } from "./scenario.mjs";

export default {
  async fetch(request) {
    try {
      return new Response(await scenario(pkg, new URL(request.url).searchParams.get("api")));
    } catch (error) {
      return new Response(`FAILED ${error?.stack ?? error}`, { status: 500 });
    }
  },
};
