// Callbacks in Express: before a body parser and after one.
import { once } from "node:events";
import { block, generateTestEvent, nodeHandler } from "agora-chat-admin/callbacks";
import express from "express";

const heard = [];
const handle = nodeHandler({
  secret: "secret",
  on: {
    "presend.text": () => block("no"),
    "user.login": ({ body }) => void heard.push(body.user),
  },
});

const app = express();
app.post("/raw", handle);
app.use(express.json());
app.post("/parsed", handle);
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");

async function send(path, body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return [response.status, await response.text()];
}

const answers = [];
for (const path of ["/raw", "/parsed"]) {
  answers.push(await send(path, generateTestEvent("presend.text", {}, "secret")));
  answers.push(await send(path, generateTestEvent("user.login", { user: path }, "secret")));
  answers.push(await send(path, generateTestEvent("user.login", {}, "a guess")));
}
server.close();
const shown = JSON.stringify([answers.map(([status, text]) => [status, text.startsWith('{"valid":false')]), heard]);
const wanted = JSON.stringify([[[200, true], [200, false], [401, false], [200, true], [200, false], [401, false]], ["/raw", "/parsed"]]);
if (shown !== wanted) throw new Error(`${shown} instead of ${wanted}`);
console.log("PASS");
