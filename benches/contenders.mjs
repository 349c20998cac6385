// The ways to call the server. Each gives one function for the small answer and one for the page, and sends the same
// headers but for what its library adds. Ours, stripe's and openai's give every attempt a timeout, name errors, and would
// retry; by hand there is a token, a timeout, a status and JSON. What `fetch` costs without a timeout is the limit: nobody
// should send so, since a server that says nothing would be waited for for minutes. So are what ours sends with, `node:http`
// and undici's `Pool`, with nothing around them: no timeout, no retry, no error that says more than the status.
import http from "node:http";
import { Pool } from "undici";

const token = "t".repeat(300);

/** @type {Record<string, (url: string) => Promise<{ small(): Promise<any>, page(): Promise<any> }>>} */
export const contenders = {
  async "ours"(url) {
    return ours(url, {});
  },
  async "ours, with fetch"(url) {
    return ours(url, { fetch });
  },
  async "ours, with a Pool"(url) {
    return ours(url, { agent: new Pool(url, { connections: CONNECTIONS }) });
  },
  async "bare node:http"(url) {
    const agent = new http.Agent({ keepAlive: true });
    const { hostname, port } = new URL(url);
    const get = (path) =>
      new Promise((resolve, reject) => {
        const request = http.request({ hostname, port, path, agent, headers: head }, (response) => {
          const chunks = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`));
            resolve(JSON.parse(Buffer.concat(chunks).toString()).entities);
          });
        });
        request.on("error", reject);
        request.end();
      });
    return both(get);
  },
  async "bare Pool.request"(url) {
    const pool = new Pool(url, { connections: CONNECTIONS });
    return both(async (path) => {
      const { statusCode, body } = await pool.request({ method: "GET", path, headers: head });
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      return (await body.json()).entities;
    });
  },
  async "hand-written fetch"(url) {
    return byHand(url, () => ({ signal: AbortSignal.timeout(30_000) }));
  },
  async "the limit: fetch without a timeout"(url) {
    return byHand(url, () => ({}));
  },
  async "stripe"(url) {
    const { default: Stripe } = await import("stripe");
    const { hostname, port } = new URL(url);
    const stripe = new Stripe(token, { host: hostname, port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
    return { small: () => stripe.customers.retrieve("amy"), page: () => stripe.customers.list({ limit: 1000 }) };
  },
  async "openai"(url) {
    const { default: OpenAI } = await import("openai");
    const openai = new OpenAI({ apiKey: token, baseURL: url, maxRetries: 0 });
    return { small: () => openai.models.retrieve("amy"), page: () => openai.models.list({ query: { limit: 1000 } }) };
  },
};

const head = { accept: "application/json", authorization: `Bearer ${token}` };
/** Of each Pool: one for each call in flight, as the others have. */
const CONNECTIONS = 64;
/** @param {(path: string) => Promise<any>} get */
const both = (get) => ({ small: () => get("/demo/chat/users/amy"), page: () => get("/demo/chat/users?limit=1000") });

/** What a careful person writes who needs two calls. @param {string} url @param {() => RequestInit} more */
function byHand(url, more) {
  const get = async (path) => {
    const response = await fetch(url + path, { headers: head, ...more() });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()).entities;
  };
  return both(get);
}

/** All of ours; the limits are the platform's, and would be what is measured. */
async function ours(url, options) {
  const { ChatAdmin } = await import(process.env.AGORA_CHAT_PACKAGE ?? "../pkg/node.mjs");
  const chat = new ChatAdmin({ baseUrl: url, app: "demo#chat", auth: { token }, limits: false, ...options });
  return { small: () => chat.users.get({ username: "amy" }), page: () => chat.users.list({ limit: 1000 }) };
}
