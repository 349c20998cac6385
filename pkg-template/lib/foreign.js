// @ts-check
// Answers of a `fetch` that is not the runtime's own nor ours: anything may be missing in them, throw, or never come.
import { heed } from "./leave.js";

/** An answer as the client reads it. */
export class Foreign {
  #response;
  #signal;

  /** @param {any} response @param {AbortSignal} signal What ends the reading of it. */
  constructor(response, signal) {
    if (typeof response !== "object" || response === null) throw new TypeError("fetch did not answer with a response");
    // Read once, here: what throws is then told as a failure of the `fetch`.
    this.status = response.status;
    this.type = response.type;
    this.url = response.url ?? "";
    this.headers = response.headers;
    this.#response = response;
    this.#signal = signal;
  }

  get body() {
    return this.#response.body;
  }

  text() {
    return heed(this.#response.text(), this.#signal);
  }
}

/** @type {boolean | undefined} */
let known;

/** Whether requests can say that they are not to be cached: workerd of older compatibility dates throws at the word. */
export function cached() {
  if (known !== undefined) return known;
  try {
    return (known = Boolean(new Request("https://agora.io", { cache: "no-store" })));
  } catch {
    return (known = false);
  }
}
