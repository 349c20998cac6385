// The ways to call the server. Each gives one function for the small answer and one for the page, and sends the same
// headers but for what its library adds. Ours, stripe's and openai's give every attempt a timeout, name errors, and would
// retry; by hand there is a token, a timeout, a status and JSON. What `fetch` costs without a timeout is the limit: nobody
// should send so, since a server that says nothing would be waited for for minutes.
const token = "t".repeat(300);

/** @type {Record<string, (url: string) => Promise<{ small(): Promise<any>, page(): Promise<any> }>>} */
export const contenders = {
  async "ours"(url) {
    return ours(url, {});
  },
  async "ours, with fetch"(url) {
    return ours(url, { fetch });
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

/** What a careful person writes who needs two calls. @param {string} url @param {() => RequestInit} more */
function byHand(url, more) {
  const get = async (path) => {
    const response = await fetch(url + path, { headers: { accept: "application/json", authorization: `Bearer ${token}` }, ...more() });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()).entities;
  };
  return { small: () => get("/demo/chat/users/amy"), page: () => get("/demo/chat/users?limit=1000") };
}

/** Both of ours; the limits are the platform's, and would be what is measured. */
async function ours(url, options) {
  const { ChatAdmin } = await import(process.env.AGORA_CHAT_PACKAGE ?? "../pkg/node.mjs");
  const chat = new ChatAdmin({ baseUrl: url, app: "demo#chat", auth: { token }, limits: false, ...options });
  return { small: () => chat.users.get({ username: "amy" }), page: () => chat.users.list({ limit: 1000 }) };
}
