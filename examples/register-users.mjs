// Registers any number of users, and says which were refused.
import { chat } from "./client.mjs";

const run = Date.now().toString(36);

// From a database, a file, anything that can be iterated over. Two of these cannot be registered.
function* people() {
  for (let i = 1; i <= 150; i++) {
    yield { username: i % 100 === 50 ? `not allowed ${i}!` : `user${i}-${run}`, password: crypto.randomUUID() };
  }
}

let registered = 0;
// 60 go into a request. A chunk that is refused is halved until the users at fault are found; the others go on.
for await (const outcome of chat.users.registerMany.each({ users: people() }, { concurrency: 2 })) {
  if (outcome.ok) registered += outcome.items.length;
  else for (const { username } of outcome.items) console.log("refused:", username, outcome.error.code);
}
console.log("registered", registered, "users");
