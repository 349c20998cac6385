// Tools that stand in for the network, by the name in the first argument: they see what the client asks for, whether it was
// loaded before them or after, and as whichever kind of module.
import { once } from "node:events";
import http from "node:http";
import { createRequire } from "node:module";

const [tool] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const answers = {
  "POST /demo/chat/token": { access_token: "t", expires_in: 3600 },
  "GET /demo/chat/users/amy": { entities: [{ username: "mocked" }] },
  "POST /demo/chat/users": { entities: [{ username: "mocked" }] },
  "POST /demo/chat/chatfiles": { entities: [{ uuid: "mocked" }] },
};
const routes = Object.entries(answers).map(([route, answer]) => ({ method: route.split(" ")[0], path: route.split(" ")[1], answer }));

/** Sets each tool up for the server at `url`; resolves to what takes it back. */
const tools = {
  async nock13(url) {
    const { default: nock } = await import("nock13");
    return intercept(nock, url);
  },
  async nock14(url) {
    const { default: nock } = await import("nock");
    return intercept(nock, url);
  },
  async msw(url) {
    const { setupServer } = await import("msw/node");
    const { http, HttpResponse } = await import("msw");
    const handlers = routes.map(({ method, path, answer }) => http[method.toLowerCase()](url + path, () => HttpResponse.json(answer)));
    const server = setupServer(...handlers);
    server.listen({ onUnhandledRequest: "error" });
    return () => server.close();
  },
  async undici(url) {
    const { MockAgent, getGlobalDispatcher, setGlobalDispatcher } = await import("undici");
    const before = getGlobalDispatcher();
    const agent = new MockAgent();
    agent.disableNetConnect();
    const headers = { "content-type": "application/json" };
    for (const { method, path, answer } of routes) agent.get(url).intercept({ method, path }).reply(200, answer, { headers }).persist();
    setGlobalDispatcher(agent);
    return () => setGlobalDispatcher(before);
  },
  /** `http.request` replaced by hand, as tracing does; here it leads elsewhere. */
  async request() {
    const { request } = http;
    http.request = (...args) => {
      const made = request.apply(http, args);
      made.path = `/mocked${made.path}`;
      return made;
    };
    return () => void (http.request = request);
  },
  /** The global `fetch` replaced by hand. */
  async fetch(url) {
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const { method } = new Request(input, { ...init, body: undefined });
      const answer = answers[`${method} ${String(input).slice(url.length)}`];
      return Response.json(answer ?? {}, { status: answer ? 200 : 501 });
    };
    return () => void (globalThis.fetch = fetch);
  },
};

function intercept(nock, url) {
  nock.disableNetConnect();
  for (const { method, path, answer } of routes) nock(url).persist().intercept(path, method).reply(200, answer);
  return () => {
    nock.cleanAll();
    nock.enableNetConnect();
    nock.restore();
  };
}

/** The package, loaded once more, as both kinds of module. */
async function load(query) {
  const file = require.resolve("agora-chat-admin");
  delete require.cache[file];
  return [(await import(`${import.meta.resolve("agora-chat-admin")}?${query}`)).ChatAdmin, require(file).ChatAdmin];
}

const asked = [];
const server = http.createServer((request, response) => {
  asked.push(request.url);
  const [, mocked, path] = /^(\/mocked)?(.*)$/.exec(request.url);
  const answer = answers[`${request.method} ${path}`];
  response.setHeader("content-type", "application/json");
  request.resume().on("end", () => response.end(mocked ? JSON.stringify(answer) : JSON.stringify(answer).replaceAll("mocked", "real")));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${server.address().port}`;

const troubles = [];
async function check(wanted, names, classes) {
  for (const [i, ChatAdmin] of classes.entries()) {
    const chat = new ChatAdmin({ baseUrl: url, app: "demo#chat", dialect: "easemob", allowHttp: true, auth: { clientId: "id", clientSecret: "secret" }, retries: 0 });
    const file = new Blob(["x"], { type: "text/plain" });
    const calls = {
      get: async () => (await chat.users.get({ username: "amy" })).username,
      register: async () => (await chat.users.register({ username: "amy", password: "x" })).username,
      upload: async () => (await chat.files.upload({ file })).entities[0].uuid,
      "upload of a stream": async () => (await chat.files.upload({ file: file.stream() })).entities[0].uuid,
    };
    for (const [name, call] of Object.entries(calls)) {
      const got = await call().catch((error) => `${error.message} ${error.cause ?? ""}`);
      if (got !== wanted) troubles.push(`${names[i]}, ${name}: ${got} instead of ${wanted}`);
    }
  }
}

const kinds = (when) => ["ESM", "CommonJS"].map((kind) => `${kind}, loaded ${when} the tool`);
const before = await load("before");
const undo = await tools[tool](url);
await check("mocked", kinds("before"), before);
await check("mocked", kinds("after"), await load("after"));
const leaked = asked.filter((path) => !path.startsWith("/mocked"));
if (leaked.length) troubles.push(`the real server was asked for ${leaked.join(", ")}`);
await undo();
// And when it has gone, the network is there again.
await check("real", kinds("before"), before);
server.close();
server.closeAllConnections();
if (troubles.length) throw new Error(troubles.join("\n"));
console.log("PASS");
