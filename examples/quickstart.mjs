// A tour: register users, look at them, make a group, send a message, mute, and see an error.
//
// `cargo xtask demo` runs it against the sandbox. Against an app of your own, set the AGORA_CHAT_* variables.
import { ChatAdmin, ChatError } from "agora-chat-admin";

const env = process.env;
const chat = new ChatAdmin({
  baseUrl: env.AGORA_CHAT_BASE_URL ?? env.AGORA_CHAT_SANDBOX_URL ?? "http://127.0.0.1:7007",
  app: env.AGORA_CHAT_APP ?? "demo#chat",
  // With Easemob: { clientId, clientSecret }. These two are the sandbox's, and nobody else's.
  auth: {
    appId: env.AGORA_CHAT_APP_ID ?? "970ca35de60c44645bbae8a215061b33",
    appCertificate: env.AGORA_CHAT_APP_CERTIFICATE ?? "5cfd2fd1755d40ecb72977518be15d3b",
  },
});

// Names of this run's own, so that it can be run again.
const run = Date.now().toString(36);
const [amy, ben] = [`amy-${run}`, `ben-${run}`];

// One call registers up to 60 users; `registerMany.each` takes any number.
const { entities } = await chat.users.registerMany({
  users: [
    { username: amy, password: "secret-1", nickname: "Amy" },
    { username: ben, password: "secret-2", nickname: "Ben" },
  ],
});
console.log("registered", entities.map((user) => user.username).join(" and "));

// Lists come in pages; `all` fetches them as you go.
let count = 0;
for await (const user of chat.users.list.all({ limit: 100 })) {
  count++;
  if (!user.activated) console.log(user.username, "is banned");
}
console.log("the app has", count, "users");

const { groupid } = await chat.groups.create({
  groupname: "Climbers",
  description: "Routes and ropes",
  public: true,
  owner: amy,
  members: [ben],
});
console.log("made the group", groupid);

const sent = await chat.messages.users.send({ from: amy, to: [ben], type: "txt", body: { msg: "Saturday at the wall?" } });
console.log("sent a message:", JSON.stringify(sent));

// -1 is for ever, 0 lifts it.
await chat.mutes.set({ username: ben, groupchat: 600 });
console.log(ben, "is muted in groups for", (await chat.mutes.get({ username: ben })).groupchat, "seconds");

// Everything that goes wrong is a ChatError, whose `kind` says what you may conclude.
try {
  await chat.users.register({ username: amy, password: "again" });
} catch (error) {
  if (!(error instanceof ChatError)) throw error;
  console.log(error.kind, error.status, error.code);
}

// The exact request, with its secrets masked.
const request = await chat.users.deactivate.prepare({ username: ben });
console.log(request.toCurl());

await chat.users.delete({ username: ben });
await chat.users.delete({ username: amy });
console.log("and gone again");
