// The server that every contender calls: a small answer, and a page of 1,000 entries. Prints its address.
import http from "node:http";

const entry = (i) => ({ uuid: `0a1b2c3d-0000-4000-8000-${String(i).padStart(12, "0")}`, type: "user", created: 1_700_000_000_000 + i, modified: 1_700_000_000_000 + i, username: `user-${i}`, activated: true, nickname: `User ${i}` });
const answer = (entities) => Buffer.from(JSON.stringify({ path: "/users", timestamp: 1_700_000_000_000, entities, count: entities.length }));
const small = answer([entry(1)]);
const page = answer(Array.from({ length: 1_000 }, (_, i) => entry(i)));

const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const body = request.url.includes("limit=") ? page : small;
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
