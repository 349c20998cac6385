// A server for `transport.test.mjs` that soon closes what is idle. Tells its address.
import http from "node:http";

const server = http.createServer((request, response) => {
  clearTimeout(request.socket.idle);
  request.resume().on("end", () => {
    response.setHeader("content-type", "application/json");
    response.end('{"entities":[{"username":"amy"}],"data":{"b":"1"}}');
    request.socket.idle = setTimeout(() => request.socket.destroy(), 50);
  });
});
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => process.send(`http://127.0.0.1:${server.address().port}`));
process.on("disconnect", () => process.exit());
