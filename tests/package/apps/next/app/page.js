import { ChatAdmin } from "agora-chat-admin";
import { counted } from "../counted.mjs";

// A page that asks nothing of its request, which Next would like to make once and for all.
export default async function Page() {
  return <p>counted {await counted(ChatAdmin)}</p>;
}
