/** @jest-environment jsdom */
// Jest's jsdom has no fetch, no TextDecoder and no streams. The package loads all the same, and works with what it is given.
const { ChatAdmin, ChatError, buildAppToken } = require("agora-chat-admin");
const { generateTestEvent, constructEvent } = require("agora-chat-admin/callbacks");

const fetch = async (url) => {
  const found = url.endsWith("/amy");
  const text = JSON.stringify(found ? { entities: [{ username: "amy" }] } : { error: "service_resource_not_found" });
  return { status: found ? 200 : 404, headers: { get: () => "application/json", entries: () => [], forEach() {} }, text: async () => text };
};
const chat = new ChatAdmin({ baseUrl: "https://chat.example", app: "demo#chat", auth: { token: "t" }, retries: 0, fetch });

test("a call", async () => expect((await chat.users.get({ username: "amy" })).username).toBe("amy"));

test("a refusal", async () => {
  const error = await chat.users.get({ username: "nobody" }).catch((error) => error);
  expect(error).toBeInstanceOf(ChatError);
  expect(error).toMatchObject({ kind: "service", status: 404 });
});

test("a call that an abort ends", async () => {
  const options = { signal: AbortSignal.abort() };
  await expect(chat.users.get({ username: "amy" }, options)).rejects.toMatchObject({ kind: "aborted" });
});

test("tokens and callbacks", async () => {
  const agora = { appId: "970ca35de60c44645bbae8a215061b33", appCertificate: "5cfd2fd1755d40ecb72977518be15d3b" };
  expect(await buildAppToken(agora)).toMatch(/^007/);
  const event = generateTestEvent("chat.text", {}, "secret");
  expect((await constructEvent(event, "secret", { tolerance: Infinity })).type).toBe("chat.text");
});
