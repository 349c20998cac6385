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

const HIKERS = "182000000000001";
const LOBBY = "182000000000002";
const HOUR = 3_600_000;

/** What a newcomer finds in the demo: people who know each other, groups, a chat room, and an hour of history. */
export function demoSeed(): Line[] {
  const lastHour = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
  /** Some minutes into the last hour, whose file is there already. */
  const at = (minute: number) => ({ msg_timestamp: lastHour + minute * 60_000 });
  const text = (msg: string) => ({ type: "txt", body: { msg } });
  return [
    ...NAMES.map((username) => line("users.register", { username, password: "secret-1", nickname: username.charAt(0).toUpperCase() + username.slice(1) })),
    line("groups.create", { groupid: HIKERS, groupname: "Hikers", description: "Every Sunday", public: true, owner: "amy", members: NAMES.slice(1, 9), maxusers: 200 }),
    line("groups.create", { groupname: "Book club", description: "One book a month", public: false, owner: "ben", members: ["amy", "cat", "zoe"], maxusers: 50 }),
    line("groups.admins.add", { group_id: HIKERS, newadmin: "ben" }),
    line("groups.mutes.add", { group_id: HIKERS, usernames: ["hugo"], mute_duration: HOUR }),
    line("groups.announcement.set", { group_id: HIKERS, announcement: "We meet at eight at the bridge." }),
    line("rooms.create", { roomid: LOBBY, name: "Lobby", description: "For everyone", owner: "amy", members: NAMES.slice(1, 12) }),
    line("rooms.attributes.set", { chatroom_id: LOBBY, username: "amy", metaData: { topic: "Welcome" } }),
    line("contacts.add", { owner_username: "amy", friend_username: "ben" }),
    line("contacts.add", { owner_username: "amy", friend_username: "cat" }),
    line("blocks.add", { owner_username: "amy", usernames: ["dan"] }),
    line("attributes.set", { username: "amy", attributes: { nickname: "Amy", mail: "amy@example.com" } }),
    line("mutes.set", { username: "hugo", groupchat: 86_400 }),
    line("users.deactivate", { username: "dan" }),
    line("push.labels.create", { name: "news", description: "Gets the news" }),
    line("push.labels.addUsers", { labelname: "news", usernames: ["amy", "ben", "cat"] }),
    line("messages.groups.import", { from: "amy", target: HIKERS, ...text("Who comes along on Sunday?"), ...at(3) }),
    line("messages.groups.import", { from: "cat", target: HIKERS, ...text("I do!"), ...at(5) }),
    line("messages.groups.import", { from: "eve", target: HIKERS, type: "loc", body: { lat: "47.36", lng: "8.54", addr: "The bridge" }, ...at(9) }),
    line("messages.users.import", { from: "hugo", target: "amy", ...text("Buy cheap followers at example.com"), ...at(20) }),
    line("messages.users.send", { from: "ben", to: ["amy"], ...text("Shall we go on Sunday?") }),
    line("messages.users.send", { from: "amy", to: ["ben"], ...text("Of course!") }),
  ];
}
