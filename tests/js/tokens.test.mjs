// Agora's 007 tokens: built, read and checked locally.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";
import { agora, appCertificate, appId, buildAppToken, buildUserToken, decodeToken, failure, startSandbox, verifyToken } from "./support.mjs";

const published = {
  app: "007eJxTYNDNaz3snC8huEfHWdz6s98qltq4zqy9fl99Uh0FDvy6F6DAYGlu4OxobJqSamaQbGJiZmKalJSYapFoZGhqYGaYZGzs/kWAIYKJgYGRAYRZGRgZmMB8BgYArfIYaw==",
  user: "007eJxTYNAIsnbS3v/A5t2TC6feR15r+6cq8bqAvfaW+tk/Vzz+p6xTYLA0N3B2NDZNSTUzSDYxMTMxTUpKTLVINDI0NTAzTDI2dv8iwBDBxMDAyADCrAyMDIxgPheDkYWFkbGJoZG5MQAfpR64",
};
/** The certificate that the published tokens are signed with; its letters' case counts. */
const signer = "5CFd2fd1755d40ecb72977518be15d3b";
const content = (token) => inflateSync(Buffer.from(token.slice(3), "base64")).toString("hex");

test("the published tokens are reproduced, byte by signed byte", async () => {
  for (const [kind, token] of Object.entries(published)) {
    const decoded = await decodeToken(token);
    assert.equal(decoded.kind, kind);
    const { issued, expire, salt, userUuid } = decoded;
    const options = { appId: decoded.appId, appCertificate: signer, issued, expire, salt };
    const built = kind === "app" ? await buildAppToken(options) : await buildUserToken({ ...options, userUuid });
    assert.equal(content(built), content(token));
    assert.deepEqual(await verifyToken(token, { appCertificate: signer, now: issued + 1 }), { valid: true });
    assert.deepEqual(await verifyToken(token, { appCertificate: signer, now: issued + expire }), { valid: false, reason: "expired" });
    assert.deepEqual(await verifyToken(token, { appCertificate: signer, now: issued - 3600 }), { valid: false, reason: "clock" });
    assert.deepEqual(await verifyToken(token, { appCertificate: appId, now: issued }), { valid: false, reason: "signature" });
  }
});

test("what is no token is no token", async () => {
  for (const token of ["", "007", "006abc", "007!!!!", "x".repeat(1000), undefined, 7]) {
    assert.equal((await failure(decodeToken(token))).kind, "invalid");
    assert.deepEqual(await verifyToken(token, { appCertificate }), { valid: false, reason: "malformed" });
  }
});

test("what tokens are built from is checked", async () => {
  assert.match((await failure(buildAppToken({ appId: "x", appCertificate }))).message, /App ID/);
  assert.match((await failure(buildAppToken({ appId, appCertificate: "x" }))).message, /App Certificate/);
  assert.equal((await failure(buildUserToken(agora))).field, "userUuid");
  assert.equal((await failure(buildAppToken())).kind, "invalid");
});

test("a number that a token cannot hold is refused by name, not bent", async () => {
  const wrong = {
    expire: [0, -1, NaN, Infinity, 1.5, 86_401, 2 ** 32 + 5, Date.now(), "3600", null],
    issued: [-5, 0, 1.5, NaN, Date.now(), "1700000000", null],
    salt: [0, -1, 2 ** 32, 0.5, NaN, "1", null],
    appId: [undefined, "", 7],
    appCertificate: [undefined, "", null],
  };
  for (const build of [buildAppToken, (options) => buildUserToken({ userUuid: "u", ...options })]) {
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) {
        const error = await failure(build({ ...agora, [field]: value }));
        assert.deepEqual([error.kind, error.field], ["invalid", field], `${field} ${value}`);
        assert.match(error.message, new RegExp(`: ${field} `));
      }
    }
    assert.match((await failure(build({ ...agora, issued: Date.now() }))).message, /milliseconds/);
    const { expire, issued, salt } = await decodeToken(await build({ ...agora, expire: 86_400, issued: 2 ** 32 - 1, salt: 2 ** 32 - 1 }));
    assert.deepEqual([expire, issued, salt], [86_400, 2 ** 32 - 1, 2 ** 32 - 1]);
  }
  const long = await failure(buildUserToken({ ...agora, userUuid: "u".repeat(70_000) }));
  assert.deepEqual([long.kind, long.field], ["invalid", "userUuid"]);
});

test("a certificate that is none is not the token's fault", async () => {
  const token = await buildAppToken(agora);
  for (const appCertificate of [undefined, "", "x", 7]) {
    assert.deepEqual([(await failure(verifyToken(token, { appCertificate }))).field], ["appCertificate"]);
  }
  assert.equal((await failure(verifyToken(token, { appCertificate, now: Date.now() * 1000 }))).field, "now");
});

test("what the runtime lacks is not the token's fault", async () => {
  const token = await buildAppToken(agora);
  const { DecompressionStream } = globalThis;
  delete globalThis.DecompressionStream;
  try {
    assert.match((await failure(decodeToken(token))).message, /DecompressionStream/);
  } finally {
    globalThis.DecompressionStream = DecompressionStream;
  }
});

test("two tokens of one second differ", async () => {
  assert.notEqual(await buildAppToken(agora), await buildAppToken(agora));
});

/** A token of these services, each with the texts that follow its privileges. */
function withServices(services) {
  const short = (n) => Buffer.from([n & 255, n >> 8]);
  const long = (n) => Buffer.concat([short(n & 65535), short(n >>> 16)]);
  const text = (value) => Buffer.concat([short(value.length), Buffer.from(value)]);
  const mac = (key, message) => createHmac("sha256", key).update(message).digest();
  const [issued, expire, salt] = [1_700_000_000, 600, 1];
  const each = services.map(([type, ...texts]) => [short(type), short(1), short(2), long(expire), ...texts.map(text)]);
  const info = Buffer.concat([text(appId), long(issued), long(expire), long(salt), short(services.length), ...each.flat()]);
  const signature = mac(mac(long(salt), mac(long(issued), appCertificate)), info);
  return `007${deflateSync(Buffer.concat([short(32), signature, info])).toString("base64")}`;
}

test("chat is found among services as far as their length is known", async () => {
  const cases = [
    [[[1, "channel", "1"], [2, "u"], [3, "channel", "1"], [4], [5, ""], [8, "u"]], true],
    [[[4], [5, ""], [99, "new"], [8, "u"]], true],
    [[[99, "new"], [5, ""]], false],
    [[[1, "channel", "1"]], false],
  ];
  for (const [services, valid] of cases) {
    const token = withServices(services);
    const { privileges } = await decodeToken(token);
    assert.deepEqual(privileges, valid ? { 2: 600 } : {}, JSON.stringify(services));
    const verdict = await verifyToken(token, { appCertificate, now: 1_700_000_001 });
    assert.deepEqual(verdict, valid ? { valid } : { valid, reason: "privilege" }, JSON.stringify(services));
  }
});

test("the sandbox takes what is built", async () => {
  const sandbox = await startSandbox();
  const token = await buildAppToken({ ...agora, expire: 60 });
  assert.deepEqual(await sandbox.client({ auth: { token } }).users.list(), { items: [] });
});
