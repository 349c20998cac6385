// An app with something in it: users who know each other, a group, a chat room, messages, a label.
import { people } from "./sandbox.mjs";

export const GROUP = "700000000000001";
export const ROOM = "800000000000001";

const line = (op, params) => ({ op, params });

export const story = (count = 30) => [
  ...people(count),
  line("groups.create", { groupid: GROUP, groupname: "Hikers", description: "Every Sunday", public: true, owner: "user000", members: ["user001", "user002", "user003"], maxusers: 200 }),
  line("groups.admins.add", { group_id: GROUP, newadmin: "user001" }),
  line("groups.mutes.add", { group_id: GROUP, usernames: ["user002"], mute_duration: 3_600_000 }),
  line("groups.announcement.set", { group_id: GROUP, announcement: "Meet at eight." }),
  line("rooms.create", { roomid: ROOM, name: "Lobby", description: "For everyone", owner: "user000", members: ["user001", "user002"] }),
  line("contacts.add", { owner_username: "user003", friend_username: "user004" }),
  line("blocks.add", { owner_username: "user003", usernames: ["user005"] }),
  line("attributes.set", { username: "user003", attributes: { nickname: "Cat", avatarurl: "https://example.com/cat.png" } }),
  line("mutes.set", { username: "user006", chat: -1, groupchat: 3600 }),
  line("users.deactivate", { username: "user007" }),
  line("push.labels.create", { name: "news", description: "Gets the news" }),
  line("push.labels.addUsers", { labelname: "news", usernames: ["user001", "user003"] }),
  line("messages.users.send", { from: "user001", to: ["user003"], type: "txt", body: { msg: "Hello!" } }),
];
