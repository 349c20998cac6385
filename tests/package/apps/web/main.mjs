import * as pkg from "agora-chat-admin";
import { scenario } from "./scenario.mjs";

scenario(pkg, new URLSearchParams(location.search).get("api")).then(
  (result) => (document.title = result),
  (error) => (document.title = `FAILED ${error?.stack ?? error}`),
);
