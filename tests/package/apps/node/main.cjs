const pkg = require("agora-chat-admin");
const callbacks = require("agora-chat-admin/callbacks");
const sandbox = require("agora-chat-admin/sandbox");
const { scenario } = require("./scenario.cjs");

scenario({ ...pkg, ...callbacks, ...sandbox }, process.argv.at(-1)).then(console.log, (error) => {
  console.error(error);
  process.exitCode = 1;
});
