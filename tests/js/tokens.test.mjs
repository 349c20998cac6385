// Agora's 007 tokens: built, read and checked locally.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
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

test("two tokens of one second differ", async () => {
  assert.notEqual(await buildAppToken(agora), await buildAppToken(agora));
});

test("the sandbox takes what is built", async () => {
  const sandbox = await startSandbox();
  const token = await buildAppToken({ ...agora, expire: 60 });
  assert.deepEqual(await sandbox.client({ auth: { token } }).users.list(), { items: [] });
});
