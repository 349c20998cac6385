// Takes a message back.
import { chat, users } from "./client.mjs";

const [amy, ben] = await users("amy", "ben");
const { [ben]: msg_id } = await chat.messages.users.send({ from: amy, to: [ben], type: "txt", body: { msg: "Oops" } });

// Two minutes after it was sent, only `force` does it.
const { recalled } = await chat.messages.recall({ msg_id, to: ben, chat_type: "chat", force: true });
console.log("recalled:", recalled);
