// One contender in a process of its own: `contender.mjs <name> <url> <small|page> <in flight>`. It makes as many calls as it
// is told, whenever it is told, and says what they took.
import { contenders } from "./contenders.mjs";

const [name, url, what, inFlight] = process.argv.slice(2);
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
  globalThis.gc();
  const wasm = [...memories].reduce((sum, m) => sum + m.buffer.byteLength, 0);
  return { wasm, heap: process.memoryUsage().heapUsed };
}

process.on("message", async (calls) => {
  if (calls === "memory") return process.send(memory());
  const [cpu, start] = [process.cpuUsage(), process.hrtime.bigint()];
  await run(calls);
  const wall = Number(process.hrtime.bigint() - start) / 1e3;
  const { user, system } = process.cpuUsage(cpu);
  process.send({ wall: wall / calls, cpu: (user + system) / calls });
});
