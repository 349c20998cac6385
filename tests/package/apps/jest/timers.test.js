// Jest's fake timers replace `queueMicrotask` too: refused calls, uploads and fetched tokens end all the same.
const { ChatAdmin } = require("agora-chat-admin");

const reply = (value, status = 200) => Response.json(value, { status });
let refusals = 0;
const answers = {
  "/token": () => reply({ access_token: "t", expires_in: 3600 }),
  "/users/nobody": () => reply({ error: "service_resource_not_found" }, 404),
  "/users/later": () => (refusals++ ? reply({ entities: [{ username: "later" }] }) : reply({}, 429)),
  "/chatfiles": () => reply({ entities: [{ uuid: "u" }] }),
};
const fetch = async (url) => answers[new URL(url).pathname.replace("/demo/chat", "")]();
const auth = { clientId: "id", clientSecret: "secret" };
const client = (Class = ChatAdmin) => new Class({ baseUrl: "https://chat.example", app: "demo#chat", dialect: "easemob", auth, retries: 1, fetch });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a refusal", () => expect(client().users.get({ username: "nobody" })).rejects.toMatchObject({ status: 404 }));

test("an upload", () => expect(client().files.upload({ file: new Blob(["x"]) })).resolves.toMatchObject({ entities: [{ uuid: "u" }] }));

test("a retry, when the clock has moved", async () => {
  const call = client().users.get({ username: "later" }).withResponse();
  let ended = false;
  const end = () => (ended = true);
  call.then(end, end);
  for (let i = 0; i < 100 && !ended; i++) await jest.advanceTimersByTimeAsync(1_000);
  expect((await call).attempts).toBe(2);
});

test("the package loaded under fake timers", async () => {
  jest.resetModules();
  const { ChatAdmin } = require("agora-chat-admin");
  await expect(client(ChatAdmin).users.get({ username: "nobody" })).rejects.toMatchObject({ status: 404 });
});

test("a failure tells its reason, although the error is of another realm", async () => {
  jest.useRealTimers();
  const nowhere = new ChatAdmin({ baseUrl: "http://127.0.0.1:9", app: "demo#chat", auth: { token: "t" }, retries: 0 });
  await expect(nowhere.users.get({ username: "amy" })).rejects.toMatchObject({ kind: "network", message: expect.stringContaining("ECONNREFUSED") });
});
