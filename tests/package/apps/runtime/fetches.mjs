// A `fetch` of another make, as one passes for its proxies or for nothing but habit: what is sent and received is whole,
// files too, and what fails is an error of ours.
import { once } from "node:events";
import http from "node:http";
import { Readable } from "node:stream";
import { ChatAdmin, ChatError } from "agora-chat-admin";

const [name] = process.argv.slice(2);
const module = await import(name);
const fetch = module.fetch ?? module.default;

/** What came last. */
let got;
const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  got = { headers: request.headers, body: Buffer.concat(chunks).toString() };
  if (request.url.endsWith("/slow")) return;
  const missing = request.url.endsWith("/nobody");
  const file = request.method === "GET" && request.url.includes("/chatfiles/");
  response.writeHead(missing ? 404 : 200, { "content-type": file ? "image/png" : "application/json", "x-request-id": "r1" });
  if (file) {
    response.write("hel");
    if (request.url.endsWith("/cut")) setTimeout(() => response.destroy(), 20);
    else response.end("lo");
  } else response.end(missing ? '{"error":"service_resource_not_found"}' : '{"uri":"u","entities":[{"username":"amy","uuid":"u"}],"data":{}}');
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const baseUrl = `http://127.0.0.1:${server.address().port}`;
const chat = new ChatAdmin({ baseUrl, app: "demo#chat", auth: { token: "t" }, fetch, retries: 0 });

const same = (what, found, wanted) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${name}, ${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
};
const failure = async (what, call) => {
  const error = await call.then(() => undefined, (error) => error);
  if (!(error instanceof ChatError)) throw error ?? new Error(`${name}: ${what} succeeded`);
  return error;
};

const { data, response } = await chat.users.get({ username: "amy" }).withResponse();
same("a read", [data.username, response.status, response.headers.get("content-type")], ["amy", 200, "application/json"]);
same("its token", got.headers.authorization, "Bearer t");
await chat.users.register({ username: "amy", password: "pässwörd" });
same("a body", JSON.parse(got.body).password, "pässwörd");
const refused = await failure("a refusal", chat.users.get({ username: "nobody" }));
same("a refusal", [refused.kind, refused.status, refused.code, refused.requestId], ["service", 404, "service_resource_not_found", "r1"]);
const late = await failure("no answer", chat.users.get({ username: "slow" }, { timeout: 200 }));
same("no answer", late.kind, "timeout");
const left = await failure("an abort", chat.users.get({ username: "slow" }, { signal: AbortSignal.timeout(200) }));
same("an abort", left.kind, "aborted");

const long = "0123456789".repeat(100_000);
const files = {
  "a Blob": () => new Blob([long], { type: "text/plain" }),
  bytes: () => new TextEncoder().encode(long),
  "a stream of the web's": () => new Blob([long]).stream(),
  "a stream of Node's": () => Readable.from([Buffer.from(long)]),
  "a file of no bytes": () => new Blob([]),
};
for (const [what, make] of Object.entries(files)) {
  for (const watched of [false, true]) {
    const events = [];
    await chat.files.upload({ file: { data: make(), filename: "ä.txt" } }, watched ? { onUploadProgress: (event) => events.push(event) } : {});
    const [, boundary] = /^multipart\/form-data; ?boundary=(.+)$/.exec(got.headers["content-type"]) ?? [];
    const content = got.body.split("\r\n\r\n").slice(1).join("\r\n\r\n").split(`\r\n--${boundary}--`)[0];
    const wanted = what.includes("no bytes") ? "" : long;
    if (!boundary || content !== wanted || !got.body.includes('filename="ä.txt"')) throw new Error(`${name}: ${what}${watched ? ", watched" : ""}: ${got.headers["content-type"]}, ${got.body.slice(0, 200)}`);
    if (watched && !(events.at(-1)?.loaded >= wanted.length)) throw new Error(`${name}: ${what}: progress ${JSON.stringify(events.at(-1))}`);
  }
}

same("a download", await (await chat.files.download({ file_uuid: "x" })).text(), "hello");
const seen = [];
const bytes = await (await chat.files.download({ file_uuid: "x" }, { onDownloadProgress: ({ loaded }) => seen.push(loaded) })).bytes();
same("a download in bytes", [bytes.length, seen.at(-1)], [5, 5]);
same("a file that nobody has", (await failure("it", chat.files.download({ file_uuid: "nobody" }))).status, 404);
const cut = await chat.files.download({ file_uuid: "cut" });
same("a download that breaks off", (await failure("it", cut.bytes())).kind, "network");
await (await chat.files.download({ file_uuid: "x" })).cancel();
console.log("PASS");
process.exit();
