const pkg = require("agora-chat-admin");
const callbacks = require("agora-chat-admin/callbacks");
const sandbox = require("agora-chat-admin/sandbox");
const { scenario } = require("./scenario.cjs");

test("the package works", async () => {
  expect(await scenario({ ...pkg, ...callbacks, ...sandbox }, process.env.API)).toBe("PASS");
});
