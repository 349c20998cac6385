// Reads the messages of an hour and counts them by conversation: `node history.mjs 2026112109`, in UTC.
//
// An hour's file is there an hour later, or a day after heavy traffic, and is kept for three days unless the app's plan
// says otherwise.
import { ChatError } from "agora-chat-admin";
import { chat } from "./client.mjs";

// Two hours ago, unless told: the newest hour that is surely there.
const hour = (date) => date.toISOString().replace(/\D/g, "").slice(0, 10);
const time = process.argv[2] ?? hour(new Date(Date.now() - 2 * 3_600_000));

const counts = new Map();
try {
  // The file may be large: its messages come one by one, as they are downloaded.
  for await (const message of chat.messages.history.read({ time })) {
    const [content] = message.payload.bodies;
    if (content?.type === "txt" && content.msg.includes("http")) console.log(message.from, "sent a link:", content.msg);
    const conversation = `${message.chat_type} ${message.to}`;
    counts.set(conversation, (counts.get(conversation) ?? 0) + 1);
  }
} catch (error) {
  // No messages in that hour; or a file that is not there yet, or no more.
  if (!(error instanceof ChatError) || !["storage_object_not_found", "illegal_argument"].includes(error.code)) throw error;
  console.log(error.description);
}
for (const [conversation, count] of counts) console.log(conversation, count);
console.log(time, "has messages in", counts.size, "conversations");
