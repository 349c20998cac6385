// Compiled with Node's types, and with the DOM's beside them: what Node programs pass in and take out fits.
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { ChatAdmin, type ChatAdminOptions, type Fetch } from "agora-chat-admin";
import { nodeHandler } from "agora-chat-admin/callbacks";
import { create } from "agora-chat-admin/slim";
import nodeFetch from "node-fetch";
import * as undici from "undici";

export const fetches: Fetch[] = [fetch, undici.fetch, nodeFetch, (url, init) => undici.fetch(url, { ...init, dispatcher: new undici.Agent() })];
const options: ChatAdminOptions = { baseUrl: process.env.URL ?? "", app: "o#a", auth: "none", logger: console, fetch: undici.fetch };
const agents: ChatAdminOptions["agent"][] = [new http.Agent(), new https.Agent(), new undici.Agent(), new undici.MockAgent(), new undici.EnvHttpProxyAgent(), undefined];
export const chat = new ChatAdmin({ ...options, agent: agents[0], headers: new undici.Headers() });

export async function files(): Promise<void> {
  await chat.files.upload({ file: Readable.toWeb(fs.createReadStream("x")) });
  await chat.files.upload({ file: await fs.openAsBlob("x") });
  await chat.files.upload({ file: fs.readFileSync("x") });
  const file = await chat.files.download({ file_uuid: "x" });
  fs.writeFileSync("y", await file.bytes());
  for await (const chunk of file.stream()) chunk.length.toFixed();
}

http.createServer(nodeHandler({ secret: "secret", on: {} }));
export const { ChatAdmin: Slim } = create(fs.readFileSync("x.wasm"));
create(fs.promises.readFile("x.wasm"));
