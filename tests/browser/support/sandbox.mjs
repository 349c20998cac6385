// A sandbox of one's own, and the ways to look into it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { sandboxBinary } from "./paths.mjs";

/** Starts the sandbox; resolves to its address and helpers. */
export async function startSandbox(...args) {
  const child = spawn(sandboxBinary(), ["--port", "0", "--log", "off", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the sandbox ended with ${code}`);
  });
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
  const url = line.match(/http:\/\/\S+/)[0];
  const ask = async (method, path, body) => {
    const init = { method, body: typeof body === "string" || body === undefined ? body : JSON.stringify(body) };
    const answer = await fetch(`${url}/__sandbox/${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    ask,
    reset: () => ask("POST", "reset"),
    seed: (lines) => ask("POST", "seed", lines.map((line) => JSON.stringify(line)).join("\n")),
    journal: async (query = "") => (await ask("GET", `journal${query}`)).entries,
    async close() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** Seed lines that register users `user000`, `user001`, …, each with a password. */
export const people = (count, prefix = "user") =>
  Array.from({ length: count }, (_, i) => ({
    op: "users.register",
    params: { username: `${prefix}${String(i).padStart(3, "0")}`, password: "secret1", nickname: `Person ${i}` },
  }));
