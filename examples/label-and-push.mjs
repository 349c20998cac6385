// Gives users a label, and sends everyone who has it a notification.
import { chat, users } from "./client.mjs";

const climbers = await users("amy", "ben");
const label = `climbers-${Date.now().toString(36)}`;

await chat.push.labels.create({ name: label, description: "Those who climb" });
const { success } = await chat.push.labels.addUsers({ labelname: label, usernames: climbers });
console.log("labelled", success.length, "users");

// Up to five labels: users who have all of them are told.
const { taskId } = await chat.push.send.toLabels({
  targets: [label],
  pushMessage: { title: "The wall is open", content: "Until ten tonight" },
});
console.log("the push is under way:", taskId !== undefined);
