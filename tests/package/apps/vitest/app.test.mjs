import * as pkg from "agora-chat-admin";
import { expect, test } from "vitest";
import { scenario } from "./scenario.mjs";

test("the package works", async () => {
  expect(await scenario(pkg, process.env.API)).toBe("PASS");
});
