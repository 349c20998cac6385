// Keeps the documented rates without a thought: calls wait for their turn, and those that people wait for go first.
import { ChatAdmin } from "agora-chat-admin";
import { chat, credentials, users } from "./client.mjs";

// How long 3,000 registrations take, before they begin.
const { calls, milliseconds } = chat.limits.estimate("users.registerMany", 3_000);
console.log(calls, "requests,", milliseconds, "ms");
console.log(chat.limits.estimate("messages.groups.send", 300));

// At most 20 calls a second of all operations together, so that there is room for other programs of the same app.
const modest = new ChatAdmin({
  baseUrl: process.env.AGORA_CHAT_SANDBOX_URL ?? "http://127.0.0.1:7007",
  app: "demo#chat",
  auth: credentials,
  limits: { app: { count: 20, seconds: 1 }, maxWait: 10_000 },
});
const [amy] = await users("amy");
const start = performance.now();
await Promise.all(Array.from({ length: 41 }, () => modest.users.get({ username: amy })));
console.log("the 41st waited for two seconds:", performance.now() - start >= 1_900);
