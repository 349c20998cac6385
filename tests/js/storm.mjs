// A process of its own for `storm.test.mjs`: makes many calls, tells what became of each, and ends when nothing is left.
import { getEventListeners } from "node:events";
import { ChatAdmin, ChatError, unhandled } from "./support.mjs";

const [transport, baseUrl, calls, inFlight] = process.argv.slice(2);
// Of the waits before a further attempt the shortest: all of this is waited for.
Math.random = () => 0;
const { signal } = new AbortController();
const options = transport === "fetch" ? { fetch: globalThis.fetch } : {};
const chat = new ChatAdmin({ baseUrl, app: "demo#chat", auth: { token: "t" }, limits: false, timeout: 600, retries: 2, ...options });

const kinds = [
  (username, options) => chat.users.get({ username }, options),
  (username, options) => chat.messages.users.send({ from: "a", to: [username], type: "txt", body: { msg: "hi" } }, options),
  (username, options) => chat.users.activate({ username }, options),
];

async function one(i) {
  const id = `c${i}`;
  // Attempts that ended by their time: whether those came to the server this side does not know.
  let late = 0;
  const onRetry = ({ error }) => void (error.kind === "timeout" && late++);
  const call = kinds[i % kinds.length](id, { headers: { "x-call": id }, onRetry, ...(i % 2 && { signal }) });
  try {
    const { data, attempts } = await call.withResponse();
    const mine = i % kinds.length === 2 || data?.username === id || data?.[id] !== undefined;
    return { id, kind: "ok", mine, attempts, late };
  } catch (error) {
    const { kind, status, attempts, unknown } = error;
    if (kind === "timeout") late++;
    return { id, kind: error instanceof ChatError ? kind : `no ChatError: ${error}`, status, attempts, unknown, late };
  }
}

const outcomes = [];
let next = 0;
await Promise.all(
  Array.from({ length: Number(inFlight) }, async () => {
    while (next < Number(calls)) outcomes.push(await one(next++));
  }),
);
// What was given up closes its connections within a turn or two.
await new Promise((resolve) => setTimeout(resolve, 100));
// What keeps the process, but for the channel to whoever started it.
const left = process.getActiveResourcesInfo().filter((name) => !/^Pipe/.test(name));
const told = { outcomes, left, listeners: getEventListeners(signal, "abort").length, unhandled: unhandled.map(String) };
// So long a message is lost where the channel ends before it went out.
process.send(told, () => process.disconnect());
