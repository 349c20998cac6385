// Under sinon's fake timers every call ends: they replace `queueMicrotask`, `process.nextTick` and all the rest.
import FakeTimers from "@sinonjs/fake-timers";
import * as before from "agora-chat-admin";

// This process has an end, whatever the fake clock says.
setTimeout(() => {
  console.error(`nothing more happens: ${doing}`);
  process.exit(1);
}, 20_000);

let doing = "the import";
const clock = FakeTimers.install();
const after = await import(`${import.meta.resolve("agora-chat-admin")}?after`);

// Node's own `Response` needs the real `process.nextTick`.
const reply = (value, status = 200) => ({ status, headers: new Headers(), text: async () => JSON.stringify(value) });
let refusals = 0;
const answers = {
  "/token": () => reply({ access_token: "t", expires_in: 3600 }),
  "/users/nobody": () => reply({ error: "service_resource_not_found" }, 404),
  "/users/later": () => (refusals++ % 2 ? reply({ entities: [{ username: "later" }] }) : reply({}, 429)),
  "/users/amy": () => reply({ entities: [{ username: "amy" }] }),
  "/chatfiles": () => reply({ entities: [{ uuid: "u" }] }),
};
const options = {
  baseUrl: "https://chat.example",
  app: "demo#chat",
  dialect: "easemob",
  retries: 1,
  fetch: async (url) => answers[new URL(url).pathname.replace("/demo/chat", "")](),
};

for (const [when, { ChatAdmin }] of Object.entries({ before, after })) {
  for (const auth of [{ token: "t" }, { token: async () => "t" }, { clientId: "id", clientSecret: "secret" }]) {
    const calls = {
      get: async (chat) => (await chat.users.get({ username: "amy" })).username === "amy",
      refused: (chat) => chat.users.get({ username: "nobody" }).catch((error) => error.status === 404),
      upload: async (chat) => (await chat.files.upload({ file: new Blob(["x"]) })).entities[0].uuid === "u",
      aborted: (chat) => chat.users.get({ username: "amy" }, { signal: AbortSignal.abort() }).catch((error) => error.kind === "aborted"),
      retried: async (chat) => {
        const call = chat.users.get({ username: "later" });
        let ended = false;
        void call.finally(() => (ended = true));
        for (let i = 0; i < 100 && !ended; i++) await clock.tickAsync(1_000);
        return (await call).username === "later";
      },
    };
    for (const [name, call] of Object.entries(calls)) {
      doing = `${name}, the package loaded ${when} the timers, ${Object.keys(auth)}`;
      if ((await call(new ChatAdmin({ ...options, auth }))) !== true) throw new Error(doing);
    }
  }
}
clock.uninstall();
console.log("PASS");
process.exit();
