// Makes a group, and mutes one of its members for ten minutes.
import { chat, users } from "./client.mjs";

const [amy, ben, cat] = await users("amy", "ben", "cat");

const { groupid } = await chat.groups.create({
  groupname: "Climbers",
  description: "Routes and ropes",
  public: true,
  owner: amy,
  members: [ben, cat],
});

// In milliseconds; -1 is for ever.
const outcomes = await chat.groups.mutes.add({ group_id: groupid, usernames: [ben], mute_duration: 10 * 60_000 });
for (const { user, result } of outcomes) console.log(user === ben ? "ben" : user, result ? "is muted" : "could not be muted");

const muted = await chat.groups.mutes.list({ group_id: groupid });
console.log("muted members:", muted.length);
