// Makes the tokens that clients sign in with, and looks into one that does not work.
import { buildUserToken, decodeToken, verifyToken } from "agora-chat-admin";
import { chat, credentials, users } from "./client.mjs";

const [amy] = await users("amy");

// Tokens are for the user's UUID, which registration and `users.get` tell. Nothing is sent to make one.
const { uuid } = await chat.users.get({ username: amy });
const token = await buildUserToken({ ...credentials, userUuid: uuid, expire: 3600 });
console.log("a token for an hour:", token.startsWith("007"));

const { appCertificate } = credentials;
console.log("valid now:", (await verifyToken(token, { appCertificate })).valid);

const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
console.log("tomorrow:", (await verifyToken(token, { appCertificate, now: tomorrow })).reason);
console.log("of this app:", (await decodeToken(token)).appId === credentials.appId);
