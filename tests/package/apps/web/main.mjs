import * as pkg from "agora-chat-admin";
import * as callbacks from "agora-chat-admin/callbacks";
import * as sandbox from "agora-chat-admin/sandbox";
import { scenario } from "./scenario.mjs";

const query = new URLSearchParams(location.search);
const violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective}: ${event.blockedURI}`));

scenario({ ...pkg, ...callbacks, ...sandbox }, query.get("api"))
  .then((result) => {
    if (violations.length) throw new Error(`the page's policy was violated: ${violations.join(", ")}`);
    // Where the page's policy is said to be strict, it is.
    if (query.has("strict") && evaluates()) throw new Error("the page may evaluate text");
    return result;
  })
  .then(
    (result) => (document.title = result),
    (error) => (document.title = `FAILED ${error?.stack ?? error}`),
  );

function evaluates() {
  try {
    return new Function("return true")();
  } catch {
    return false;
  }
}
