// What goes over the wire, with passwords and tokens masked.
import { ChatAdmin } from "agora-chat-admin";
import { credentials } from "./client.mjs";

const chat = new ChatAdmin({
  baseUrl: process.env.AGORA_CHAT_SANDBOX_URL ?? "http://127.0.0.1:7007",
  app: "demo#chat",
  auth: credentials,
  onRequest: ({ operation, headers, body }) => console.log("request", operation, headers.authorization, body ?? ""),
  onResponse: ({ operation, status }) => console.log("response", operation, status),
  onRetry: ({ operation, attempt, delay }) => console.log("retry", operation, attempt, delay),
  // `console` will do; so will pino, winston and their like.
  logger: { error: (message) => console.log("log", message) },
});

await chat.users.register({ username: "watched", password: "correct horse" });
await chat.users.get({ username: "nobody" }).catch(() => {});

// What would be sent, without sending it.
const request = await chat.users.setPassword.prepare({ username: "watched", newpassword: "battery staple" });
console.log(request.toCurl());

// What has no method of its own goes through the same token, rates, retries and errors.
const answer = await chat.request({ method: "GET", path: "/users/watched" });
console.log(answer.entities[0].username);
