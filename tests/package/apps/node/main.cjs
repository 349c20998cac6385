const pkg = require("agora-chat-admin");
const { scenario } = require("./scenario.cjs");

scenario(pkg, process.argv.at(-1)).then(console.log, (error) => {
  console.error(error);
  process.exitCode = 1;
});
