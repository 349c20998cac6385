// Node 24 takes a proxy from the environment, when it is told to: what the client sends goes there too, and only then.
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { fileURLToPath } from "node:url";

const [task, url] = process.argv.slice(2);
if (task === "call") {
  const { ChatAdmin } = await import("agora-chat-admin");
  const options = { app: "demo#chat", auth: { token: "t" }, retries: 0 };
  const chat = new ChatAdmin({ baseUrl: url, ...options });
  const { username } = await chat.users.get({ username: "amy" });
  const { entities: [{ uuid }] } = await chat.files.upload({ file: new Blob(["x"]) });
  const elsewhere = new ChatAdmin({ baseUrl: "https://chat.invalid", ...options });
  const error = await elsewhere.users.get({ username: "amy" }).catch((error) => error.kind);
  console.log([username, uuid, error].join(" "));
} else {
  const listen = async (server) => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${server.address().port}`;
  };
  let asked = [];
  /** The ports that the proxy's own connections come from. */
  const own = new Set();
  const answer = (request, response, via) => {
    asked.push(`${via} ${request.method} ${new URL(request.url, "http://x").pathname}`);
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ entities: [{ username: via, uuid: via }] }));
    });
  };
  const direct = await listen(http.createServer((request, response) => answer(request, response, own.has(request.socket.remotePort) ? "proxy" : "direct")));
  const proxy = http.createServer((request, response) => answer(request, response, "proxy"));
  proxy.on("connect", (request, socket, head) => {
    const target = `http://${request.url}`;
    if (target !== direct) {
      asked.push(`proxy CONNECT ${request.url}`);
      return socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    }
    const through = net.connect(new URL(target).port, "127.0.0.1", () => {
      own.add(through.localPort);
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      through.write(head);
      through.pipe(socket).pipe(through);
    });
    for (const end of [through, socket]) end.on("error", () => [through, socket].forEach((s) => s.destroy()));
  });
  const address = await listen(proxy);
  const variables = { HTTP_PROXY: address, HTTPS_PROXY: address, http_proxy: address, https_proxy: address, NO_PROXY: "", no_proxy: "" };
  const paths = ["GET /demo/chat/users/amy", "POST /demo/chat/chatfiles"];
  const direction = (via) => paths.map((path) => `${via} ${path}`);
  for (const [name, args, env, wanted] of [
    ["variable", [], { ...variables, NODE_USE_ENV_PROXY: "1" }, [...direction("proxy"), "proxy CONNECT chat.invalid:443"]],
    ["flag", ["--use-env-proxy"], variables, [...direction("proxy"), "proxy CONNECT chat.invalid:443"]],
    ["exception", [], { ...variables, NODE_USE_ENV_PROXY: "1", NO_PROXY: "127.0.0.1,chat.invalid", no_proxy: "127.0.0.1,chat.invalid" }, direction("direct")],
    ["not told to", [], variables, direction("direct")],
  ]) {
    asked = [];
    const child = spawn(process.execPath, [...args, fileURLToPath(import.meta.url), "call", direct], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    await once(child, "close");
    const via = wanted[0].split(" ")[0];
    if (output.trim() !== `${via} ${via} network`) throw new Error(`${name}: ${output}`);
    if (asked.sort().join() !== wanted.sort().join()) throw new Error(`${name}: ${asked.join(", ")} instead of ${wanted.join(", ")}`);
  }
  console.log("PASS");
  process.exit();
}
