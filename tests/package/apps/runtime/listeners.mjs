// Hundreds of calls share one signal: Node warns of no leak, and no listener stays behind.
import { getEventListeners, once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ChatAdmin } from "agora-chat-admin";

const warnings = [];
process.on("warning", (warning) => warnings.push(`${warning.name}: ${warning.message}`));

const server = http.createServer((request, response) => {
  request.resume().on("end", async () => {
    await sleep(10);
    const missing = request.url.endsWith("nobody");
    response.writeHead(missing ? 404 : 200, { "content-type": "application/json" });
    response.end('{"entities":[{"username":"amy","uuid":"u"}],"data":[]}');
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

const calls = {
  get: (chat, options) => chat.users.get({ username: "amy" }, options),
  refused: (chat, options) => chat.users.get({ username: "nobody" }, options).catch((error) => error.status),
  request: (chat, options) => chat.request({ method: "GET", path: "/x" }, options),
  upload: (chat, options) => chat.files.upload({ file: new Blob(["x"]) }, options),
  "upload of a stream": (chat, options) => chat.files.upload({ file: new Blob(["x"]).stream() }, options),
  download: async (chat, options) => (await chat.files.download({ file_uuid: "u" }, options)).text(),
  unread: (chat, options) => chat.files.download({ file_uuid: "u" }, options),
  list: (chat, options) => chat.users.list.all({}, options).toArray(),
  each: async (chat, options) => {
    const users = Array.from({ length: 20 }, (_, i) => ({ username: `u${i}` }));
    for await (const outcome of chat.users.registerMany.each({ users }, { ...options, concurrency: 20, chunk: 5 })) void outcome;
  },
};
const transports = { "node:http": {}, fetch: { fetch: (url, init) => fetch(url, init) } };
for (const [transport, more] of Object.entries(transports)) {
  for (const limits of [false, true]) {
    const auth = { token: async () => ({ token: "t", expires_in: 3600 }) };
    const chat = new ChatAdmin({ baseUrl: `http://127.0.0.1:${server.address().port}`, app: "demo#chat", auth, limits, retries: 0, ...more });
    for (const [name, call] of Object.entries(calls)) {
      const { signal } = new AbortController();
      const count = limits || name === "each" ? 20 : 100;
      await Promise.all(Array.from({ length: count }, () => call(chat, { signal })));
      await sleep(20);
      const left = getEventListeners(signal, "abort").length;
      // What nobody reads is still under way.
      if (left && name !== "unread") throw new Error(`${left} listeners left by ${name} over ${transport}, limits ${limits}`);
      if (warnings.length) throw new Error(`${name} over ${transport}, limits ${limits}: ${warnings.join("\n")}`);
    }
  }
}
console.log("PASS");
process.exit();
