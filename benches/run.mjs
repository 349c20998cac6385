// Runs the contenders in turns against one server, several rounds, and prints the medians; then a million calls of ours.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import os from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { contenders } from "./contenders.mjs";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const rounds = Number(process.env.ROUNDS ?? 7);
const million = Number(process.env.MILLION ?? 1_000_000);
/** The most milliseconds from nothing to the first answer. */
const coldest = Number(/\[cold\]\s+milliseconds = (\d+)/.exec(readFileSync(file("../size.toml"), "utf8"))[1]);
const scenarios = [
  ["small", 1, 8_000],
  ["small", 64, 20_000],
  ["page", 1, 300],
  ["page", 64, 600],
];

const server = spawn(process.execPath, [file("server.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => server.kill());
const [url] = await once(createInterface({ input: server.stdout }), "line");

async function node(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, args.map(String));
  return JSON.parse(stdout);
}

const measure = (...args) => node("--expose-gc", file("contender.mjs"), args[0], url, ...args.slice(1));

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

console.log(`Node ${process.version}, ${os.availableParallelism()} cores, median of ${rounds} rounds`);
const failures = [];

console.log("\nimport and first call, in a process of its own");
const cold = { "ours": [], "hand-written fetch": [], "stripe": [] };
for (let round = 0; round < rounds * 3; round++) {
  for (const [name, taken] of Object.entries(cold)) taken.push(await node(file("cold.mjs"), name, url));
}
for (const [name, taken] of Object.entries(cold)) {
  const [milliseconds, cpu] = [median(taken.map((t) => t.milliseconds)), median(taken.map((t) => t.cpu))];
  console.log(`  ${name.padEnd(24)} ${milliseconds.toFixed(1).padStart(8)} ms       ${cpu.toFixed(1).padStart(6)} ms of CPU`);
  if (name === "ours" && milliseconds > coldest) failures.push(`the first call is there after ${milliseconds.toFixed(1)} ms, not ${coldest}`);
}

for (const [what, inFlight, calls] of scenarios) {
  const names = Object.keys(contenders);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // Another order each round, so that none is always the one after the slowest.
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      results[name].push(await measure(name, what, inFlight, calls));
    }
  }
  console.log(`\n${what === "small" ? "a small answer" : "a page of 1,000 entries"}, ${inFlight} in flight`);
  const rate = Object.fromEntries(names.map((name) => [name, median(results[name].map((r) => r.rate))]));
  for (const name of names) {
    const cpu = median(results[name].map((r) => r.cpu));
    console.log(`  ${name.padEnd(24)} ${Math.round(rate[name]).toLocaleString("en").padStart(8)} calls/s ${cpu.toFixed(0).padStart(6)} µs of CPU per call`);
  }
  // Each round is compared within itself: what else the machine does then falls on both.
  const ratio = (ours, theirs) => median(results[ours].map((r, i) => r.rate / results[theirs][i].rate));
  const cpuRatio = (ours, theirs) => median(results[ours].map((r, i) => results[theirs][i].cpu / r.cpu));
  for (const [ours, theirs, least] of [["ours, with fetch", "hand-written fetch", 0.9], ["ours, with fetch", "the same with a timeout", 0], ["ours", "stripe", 1]]) {
    const found = ratio(ours, theirs);
    console.log(`  ${ours} / ${theirs}: ${found.toFixed(2)} (by CPU ${cpuRatio(ours, theirs).toFixed(2)})${least ? `, at least ${least.toFixed(2)} wanted` : ""}`);
    if (found < least) failures.push(`${what}, ${inFlight} in flight: ${ours} / ${theirs} is ${found.toFixed(2)}`);
  }
}

const { rate, before, after } = await measure("ours", "small", 64, million);
const kb = (bytes) => `${Math.round(bytes / 1024).toLocaleString("en")} KiB`;
console.log(`\n${million.toLocaleString("en")} calls of ours, ${Math.round(rate).toLocaleString("en")} a second`);
console.log(`  wasm memory ${kb(before.wasm)} before, ${kb(after.wasm)} after; JavaScript heap ${kb(before.heap)} before, ${kb(after.heap)} after`);
if (after.wasm > before.wasm) failures.push("the wasm's memory grew");
if (after.heap > before.heap * 1.2 + 1_000_000) failures.push("the JavaScript heap grew");

if (failures.length) {
  console.log(`\nmissed: ${failures.join("; ")}`);
  process.exitCode = 1;
}
server.kill();
