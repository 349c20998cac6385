// @ts-check
// The messages of an hour: asks where their file is, downloads it, unpacks it, and gives one message after another.
import { begin } from "./ending.js";
import { ChatError, aborted } from "./error.js";
import { bodyOf, sizeOf, watched } from "./files.js";
import { iterable } from "./paging.js";

const ID = "messages.history.read";
/** More characters than any message has: a record that does not end must not fill the memory. */
const LONGEST = 2 ** 24;

/** @typedef {import("./engine.js").Engine} Engine */

/** Makes `chat.messages.history.read`. @param {Engine} engine @param {import("./paging.js").Run} get Asks where the files are. */
export function reader(engine, get) {
  return (/** @type {any} */ params, /** @type {any} */ options) => iterable(() => messages(engine, get, params, options));
}

/** @param {Engine} engine @param {import("./paging.js").Run} get @param {any} params @param {any} options */
async function* messages(engine, get, params, options) {
  const { signal, onDownloadProgress } = options ?? {};
  const { data: files } = await get(params, options);
  const parse = await engine.parser();
  let number = 1;
  const broken = (/** @type {string} */ why, /** @type {Partial<import("./error.js").Details>} */ more) =>
    new ChatError({ kind: "decode", message: `record ${number} ${why}`, operation: ID, attempts: 1, ...more });
  for (const { url } of files) {
    const { response, timeout } = await open(engine, url, options);
    const content = watched(bodyOf(response, ID), sizeOf(response.headers), { signal, timeout, onDownloadProgress }, ID);
    for await (const text of split(unpacked(content), broken)) {
      if (signal?.aborted) throw aborted(signal, { operation: ID, attempts: 1 });
      let message;
      try {
        message = parse(text);
      } catch (cause) {
        throw broken("is not JSON", { body: text, cause });
      }
      yield message;
      number++;
    }
  }
}

/**
 * Begins the download. The address is signed: neither our token nor the client's headers go there.
 *
 * @param {Engine} engine
 * @param {any} url
 * @param {any} options
 * @returns {Promise<{ response: Response, timeout: number }>}
 */
async function open(engine, url, options) {
  if (typeof url !== "string" || !/^https?:\/\//i.test(url)) {
    throw new ChatError({ kind: "decode", message: "the platform gave no address to download", operation: ID, attempts: 1 });
  }
  const { signal } = options ?? {};
  const { watch, timeout, retries } = engine.outside(ID, options);
  for (;;) {
    try {
      return { response: await once(watch, url, timeout, signal), timeout };
    } catch (thrown) {
      const error = /** @type {ChatError} */ (thrown);
      if (!error.retryable || watch.attempts > retries) throw error;
      // As the core waits: longer each time, and never next to nothing.
      const delay = Math.min(500 * 2 ** (watch.attempts - 1), 8_000) * (0.5 + 0.5 * Math.random());
      watch.retrying(error, delay);
      await pause(delay, signal);
    }
  }
}

/**
 * One attempt, up to the head of the answer.
 *
 * @param {import("./transport.js").Watch} watch
 * @param {string} url
 * @param {number} timeout
 * @param {AbortSignal | undefined} signal
 */
async function once(watch, url, timeout, signal) {
  const failed = (/** @type {any} */ details) => new ChatError({ operation: ID, attempts: watch.attempts, ...details });
  if (signal?.aborted) throw aborted(signal, { operation: ID, attempts: watch.attempts });
  const ending = begin(timeout, signal, false);
  try {
    const response = await watch.fetch(url, { method: "GET", headers: {}, cache: "no-store", signal: ending.signal });
    const { status } = response;
    if (status >= 200 && status < 300) return response;
    const text = await response.text();
    const why = status === 403 ? "; its address may have ended" : "";
    throw failed({
      kind: "service", message: `the file's server answered ${status}${why}`, status, body: text, retryable: status === 429 || status >= 500,
    });
  } catch (cause) {
    if (cause instanceof ChatError) throw cause;
    if (signal?.aborted) throw aborted(signal, { operation: ID, attempts: watch.attempts });
    if (ending.timedOut) throw failed({ kind: "timeout", message: "no answer in time", retryable: true, cause });
    const said = cause instanceof Error ? `: ${cause.message}` : "";
    throw failed({ kind: "network", message: `the connection failed${said}`, retryable: true, cause });
  } finally {
    ending.forget();
  }
}

/** @param {number} delay @param {AbortSignal | undefined} signal */
function pause(delay, signal) {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve(undefined);
    };
    const timer = setTimeout(wake, delay);
    signal?.addEventListener("abort", wake);
  });
}

/** The file as text, unpacked if it is packed: some servers have `fetch` do that. @param {ReadableStream<Uint8Array>} stream */
async function* unpacked(stream) {
  const source = stream.getReader();
  /** @type {unknown} */
  let broke;
  try {
    let next = await source.read();
    while (!next.done && !next.value.length) next = await source.read();
    const bytes = new ReadableStream({
      async pull(controller) {
        if (next.done) return controller.close();
        controller.enqueue(next.value);
        // Unpacking reports a broken connection in its own words.
        next = await source.read().catch((error) => Promise.reject((broke = error)));
      },
    });
    // JSON never begins with this byte, gzip always does.
    const packed = next.value?.[0] === 0x1f;
    const reader = (packed ? bytes.pipeThrough(/** @type {any} */ (new DecompressionStream("gzip"))) : bytes).getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => {
        throw broke ?? new ChatError({ kind: "decode", message: "the file cannot be unpacked", operation: ID, attempts: 1, cause });
      });
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await source.cancel().catch(() => {});
  }
}

/**
 * The records in a text, however they are put: one a line, one after another, or as a list. The platform does not say.
 *
 * @param {AsyncIterable<string>} chunks
 * @param {(why: string, more: { body: string }) => Error} broken
 */
async function* split(chunks, broken) {
  const [between, within, quoted] = [/[^\s,]/g, /["{}[\]]/g, /["\\\n]/g];
  let [depth, lists, length] = [0, 0, 0];
  let [inString, escaped] = [false, false];
  /** What came of a record in earlier chunks: put together once, when it ends. @type {string[]} */
  let parts = [];
  for await (const chunk of chunks) {
    if (!chunk) continue;
    // The character after a backslash may be in the next chunk.
    let [start, at] = [0, escaped ? 1 : 0];
    escaped = false;
    const record = (/** @type {number} */ end) => [...parts, chunk.slice(start, end)].join("");
    for (;;) {
      const pattern = depth === 0 ? between : inString ? quoted : within;
      pattern.lastIndex = at;
      if (!pattern.test(chunk)) break;
      at = pattern.lastIndex;
      const mark = chunk[at - 1];
      if (depth === 0) {
        if (mark === "{") [start, depth] = [at - 1, 1];
        else if (mark === "[") lists++;
        else if (mark === "]" && lists > 0) lists--;
        else throw broken("is no JSON object", { body: chunk.slice(at - 1) });
      } else if (inString) {
        if (mark === "\\") escaped = ++at > chunk.length;
        else if (mark === '"') inString = false;
        else throw broken("has a text that does not end", { body: record(chunk.length) });
      } else if (mark === '"') inString = true;
      else if (mark === "{" || mark === "[") depth++;
      else if (--depth === 0) {
        yield record(at);
        [parts, length] = [[], 0];
      }
    }
    if (depth === 0) continue;
    parts.push(chunk.slice(start));
    length += chunk.length - start;
    if (length > LONGEST) throw broken("is too long", { body: record(0).slice(0, 1000) });
  }
  if (depth > 0) throw broken("ends in the middle", { body: parts.join("") });
  if (lists > 0) throw broken("is missing: the list does not end", { body: "" });
}
