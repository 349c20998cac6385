const pkg = require("agora-chat-admin");
const { scenario } = require("./scenario.cjs");

test("the package works", async () => {
  expect(await scenario(pkg, process.env.API)).toBe("PASS");
});
