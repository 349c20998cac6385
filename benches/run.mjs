// Runs the contenders side by side against one server and prints the medians; then a million calls of ours.
//
// Each contender is a process, and all of a round's are there at once: they take turns, a slice of the calls at a time. What
// else the machine does changes from minute to minute, and within one turn of each falls on all of them alike.
import { execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import os from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { contenders } from "./contenders.mjs";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
/** How often the processes are made anew: the same code is compiled to faster and slower. */
const rounds = Number(process.env.ROUNDS ?? 9);
const slices = Number(process.env.SLICES ?? 6);
const million = Number(process.env.MILLION ?? 1_000_000);
/** The most of a bare fetch's time that the first answer may take. */
const coldest = Number(/\[cold\]\s+percent = (\d+)/.exec(readFileSync(file("../size.toml"), "utf8"))[1]) / 100;
/** What is called, how many at a time, the calls of a slice, and those before the first that counts: until the code is
 * compiled, both kinds of it, and the connections are made. They are made in turns too: who waited for all the others to be
 * warm would have lost its connection, and with the next one the code that was compiled for it. */
const scenarios = [
  ["small", 1, 600, 6_000],
  ["small", 64, 1_200, 10_000],
  ["page", 1, 60, 500],
  ["page", 64, 128, 640],
];

const server = spawn(process.execPath, [file("server.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => server.kill());
const [url] = await once(createInterface({ input: server.stdout }), "line");

async function node(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, args.map(String));
  return JSON.parse(stdout);
}

/** A contender's process, and a way to ask it. */
function start(name, what, inFlight) {
  const child = fork(file("contender.mjs"), [name, url, what, inFlight].map(String), { execArgv: ["--expose-gc"] });
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
  ended.catch(() => {});
  const ask = (question) => {
    child.send(question);
    return Promise.race([once(child, "message").then(([answer]) => answer), ended]);
  };
  return { ask, stop: () => child.kill() };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function shuffled(items) {
  return [...items].map((item) => ({ item, order: Math.random() })).sort((a, b) => a.order - b.order).map(({ item }) => item);
}

console.log(`Node ${process.version}, ${os.availableParallelism()} cores, medians of ${rounds} rounds of ${slices} turns`);
const failures = [];

console.log("\nimport and first call, in a process of its own");
const cold = { "ours": [], "hand-written fetch": [], "stripe": [] };
for (let round = 0; round < rounds * 3; round++) {
  for (const name of shuffled(Object.keys(cold))) cold[name].push(await node(file("cold.mjs"), name, url));
}
for (const [name, taken] of Object.entries(cold)) {
  const [milliseconds, cpu] = [median(taken.map((t) => t.milliseconds)), median(taken.map((t) => t.cpu))];
  console.log(`  ${name.padEnd(36)} ${milliseconds.toFixed(1).padStart(8)} ms       ${cpu.toFixed(1).padStart(6)} ms of CPU`);
}
// Against the same round's: machines differ by half, and from minute to minute.
const slower = median(cold["ours"].map(({ milliseconds }, round) => milliseconds / cold["hand-written fetch"][round].milliseconds));
console.log(`  ours / hand-written fetch: ${slower.toFixed(2)} of its time, at most ${coldest.toFixed(2)} wanted`);
if (slower > coldest) failures.push(`the first call takes ${slower.toFixed(2)} of a bare fetch's time`);

const names = Object.keys(contenders);
/** Ours, what it is held against, the least that it must reach, and of which calls that is asked, if not of all. */
const comparisons = [
  ["ours, with fetch", "hand-written fetch", 0.9],
  ["ours, with fetch", "the limit: fetch without a timeout", 0],
  ["ours", "stripe", 1],
  ["ours", "bare node:http", 0.9, "small"],
  ["ours, with a Pool", "bare Pool.request", 0.65, "small"],
];
for (const [what, inFlight, calls, warm] of scenarios) {
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const running = names.map((name) => start(name, what, inFlight));
    for (const name of names) results[name].push([]);
    for (let turn = -Math.ceil(warm / calls); turn < slices; turn++) {
      // Another order each time: what one leaves to be collected is collected in the next one's time.
      for (const at of shuffled(names.keys())) {
        const taken = await running[at].ask(calls);
        if (turn >= 0) results[names[at]][round].push(taken);
      }
    }
    for (const contender of running) contender.stop();
  }
  console.log(`\n${what === "small" ? "a small answer" : "a page of 1,000 entries"}, ${inFlight} in flight`);
  for (const name of names) {
    const all = results[name].flat();
    const [wall, cpu] = [median(all.map((r) => r.wall)), median(all.map((r) => r.cpu))];
    console.log(`  ${name.padEnd(36)} ${Math.round(1e6 / wall).toLocaleString("en").padStart(8)} calls/s ${cpu.toFixed(0).padStart(6)} µs of CPU per call`);
  }
  // A slice is held against the same turn's of the other.
  const ratio = (ours, theirs, of) => median(results[ours].map((round, r) => median(round.map((slice, s) => results[theirs][r][s][of] / slice[of]))));
  for (const [ours, theirs, wanted, where = what] of comparisons) {
    const least = where === what ? wanted : 0;
    const found = ratio(ours, theirs, "wall");
    console.log(`  ${ours} / ${theirs}: ${found.toFixed(2)} (by CPU ${ratio(ours, theirs, "cpu").toFixed(2)})${least ? `, at least ${least.toFixed(2)} wanted` : ""}`);
    if (found < least) failures.push(`${what}, ${inFlight} in flight: ${ours} / ${theirs} is ${found.toFixed(2)}`);
  }
}

const ours = start("ours", "small", 64);
await ours.ask(20_000);
const before = await ours.ask("memory");
const { wall } = await ours.ask(million);
const after = await ours.ask("memory");
ours.stop();
const kb = (bytes) => `${Math.round(bytes / 1024).toLocaleString("en")} KiB`;
console.log(`\n${million.toLocaleString("en")} calls of ours, ${Math.round(1e6 / wall).toLocaleString("en")} a second`);
console.log(`  wasm memory ${kb(before.wasm)} before, ${kb(after.wasm)} after; JavaScript heap ${kb(before.heap)} before, ${kb(after.heap)} after`);
if (after.wasm > before.wasm) failures.push("the wasm's memory grew");
if (after.heap > before.heap * 1.2 + 1_000_000) failures.push("the JavaScript heap grew");

if (failures.length) {
  console.log(`\nmissed: ${failures.join("; ")}`);
  process.exitCode = 1;
}
server.kill();
