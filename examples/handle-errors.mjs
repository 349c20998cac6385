// What goes wrong is a ChatError: its kind says what you may conclude, its help what to do.
import { ChatError } from "agora-chat-admin";
import { chat, users } from "./client.mjs";

const [amy] = await users("amy");

async function attempt(call) {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    // `invalid` was never sent. `network`, `timeout` and `aborted` may have arrived. `service` was refused.
    console.log(error.kind, error.status ?? "-", error.code ?? "-");
    const help = await error.help();
    console.log(" ", help?.cause);
    console.log(" ", help?.remedy);
  }
}

await attempt(() => chat.users.register({ username: amy, password: "again" }));
await attempt(() => chat.users.get({ username: "nobody" }));
await attempt(() => chat.users.get({ username: "" }));
await attempt(() => chat.users.list({}, { signal: AbortSignal.abort() }));
