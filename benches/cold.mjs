// From nothing to the first answer, in a process of its own: `cold.mjs <name> <url>` prints what the import and the call
// took. Ours builds its token first, as it does with an app certificate.
const [cpu, start] = [process.cpuUsage(), performance.now()];
const [name, url] = process.argv.slice(2);

const contenders = {
  async "ours"() {
    const { ChatAdmin } = await import(process.env.AGORA_CHAT_PACKAGE ?? "../pkg/node.mjs");
    const auth = { appId: "970ca35de60c44645bbae8a215061b33", appCertificate: "5cfd2fd1755d40ecb72977518be15d3b" };
    await new ChatAdmin({ baseUrl: url, app: "demo#chat", auth }).users.get({ username: "amy" });
  },
  async "hand-written fetch"() {
    await (await fetch(`${url}/demo/chat/users/amy`)).json();
  },
  async "stripe"() {
    const { default: Stripe } = await import("stripe");
    const { hostname, port } = new URL(url);
    await new Stripe("t", { host: hostname, port, protocol: "http", telemetry: false }).customers.retrieve("amy");
  },
};

await contenders[name]();
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ milliseconds: performance.now() - start, cpu: (user + system) / 1_000 }));
process.exit(0);
