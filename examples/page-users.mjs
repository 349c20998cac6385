// Goes through all users of the app, page by page.
import { chat, users } from "./client.mjs";

await users("amy", "ben", "cat");

// One user after the other; the next page is fetched when it is needed. `break` ends it early.
let count = 0;
for await (const user of chat.users.list.all({ limit: 2 })) {
  count += 1;
  if (!user.activated) console.log(user.username, "is banned");
}
console.log("users:", count);

// Or page by page, to go on from a cursor another day.
let cursor;
for await (const page of chat.users.list.pages({ limit: 2 })) {
  cursor = page.cursor;
  break;
}
console.log("the next page starts at a cursor:", typeof cursor === "string");
