// Servers and processes for the environments.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";

const users = ["amy", "ben", "carl"].map((username) => ({ username }));

/** As much of the platform as the scenario asks for. */
export async function startApi() {
  let asked = 0;
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://x");
    const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-allow-methods": "*" };
    const answer = (value, status = 200) => {
      response.writeHead(status, { "content-type": "application/json", ...cors });
      response.end(JSON.stringify(value));
    };
    let received = 0;
    request.on("data", (chunk) => (received += chunk.length));
    if (request.method === "OPTIONS") return answer({});
    if (pathname === "/history.gz") {
      // Signed addresses want no token.
      response.writeHead(request.headers.authorization ? 400 : 200, { "content-type": "application/gzip", ...cors });
      return response.end(gzipSync('{"msg_id":"1"}\n{"msg_id":"2"}\n'));
    }
    if (!/^Bearer 007/.test(request.headers.authorization ?? "")) return answer({ error: "unauthorized" }, 401);
    if (pathname === "/demo/chat/users/counter") return answer({ entities: [{ username: "counter", nickname: String(++asked) }] });
    if (pathname === "/demo/chat/chatfiles/counter") return response.writeHead(200, { "content-type": "text/plain" }).end(String(++asked));
    if (pathname === "/demo/chat/users/amy") return answer({ entities: [users[0]] });
    if (pathname === "/demo/chat/chatmessages/2018112717") return answer({ data: [{ url: `http://${request.headers.host}/history.gz` }] });
    if (pathname === "/demo/chat/chatfiles") return request.on("end", () => answer({ received, entities: [{ uuid: "u" }] }));
    if (pathname !== "/demo/chat/users") return answer({ error: "service_resource_not_found" }, 404);
    if (request.method === "POST") return answer({ entities: [{ username: "ben" }] });
    const from = Number(searchParams.get("cursor") ?? 0);
    const to = from + Number(searchParams.get("limit") ?? 10);
    answer({ entities: users.slice(from, to), ...(to < users.length && { cursor: String(to) }) });
  });
  return { url: await listen(server), close: () => server.close() };
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** A static host; where `strict`, pages may run scripts of their own and compile wasm, and no more. */
export async function serve(folder, strict) {
  const server = http.createServer(async (request, response) => {
    const name = new URL(request.url, "http://x").pathname;
    try {
      const file = path.join(folder, name === "/" ? "index.html" : path.normalize(name));
      const body = await readFile(file);
      response.writeHead(200, {
        "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
        ...(strict && { "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'" }),
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return { url: await listen(server), close: () => server.close() };
}

async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

/** Runs a program to its end; fails with its output unless it succeeds and, if asked, says `expected`. */
export async function run(program, args, { cwd, env, expected, timeout = 120_000 } = {}) {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  if (code !== 0 || (expected && !output.includes(expected))) throw new Error(`${path.basename(program)} ${args.join(" ")} (${code})\n${output}`);
  return output;
}

/** Starts a program and waits until it has printed what `pattern` matches; stops it with `stop`. */
export async function start(program, args, pattern, { cwd, env, timeout = 60_000 } = {}) {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  const found = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        const match = pattern.exec(output);
        if (match) resolve(match);
      });
    }
    child.on("exit", (code) => reject(new Error(`${path.basename(program)} ended with ${code}\n${output}`)));
    setTimeout(() => reject(new Error(`${path.basename(program)} did not start\n${output}`)), timeout).unref();
  });
  const stop = () => {
    try {
      process.kill(-child.pid);
    } catch {
      // It has ended.
    }
  };
  try {
    return { match: await found, stop, output: () => output };
  } catch (error) {
    stop();
    throw error;
  }
}
