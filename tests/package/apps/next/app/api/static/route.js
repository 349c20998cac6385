import { ChatAdmin } from "agora-chat-admin";
import { counted } from "../../../counted.mjs";

// A route that asks nothing of its request, which Next 14 would answer once and for all.
export const GET = async () => new Response(await counted(ChatAdmin));
