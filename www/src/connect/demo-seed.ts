import type { OperationId } from "agora-chat-admin";

interface Line {
  op: OperationId;
  params: object;
}

const NAMES = [
  "amy", "ben", "cat", "dan", "eve", "finn", "gina", "hugo", "iris", "jack", "kai", "lily", "mia", "noah", "olga", "paul",
  "quinn", "rose", "sam", "tina", "uma", "vera", "will", "xiaoming", "yuki", "zoe",
];

const line = (op: OperationId, params: object): Line => ({ op, params });

/** What a newcomer finds in the demo: people, a group, a chat room, a few messages. */
export function demoSeed(): Line[] {
  return [
    ...NAMES.map((username) => line("users.register", { username, password: "secret-1", nickname: username.charAt(0).toUpperCase() + username.slice(1) })),
    line("groups.create", { groupname: "Hikers", description: "Every Sunday", public: true, owner: "amy", members: NAMES.slice(1, 9), maxusers: 200 }),
    line("groups.create", { groupname: "Book club", description: "One book a month", public: false, owner: "ben", members: ["amy", "cat", "zoe"], maxusers: 50 }),
    line("rooms.create", { name: "Lobby", description: "For everyone", owner: "amy", members: NAMES.slice(1, 12) }),
    line("contacts.add", { owner_username: "amy", friend_username: "ben" }),
    line("contacts.add", { owner_username: "amy", friend_username: "cat" }),
    line("blocks.add", { owner_username: "amy", usernames: ["dan"] }),
    line("attributes.set", { username: "amy", attributes: { nickname: "Amy", mail: "amy@example.com" } }),
    line("mutes.set", { username: "hugo", groupchat: 86_400 }),
    line("users.deactivate", { username: "dan" }),
    line("push.labels.create", { name: "news", description: "Gets the news" }),
    line("push.labels.addUsers", { labelname: "news", usernames: ["amy", "ben", "cat"] }),
    line("messages.users.send", { from: "ben", to: ["amy"], type: "txt", body: { msg: "Shall we go on Sunday?" } }),
    line("messages.users.send", { from: "amy", to: ["ben"], type: "txt", body: { msg: "Of course!" } }),
  ];
}
