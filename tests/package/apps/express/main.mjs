// Callbacks in Express, whose version is the first argument: behind any body parser, before it, and with any content type.
import { once } from "node:events";
import { block, generateTestEvent, nodeHandler } from "agora-chat-admin/callbacks";

const [name] = process.argv.slice(2);
const { default: express } = await import(name);

const heard = [];
const handle = nodeHandler({
  secret: "secret",
  on: {
    "presend.text": () => block("no"),
    "user.login": ({ body }) => void heard.push(body.user),
  },
});

const parsers = {
  none: [],
  json: [express.json()],
  urlencoded: [express.urlencoded({ extended: true })],
  both: [express.json(), express.urlencoded({ extended: false })],
  text: [express.text({ type: "*/*" })],
  raw: [express.raw({ type: "*/*" })],
};
const types = ["application/json", "application/json;charset=UTF-8", "text/plain", "application/octet-stream", undefined];

async function send(url, event, type) {
  // As bytes: of a text `fetch` would say that it is text.
  const body = new TextEncoder().encode(JSON.stringify(event));
  const response = await fetch(url, { method: "POST", body, headers: type ? { "content-type": type } : {} });
  const text = await response.text();
  return `${response.status}${text.startsWith('{"valid":false') ? " blocked" : ""}`;
}

const troubles = [];
for (const [parser, middleware] of Object.entries(parsers)) {
  const app = express();
  for (const use of middleware) app.use(use);
  app.post("/callbacks", handle);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/callbacks`;
  for (const type of types) {
    const user = `${parser} ${type}`;
    const got = [
      await send(url, generateTestEvent("presend.text", {}, "secret"), type),
      await send(url, generateTestEvent("user.login", { user }, "secret"), type),
      await send(url, generateTestEvent("user.login", {}, "a guess"), type),
    ].join();
    if (got !== "200 blocked,200,401" || heard.at(-1) !== user) troubles.push(`${name}, parser ${parser}, ${type}: ${got}`);
  }
  server.close();
  server.closeAllConnections();
}
if (troubles.length) throw new Error(troubles.join("\n"));
console.log("PASS");
