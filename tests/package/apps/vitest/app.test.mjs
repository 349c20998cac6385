import * as pkg from "agora-chat-admin";
import * as callbacks from "agora-chat-admin/callbacks";
import * as sandbox from "agora-chat-admin/sandbox";
import { expect, test } from "vitest";
import { scenario } from "./scenario.mjs";

test("the package works", async () => {
  expect(await scenario({ ...pkg, ...callbacks, ...sandbox }, process.env.API)).toBe("PASS");
});
