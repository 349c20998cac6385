// Bans a user for good, and lets the user back in.
import { chat, users } from "./client.mjs";

const [amy] = await users("amy");

// Signs the user out everywhere, and refuses to sign in again.
await chat.users.deactivate({ username: amy });
console.log("banned:", (await chat.users.get({ username: amy })).activated === false);

await chat.users.activate({ username: amy });
console.log("back:", (await chat.users.get({ username: amy })).activated);
