// Sends a text, and an image that is uploaded first.
import { chat, users } from "./client.mjs";

const [amy, ben] = await users("amy", "ben");

const sent = await chat.messages.users.send({ from: amy, to: [ben], type: "txt", body: { msg: "Saturday at the wall?" } });
console.log("sent a text:", ben in sent);

// Bytes here; { path: "wall.png" } reads a file, and a Blob or a stream will do too.
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const { uri, entities } = await chat.files.upload({ file: { data: png, filename: "wall.png", contentType: "image/png" } });

const url = `${uri}/${entities[0].uuid}`;
const image = { filename: "wall.png", url, secret: entities[0]["share-secret"], size: { width: 1, height: 1 } };
const [id] = Object.values(await chat.messages.users.send({ from: amy, to: [ben], type: "img", body: image }));
console.log("sent an image:", id !== undefined);
