// @ts-check
// The sandbox behind a `fetch` of its own: no socket, and what faults ask for happens as it would on a real connection.

/** The address of every sandbox. Nothing listens there; it is a loopback, so that clients trust it with secrets. */
const address = "http://127.0.0.1:7007";

/** Statuses whose answers have no body. */
const bodyless = new Set([204, 205, 304]);

/** @param {() => Promise<{ Core: new (given: string) => any }>} load */
export function define(load) {
  return async function createSandbox(/** @type {any} */ options = {}) {
    const { apps = [{}], dialect = "agora", loose = false, seed } = options;
    const given = apps.map((/** @type {any} */ app) => toApp(app, dialect));
    const { Core } = await load();
    const fetch = fetcher(new Core(JSON.stringify({ apps: given, loose: Boolean(loose) })));
    const control = controller(fetch);
    const { apps: known } = await control("GET", "health");
    const first = `${given[0].org}#${given[0].name}`;

    const sandbox = {
      url: address,
      fetch,
      /** @param {string} [app] */
      options(app = first) {
        const found = known.find((/** @type {any} */ a) => a.key === app)?.app;
        if (!found) throw new TypeError(`the sandbox has no app ${app}`);
        const auth =
          found.dialect === "easemob"
            ? { clientId: found.client_id, clientSecret: found.client_secret }
            : { appId: found.app_id, appCertificate: found.app_certificate };
        // The credentials are nobody's, so that a page may hold them.
        return { baseUrl: address, app, auth, dialect: found.dialect, fetch, dangerouslyAllowBrowser: true };
      },
      reset: async () => void (await control("POST", "reset")),
      /** @param {string | Iterable<object>} lines @param {{ app?: string }} [options] */
      async seed(lines, { app = first } = {}) {
        const text = typeof lines === "string" ? lines : Array.from(lines, (line) => JSON.stringify(line)).join("\n");
        return (await control("POST", `seed?${new URLSearchParams({ app })}`, text)).count;
      },
      snapshot: async (name = "default") => void (await control("POST", `snapshots/${encodeURIComponent(name)}`)),
      restore: async (name = "default") => void (await control("POST", `snapshots/${encodeURIComponent(name)}/restore`)),
      /** @param {{ freeze?: boolean, at?: number | Date, advance?: number }} [move] */
      clock: (move) => (move ? control("POST", "clock", { ...move, at: move.at && Number(move.at) }) : control("GET", "clock")),
      faults: {
        /** @param {object} fault */
        add: (fault) => control("POST", "faults", fault),
        list: async () => (await control("GET", "faults")).faults,
        /** @param {number} [id] */
        clear: async (id) => void (await control("DELETE", id === undefined ? "faults" : `faults/${id}`)),
      },
      /** @param {object} [filter] */
      journal: async (filter = {}) =>
        (await control("GET", `journal?${new URLSearchParams(Object.entries(filter).map(([k, v]) => [k, String(v)]))}`)).entries,
    };
    if (seed !== undefined) await sandbox.seed(seed);
    return sandbox;
  };
}

/** An app as the wasm takes it. @param {any} given `"org#app"`, or what differs from the sandbox's own app. @param {string} dialect */
function toApp(given, dialect) {
  const [org, name] = typeof given === "string" ? given.split("#") : [given.org ?? "demo", given.name ?? "chat"];
  if (!org || !name) throw new TypeError(`an app must be "org#app", not ${JSON.stringify(given)}`);
  const { appId, appCertificate, clientId, clientSecret, openRegistration } = given;
  return {
    org,
    name,
    dialect: given.dialect ?? dialect,
    app_id: appId,
    app_certificate: appCertificate,
    client_id: clientId,
    client_secret: clientSecret,
    open_registration: openRegistration,
  };
}

/** Calls the endpoints under `/__sandbox/`. @param {(url: string, init: RequestInit) => Promise<Response>} fetch */
function controller(fetch) {
  /** @param {string} method @param {string} path @param {any} [body] */
  return async (method, path, body) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`${address}/__sandbox/${path}`, { method, body: text });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    return answer;
  };
}

/** @param {any} core */
function fetcher(core) {
  return async function fetch(/** @type {any} */ input, /** @type {any} */ init) {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    // A Request makes bytes and headers of whatever a body may be. It needs no signal, which would only gain a listener.
    const request = new Request(input, { ...init, signal: undefined, ...(init?.body && { duplex: "half" }) });
    const { host, pathname, search } = new URL(request.url);
    const sent = JSON.stringify([...request.headers, ["host", host]]);
    const body = new Uint8Array(await request.arrayBuffer());
    signal?.throwIfAborted();
    const [head, bytes] = core.answer(Date.now(), request.method, pathname + search, sent, body);
    const { status, headers, delay, cut } = JSON.parse(head);
    if (delay > 0) await wait(delay, signal);
    if (cut === "reset") throw new TypeError("fetch failed", { cause: new Error("the sandbox closed the connection") });
    if (request.method === "HEAD" || bodyless.has(status)) return new Response(null, { status, headers });
    headers.push(["content-length", String(bytes.length)]);
    return new Response(cut === "half" ? half(bytes) : bytes, { status, headers });
  };
}

/** A body that breaks off in the middle. @param {Uint8Array} bytes */
function half(bytes) {
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytes.subarray(0, bytes.length >> 1)),
    pull: (controller) => controller.error(new TypeError("terminated")),
  });
}

/** @param {number} milliseconds @param {AbortSignal | undefined} signal */
function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(undefined);
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
