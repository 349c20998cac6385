// Compiled where neither the DOM's types nor Node's are: the package brings what it mentions.
import { ChatAdmin, type Fetch, type User } from "agora-chat-admin";
import { handler, nodeHandler } from "agora-chat-admin/callbacks";
import wasm from "agora-chat-admin/core_bg.wasm";
import { createSandbox } from "agora-chat-admin/sandbox";
import { create } from "agora-chat-admin/slim";

const fetch: Fetch = async (url, { method }) => ({ status: 200, headers: { get: () => null }, text: async () => `${method} ${url}` });
const timeout = undefined as number | undefined;
const chat = new ChatAdmin({ baseUrl: "https://a61.chat.agora.io", app: "o#a", auth: "none", fetch, timeout });
export const user: Promise<User> = chat.users.get({ username: "amy" }, { timeout });
export const bytes: Promise<Uint8Array> = chat.files.download({ file_uuid: "x" }).then((file) => file.bytes());
export const sandbox = createSandbox({ loose: true });
export const { ChatAdmin: Slim } = create(wasm);
create(new ArrayBuffer(0));
create(new Uint8Array());
handler({ secret: "secret", on: {} });
nodeHandler({ secret: "secret", on: {} });
