// A limiter that processes share, in Redis: each rate is a fixed window, counted by one script, so that no two processes
// take the same place. `client` is a connected client of the `redis` package.
//
//   const client = await createClient().connect();
//   const chat = new ChatAdmin({ ..., limiter: redisLimiter(client, { prefix: "chat:org#app:" }) });

/** KEYS: the pause, then a counter for each rate. ARGV: for each rate its count, its milliseconds, what to add. */
const SCRIPT = `
local paused = redis.call("PTTL", KEYS[1])
local wait = math.max(paused, 0)
for i = 2, #KEYS do
  local count, amount = tonumber(ARGV[i * 3 - 5]), tonumber(ARGV[i * 3 - 3])
  local used = tonumber(redis.call("GET", KEYS[i]) or 0)
  if used + amount > count then wait = math.max(wait, redis.call("PTTL", KEYS[i]), 1) end
end
if wait > 0 then return wait end
for i = 2, #KEYS do
  redis.call("INCRBY", KEYS[i], ARGV[i * 3 - 3])
  if redis.call("PTTL", KEYS[i]) < 0 then redis.call("PEXPIRE", KEYS[i], ARGV[i * 3 - 4]) end
end
return 0`;

/**
 * @param {{ eval(script: string, options: { keys: string[], arguments: string[] }): Promise<any> }} client
 * @param {{ prefix?: string, pause?: number, sleep?: (ms: number, signal?: AbortSignal) => Promise<void> }} [options]
 *   `prefix` names the app; `pause` is how long all wait after a throttle, in milliseconds.
 */
export function redisLimiter(client, { prefix = "agora-chat:", pause = 1_000, sleep = wait } = {}) {
  // In a cluster, what is between braces puts all keys of the script on one node.
  const key = (name) => `{${prefix}}${name}`;
  return {
    /** @param {import("agora-chat-admin").Admission} call */
    async acquire({ pool, rates, cost, signal }) {
      const keys = [key("pause"), ...rates.map(({ seconds, items }) => key(`${pool}:${seconds}:${items ? "items" : "calls"}`))];
      const args = rates.flatMap(({ count, seconds, items }) => [count, seconds * 1_000, items ? Math.min(cost, count) : 1].map(String));
      for (;;) {
        signal?.throwIfAborted();
        const ms = Number(await client.eval(SCRIPT, { keys, arguments: args }));
        if (ms <= 0) return;
        // Not all at the same moment.
        await sleep(ms + Math.random() * 20, signal);
      }
    },
    /** @param {number} delay */
    throttled(delay) {
      const ms = String(Math.ceil(Math.max(delay, pause)));
      client.eval('return redis.call("SET", KEYS[1], 1, "PX", ARGV[1])', { keys: [key("pause")], arguments: [ms] }).catch(() => {});
    },
  };
}

/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
function wait(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
