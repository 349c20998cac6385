// What an app does with the package, wherever it runs. Throws if anything is not as it should be. `unpacks` is false where
// there is nothing to unpack with, which history and the reading of tokens need.
export async function scenario(pkg, api, { unpacks = true } = {}) {
  const { ChatAdmin, ChatError, buildAppToken, decodeToken, verifyToken, constructEvent, createSandbox, generateTestEvent, handler } = pkg;
  const same = (what, actual, expected) => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
    }
  };
  const agora = { appId: "970ca35de60c44645bbae8a215061b33", appCertificate: "5cfd2fd1755d40ecb72977518be15d3b" };
  const chat = new ChatAdmin({ baseUrl: api, app: "demo#chat", auth: agora });
  same("get", (await chat.users.get({ username: "amy" })).username, "amy");
  const { data, attempts } = await chat.users.register({ username: "ben", password: "x" }).withResponse();
  same("register", [data.username, attempts], ["ben", 1]);
  const names = [];
  for await (const user of chat.users.list.all({ limit: 2 })) names.push(user.username);
  same("list", names, ["amy", "ben", "carl"]);
  for (const [call, kind, status] of [
    [() => chat.users.get({ username: "nobody" }), "service", 404],
    [() => chat.users.get({ username: 7 }), "invalid", undefined],
    [() => chat.users.get({ username: "amy" }, { signal: AbortSignal.abort() }), "aborted", undefined],
  ]) {
    const error = await call().then(
      () => undefined,
      (error) => error,
    );
    if (!(error instanceof ChatError)) throw error ?? new Error(`no ${kind}`);
    same("error", [error.kind, error.status], [kind, status]);
    same("help", typeof (await error.help())?.remedy, "string");
  }
  const seen = [];
  const file = new Blob([new Uint8Array(300_000)], { type: "image/png" });
  const { received } = await chat.files.upload({ file }, { onUploadProgress: (event) => seen.push(event) });
  same("upload", [received > file.size, seen.at(-1)], [true, { loaded: received, total: received }]);
  same("stream", (await chat.files.upload({ file: new Response(new Uint8Array(300_000)).body })).received > file.size, true);
  const token = await buildAppToken(agora);
  if (unpacks) {
    let loaded = 0;
    const messages = await chat.messages.history.read({ time: "2018112717" }, { onDownloadProgress: (event) => (loaded = event.loaded) }).toArray();
    same("download", loaded > 0, true);
    same("history", messages.map((message) => message.msg_id), ["1", "2"]);
    same("token", (await decodeToken(token)).kind, "app");
    same("verified", (await verifyToken(token, agora)).valid, true);
  }
  const { type } = await constructEvent(generateTestEvent("chat.text", {}, "secret"), "secret", { tolerance: Infinity });
  same("callback", type, "chat.text");
  const answer = handler({ secret: "secret", on: { "presend.text": () => ({ valid: false, code: "no" }) } });
  const body = JSON.stringify(generateTestEvent("presend.text", {}, "secret"));
  const reply = await answer(new Request("http://127.0.0.1/callbacks", { method: "POST", body }));
  same("handler", [reply.status, await reply.json()], [200, { valid: false, code: "no" }]);
  const sandbox = await createSandbox({ seed: [{ op: "users.register", params: { username: "dan", password: "x" } }] });
  const local = new ChatAdmin({ ...sandbox.options(), retries: 1 });
  await sandbox.faults.add({ operation: "users.get", kind: "reset", times: 1 });
  same("sandbox", (await local.users.get({ username: "dan" }).withResponse()).attempts, 2);
  const people = ["dan", "eve", "fay"].map((username) => ({ username, password: "x" }));
  const outcomes = [];
  for await (const { ok, indexes } of local.users.registerMany.each({ users: people })) outcomes.push([ok, indexes]);
  same("batch", outcomes, [[true, [1, 2]], [false, [0]]]);
  return "PASS";
}
