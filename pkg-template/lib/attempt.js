// @ts-check
// A call's first attempt, made on this side: most calls need no other, and the boundary is crossed once for it. What is
// no success goes to the core, which knows what follows.

/** @typedef {{ generation: number, response?: any, text?: string, reason?: unknown, timedOut?: boolean }} First */
/** @typedef {(url: string, init: any, ending?: Ending) => any} Send */

/** What ends a request before its time: that its time is over, or that the caller gave up. */
export class Ending {
  /** @param {number} timeout @param {AbortSignal | undefined} caller */
  constructor(timeout, caller) {
    this.timedOut = false;
    /** Set by a transport of ours, to be told; others get a signal, which costs more. @type {((reason: unknown) => void) | undefined} */
    this.stop = undefined;
    /** @type {AbortController | undefined} */
    this.controller = undefined;
    this.caller = caller;
    this.onAbort = caller && (() => this.end());
    caller?.addEventListener("abort", /** @type {() => void} */ (this.onAbort));
    this.timer = setTimeout(expire, timeout, this);
  }

  get signal() {
    return (this.controller ??= new AbortController()).signal;
  }

  end() {
    this.controller?.abort();
    this.stop?.(new DOMException("This operation was aborted", "AbortError"));
  }

  /** The answer is there: nothing ends it any more. */
  forget() {
    clearTimeout(this.timer);
    this.caller?.removeEventListener("abort", /** @type {() => void} */ (this.onAbort));
  }
}

/** @param {Ending} ending */
function expire(ending) {
  ending.timedOut = true;
  ending.end();
}

/** Headers seldom change from call to call. */
let [block, headers] = ["", /** @type {Record<string, string>} */ ({})];

/** Takes a request apart. @param {string} text As the core's `start` writes it. */
function read(text) {
  const line = text.indexOf("\n");
  const end = text.indexOf("\n\n", line);
  const [method, url, timeout, generation] = text.slice(0, line).split(" ");
  const lines = text.slice(line + 1, end);
  if (lines !== block) {
    headers = Object.fromEntries(lines.split("\n").map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]));
    block = lines;
  }
  // A copy: whoever sends them may change them.
  const init = { method, headers: { ...headers }, body: text.slice(end + 2) || undefined, signal: /** @type {AbortSignal | undefined} */ (undefined) };
  return { url, init, timeout: Number(timeout), generation: Number(generation) };
}

/**
 * @param {string} text The request, as the core's `start` writes it.
 * @param {Send} send
 * @param {AbortSignal | undefined} caller
 * @param {boolean} light Whether `send` takes the ending itself.
 * @returns {Promise<First>}
 */
export async function attempt(text, send, caller, light) {
  const { url, init, timeout, generation } = read(text);
  const ending = new Ending(timeout, caller);
  if (!light) init.signal = ending.signal;
  let response;
  try {
    response = await send(url, init, ending);
    if (typeof response !== "object" || response === null) throw new TypeError("fetch did not answer with a response");
    return { generation, response, text: await response.text() };
  } catch (reason) {
    return { generation, response, reason, timedOut: ending.timedOut };
  } finally {
    ending.forget();
  }
}
