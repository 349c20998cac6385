// What the tests share: the package in the module system under test, the sandbox, a server that misbehaves.
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { after } from "node:test";

const cjs = process.env.AGORA_CHAT_ENTRY === "cjs";
const require = createRequire(import.meta.url);

export const entry = cjs ? "cjs" : "esm";
export const { ChatAdmin, ChatError, buildAppToken, buildUserToken, decodeToken, verifyToken } = cjs
  ? require("agora-chat-admin")
  : await import("agora-chat-admin");
/** @type {{ operations: any[], models: Record<string, any> }} */
export const catalog = require("agora-chat-admin/catalog.json");

export const appId = "970ca35de60c44645bbae8a215061b33";
export const appCertificate = "5cfd2fd1755d40ecb72977518be15d3b";
export const agora = { appId, appCertificate };
export const easemob = { clientId: "sandbox-client-id", clientSecret: "sandbox-client-secret" };

/** Nothing that the tests do may leave a rejection without a handler. */
export const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));

/** Starts a sandbox for one test file. */
export async function startSandbox(...args) {
  const binary = process.env.AGORA_CHAT_SANDBOX;
  if (!binary) throw new Error("set AGORA_CHAT_SANDBOX to the sandbox's program, or run `cargo xtask test`");
  const child = spawn(binary, ["--port", "0", "--log", "off", ...args], { stdio: ["ignore", "pipe", "ignore"] });
  after(() => child.kill());
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`the sandbox ended with ${code}`))),
  ]);
  const url = /http:\/\/\S+/.exec(line)?.[0];
  if (!url) throw new Error(`the sandbox said: ${line}`);
  const control = async (method, path, body) => {
    const response = await fetch(`${url}/__sandbox/${path}`, { method, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  return {
    url,
    /** A client of the sandbox's app. */
    client: (options = {}) => new ChatAdmin({ baseUrl: url, app: "demo#chat", auth: agora, ...options }),
    fault: (fault) => control("POST", "faults", fault),
    reset: () => control("POST", "reset"),
    clock: (move) => control("POST", "clock", move),
    journal: () => control("GET", "journal"),
  };
}

/** A server of a listener's own, which gets requests unread. @param {http.RequestListener} listener */
export async function serve(listener) {
  const server = http.createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  after(stop);
  return { url: `http://127.0.0.1:${server.address().port}`, server, stop };
}

/**
 * A server that answers as `answer(request, response, body)` says, and remembers the requests.
 *
 * @param {(request: any, response: http.ServerResponse, body: string) => void} answer
 */
export async function startServer(answer) {
  const requests = [];
  const { url, stop } = await serve((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      requests.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(request, response, body);
    });
  });
  const client = (options = {}) => new ChatAdmin({ baseUrl: url, app: "demo#chat", auth: { token: "t" }, ...options });
  return { url, requests, client, stop };
}

/** Answers with JSON. */
export function json(response, value, status = 200) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof value === "string" ? value : JSON.stringify(value));
}

/** The `ChatError` that a promise rejects with. */
export async function failure(promise) {
  const value = await promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  if (!("error" in value)) throw new Error(`it succeeded: ${JSON.stringify(value.value)}`);
  if (!(value.error instanceof ChatError)) throw value.error;
  return value.error;
}

/** Waits for the event loop to find rejections without handlers. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
