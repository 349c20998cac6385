// Each call's `fetch`, hooks and token callback run in the asynchronous context that the call was made in.
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ChatAdmin } from "agora-chat-admin";

const context = new AsyncLocalStorage();
const troubles = new Set();
const N = 6;

/** Notes whatever runs elsewhere than in the context that the URL names. */
function note(what, url) {
  const own = /ctx\d/.exec(url)[0];
  if (context.getStore() !== own) troubles.add(`${what} of ${own} ran in ${context.getStore()}`);
}

const answer = (url, attempt) => {
  if (attempt === 1 && url.includes("retried")) return [503, { "retry-after": "0" }, "{}"];
  if (url.includes("refused")) return [404, {}, '{"error":"service_resource_not_found"}'];
  const data = url.endsWith("/share_files") ? { file_url: "u", group_id: "g", file_name: "f", created: 1, file_size: 1, file_id: "f" } : [];
  return [200, { "content-type": "application/json" }, JSON.stringify({ entities: [{ username: "amy", uuid: "u" }], data })];
};
const attempts = {};
const next = (url) => answer(url, (attempts[url] = (attempts[url] ?? 0) + 1));

const server = http.createServer((request, response) => {
  request.resume().on("end", () => {
    const [status, headers, body] = next(request.url);
    response.writeHead(status, headers).end(body);
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

/** Clients whose every function notes where it runs. */
function client(more) {
  const hooks = Object.fromEntries(["onRequest", "onResponse"].map((name) => [name, (event) => note(name, event.url)]));
  return new ChatAdmin({
    baseUrl: `http://127.0.0.1:${server.address().port}`,
    app: "demo#chat",
    auth: {
      token: async () => {
        if (!context.getStore()) troubles.add("the token callback ran in no call's context");
        await sleep(5);
        return "t";
      },
    },
    limits: false,
    retries: 1,
    ...hooks,
    ...more,
  });
}

const ownFetch = {
  fetch: async (url, init) => {
    note("fetch", url);
    await init.body?.arrayBuffer?.();
    await sleep(2);
    const [status, headers, body] = next(url);
    return new Response(body, { status, headers });
  },
};
const calls = {
  get: (chat, own) => chat.users.get({ username: own }),
  retried: (chat, own) => chat.users.get({ username: `retried-${own}` }, { onRetry: ({ operation }) => note(`onRetry of ${operation}`, own) }),
  refused: (chat, own) => chat.users.get({ username: `refused-${own}` }).catch(() => {}),
  request: (chat, own) => chat.request({ method: "GET", path: `/anything/${own}` }),
  download: async (chat, own) => (await chat.files.download({ file_uuid: own })).text(),
  upload: (chat, own) => chat.groups.files.upload({ group_id: own, file: new Blob(["x"]) }),
  list: (chat, own) => chat.groups.members.list.all({ group_id: own }).toArray(),
};

for (const [transport, more] of [["own fetch", ownFetch], ["default", {}]]) {
  for (const warm of [false, true]) {
    for (const [name, call] of Object.entries(calls)) {
      const chat = client(more);
      if (warm) await context.run("ctx0", () => chat.users.get({ username: "ctx0" }));
      const inTurn = Array.from({ length: N }, (_, i) =>
        context.run(`ctx${i}`, async () => {
          await call(chat, `ctx${i}`);
          if (context.getStore() !== `ctx${i}`) troubles.add(`${name}: what followed ran in ${context.getStore()}`);
        }),
      );
      await Promise.all(inTurn).catch((error) => troubles.add(`${transport}, ${name}: ${error.message}`));
      if (troubles.size) throw new Error(`${transport}, ${name}, ${warm ? "a" : "no"} token in hand:\n${[...troubles].join("\n")}`);
    }
  }
}
server.close();
server.closeAllConnections();
console.log("PASS");
