// One contender in a process of its own: `contender.mjs <name> <url> <small|page> <in flight> <calls>` prints what it took.
import { contenders } from "./contenders.mjs";

const [name, url, what, inFlight, calls] = process.argv.slice(2);
/** Ours keeps its memory to itself; whoever makes it can be watched. */
const memories = new Set();
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    if (this.exports.memory) memories.add(this.exports.memory);
  }
};

const call = (await contenders[name](url))[what];

async function run(calls) {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: Number(inFlight) }, worker));
}

function memory() {
  globalThis.gc?.();
  const wasm = [...memories].reduce((sum, m) => sum + m.buffer.byteLength, 0);
  return { wasm, heap: process.memoryUsage().heapUsed };
}

// Until the code is compiled, both kinds of it, and the connections are made.
await run(Math.min(Math.max(Number(calls) / 2, 200), 20_000));
const before = memory();
const [cpu, start] = [process.cpuUsage(), process.hrtime.bigint()];
await run(Number(calls));
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ rate: calls / seconds, cpu: (user + system) / calls, before, after: memory() }));
process.exit(0);
