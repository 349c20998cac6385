// The same package for CommonJS.
import { ChatAdmin } from "agora-chat-admin";

export const chat = new ChatAdmin({ baseUrl: "https://a61.chat.agora.io", app: "o#a", auth: { token: "t" } });
export const user: Promise<string> = chat.users.get({ username: "amy" }).then((u) => u.username);
