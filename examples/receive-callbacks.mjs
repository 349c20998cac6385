// Receives the platform's callbacks: keeps links out of messages, and greets whoever joins a group.
import http from "node:http";
import { allow, block, generateTestEvent, nodeHandler } from "agora-chat-admin/callbacks";

// The callback rule's secret, from the console.
const secret = process.env.CALLBACK_SECRET ?? "test";

const handle = nodeHandler({
  secret,
  on: {
    // Asked before a message is delivered. The platform waits 200 ms, so decide from memory.
    "presend.text": ({ body }) => (body.payload.msg.includes("http") ? block("no links") : allow()),
    // Told afterwards. What throws is sent once more.
    "group.member.joined": ({ body }) => console.log("somebody joined the group", body.group_id),
    "*": ({ type }) => console.log("came:", type),
  },
  onError: (error) => console.log("refused:", error.message),
});

const server = http.createServer(handle).listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  // What the platform would send. Here it is sent by hand.
  const send = async (body) => (await fetch(url, { method: "POST", body: JSON.stringify(body) })).text();
  console.log(await send(generateTestEvent("presend.text", { payload: { msg: "see http://example.com" } }, secret)));
  await send(generateTestEvent("group.member.joined", { group_id: "7" }, secret));
  await send(generateTestEvent("user.login", {}, secret));
  await send(generateTestEvent("user.login", {}, "a guess"));
  server.close();
});
