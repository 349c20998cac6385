// The client that the examples share: the sandbox's, unless the AGORA_CHAT_* variables name an app of your own.
import { ChatAdmin } from "agora-chat-admin";

const env = process.env;

// Who runs an example reads one line of what went wrong. A program of your own will want the stack too.
process.on("uncaughtException", (error) => {
  const hint = /ECONNREFUSED/.test(error.message) ? " (is the sandbox running? `cargo xtask demo` starts it)" : "";
  console.error(`${error.message}${hint}`);
  process.exit(1);
});

/** The sandbox's App ID and certificate. Real ones belong into the environment, not into code. */
export const credentials = {
  appId: env.AGORA_CHAT_APP_ID ?? "970ca35de60c44645bbae8a215061b33",
  appCertificate: env.AGORA_CHAT_APP_CERTIFICATE ?? "5cfd2fd1755d40ecb72977518be15d3b",
};

export const chat = new ChatAdmin({
  baseUrl: env.AGORA_CHAT_BASE_URL ?? env.AGORA_CHAT_SANDBOX_URL ?? "http://127.0.0.1:7007",
  app: env.AGORA_CHAT_APP ?? "demo#chat",
  auth: credentials,
});

/** User IDs of this run's own, registered, so that an example can be run again. */
export async function users(...names) {
  const run = Date.now().toString(36);
  const list = names.map((name) => ({ username: `${name}-${run}`, password: crypto.randomUUID() }));
  await chat.users.registerMany({ users: list });
  return list.map((user) => user.username);
}
