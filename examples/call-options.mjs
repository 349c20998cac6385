// What a single call may set for itself.
import { chat, users } from "./client.mjs";

const [amy] = await users("amy", "ben", "cat");

// `timeout` holds for each attempt, `signal` ends all of it: the wait for a turn, for another attempt, and the request.
const options = { timeout: 5_000, signal: AbortSignal.timeout(15_000), retries: 5, headers: { "x-request-id": "42" } };
const user = await chat.users.get({ username: amy }, options);
console.log("found", user.username === amy);

// How it came: the status, the headers, and how many times it was sent.
const { data, response, attempts } = await chat.users.get({ username: amy }).withResponse();
console.log(response.status, response.headers.get("content-type"), attempts, data.username === amy);

// A signal leaves a list in the middle, too.
const controller = new AbortController();
try {
  for await (const _ of chat.users.list.all({ limit: 1 }, { signal: controller.signal })) controller.abort();
} catch (error) {
  console.log(error.kind);
}

// Any function with the form of `fetch` can carry a call: a proxy, a recording, a test.
const fetch = async (url, init) => {
  console.log(init.method, new URL(url).pathname.endsWith(`/users/${amy}`));
  return globalThis.fetch(url, init);
};
await chat.users.get({ username: amy }, { fetch });
