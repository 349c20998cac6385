// Imports users from a file of JSON lines. What an interrupted run has done, the next one leaves out.
//
//   node import-users.mjs [users.jsonl] [at most so many a run]
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chat } from "./client.mjs";

const [file = sample(), most = Infinity] = process.argv.slice(2);
if (Number.isNaN(Number(most))) throw new Error(`${most} is no number of users`);
const memory = `${file}.checkpoint`;
const saved = existsSync(memory) ? JSON.parse(readFileSync(memory, "utf8")) : undefined;
// Whether those with a lost answer were registered is unknown. To try it again is harmless here: they would be refused.
const resume = saved && { ...saved, unknown: [] };

/** Without a file, one of this run's own. */
function sample() {
  const run = Date.now().toString(36);
  const lines = Array.from({ length: 200 }, (_, i) => JSON.stringify({ username: `import${i}-${run}`, password: crypto.randomUUID() }));
  const file = path.join(mkdtempSync(path.join(tmpdir(), "import-users-")), "users.jsonl");
  writeFileSync(file, lines.join("\n"));
  console.log("importing", file);
  return file;
}

async function* people() {
  let number = 0;
  try {
    for await (const line of (await open(file)).readLines()) {
      number++;
      if (line.trim()) yield parse(line, number);
    }
  } catch (error) {
    // Node's own have a code.
    throw error.code ? new Error(`cannot read ${file}: ${error.message}`, { cause: error }) : error;
  }
}

function parse(line, number) {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`${file}, line ${number}: not JSON, where a line is one user, as {"username":"amy","password":"..."}`, { cause });
  }
}

let registered = 0;
const run = chat.users.registerMany.each({ users: people() }, { concurrency: 2, resume });
process.once("SIGINT", () => run.pause());
for await (const outcome of run) {
  if (outcome.ok) registered += outcome.items.length;
  else if (["network", "timeout"].includes(outcome.error.kind)) {
    console.log("stopped:", outcome.error.message);
    run.pause();
  } else for (const { username } of outcome.items) console.log("refused:", username, outcome.error.description);
  writeFileSync(memory, JSON.stringify(run.checkpoint));
  if (registered >= Number(most)) run.pause();
}
console.log("registered", registered, "users");
