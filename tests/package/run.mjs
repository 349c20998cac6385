// The environments that the package must work in, each with a tiny app and nothing configured.
//
// `cargo xtask test "every environment"` runs this with the packed tarball in AGORA_CHAT_TARBALL and a folder to work in in
// AGORA_CHAT_WORK. Names as arguments run only those.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run, serve, start, startApi } from "./support.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const work = path.resolve(process.env.AGORA_CHAT_WORK ?? path.join(here, "../../target/package-tests"));
const tarball = path.resolve(process.env.AGORA_CHAT_TARBALL ?? "");
const modules = path.join(work, "node_modules");
const require = createRequire(path.join(work, "x.js"));
const only = process.argv.slice(2);
const node = process.execPath;

/** Thrown by an environment that this machine cannot have. */
class Missing extends Error {}

/** @type {Map<string, Promise<any>>} */
const browsers = new Map();

install();
const api = (await startApi()).url;

const environments = {
  "node-esm": () => inNode(node, "main.mjs"),
  "node-cjs": () => inNode(node, "main.cjs"),
  "node-slim": () => inNode(node, "slim.mjs"),
  "node-20-esm": () => inNode(program("node20/bin/node"), "main.mjs"),
  "node-20-cjs": () => inNode(program("node20/bin/node"), "main.cjs"),
  "node-22-esm": () => inNode(program("node22/bin/node"), "main.mjs"),
  "node-22-cjs": () => inNode(program("node22/bin/node"), "main.cjs"),
  "node-24-esm": () => inNode(program("node24/bin/node"), "main.mjs"),
  "node-24-cjs": () => inNode(program("node24/bin/node"), "main.cjs"),
  deno() {
    const cwd = app("deno", "node");
    const args = ["run", "--no-prompt", "--allow-net", "--allow-read", "--allow-env", "main.mjs", api];
    return run(program("@deno/linux-x64-glibc/deno"), args, { cwd, expected: "PASS", env: { DENO_NO_UPDATE_CHECK: "1" } });
  },
  bun() {
    const cwd = app("bun", "node");
    return run(program("@oven/bun-linux-x64/bin/bun"), ["main.mjs", api], { cwd, expected: "PASS" });
  },
  "express-4": () => inNode(node, "main.mjs", { source: "express", args: ["express4"] }),
  "express-5": () => inNode(node, "main.mjs", { source: "express", args: ["express"] }),
  "mocks-nock-13": () => mocks("nock13"),
  "mocks-nock-14": () => mocks("nock14"),
  "mocks-msw": () => mocks("msw"),
  "mocks-undici": () => mocks("undici"),
  "mocks-request": () => mocks("request"),
  "mocks-fetch": () => mocks("fetch"),
  "fake-timers": () => inNode(node, "timers.mjs", { source: "runtime" }),
  "async-context-node-20": () => inNode(program("node20/bin/node"), "context.mjs", { source: "runtime" }),
  "async-context-node-24": () => inNode(program("node24/bin/node"), "context.mjs", { source: "runtime" }),
  "listeners-node-20": () => inNode(program("node20/bin/node"), "listeners.mjs", { source: "runtime" }),
  "fetch-undici-6": () => fetches("undici6"),
  "fetch-undici-7": () => fetches("undici"),
  "fetch-node-fetch-2": () => fetches("node-fetch2"),
  "fetch-node-fetch-3": () => fetches("node-fetch"),
  "proxy-node-24": () => inNode(program("node24/bin/node"), "proxy.mjs", { source: "runtime", args: [] }),
  "next-14": () => next("next14"),
  "next-15": () => next("next15"),
  jest() {
    const cwd = app("jest", "jest", { type: "commonjs" });
    return run(node, [script("jest", "bin/jest.js"), "--rootDir", cwd, "--ci"], { cwd, env: { API: api } });
  },
  vitest() {
    const cwd = app("vitest", "vitest");
    return run(recentNode(), [script("vitest", "vitest.mjs"), "run", "--root", cwd], { cwd, env: { API: api, CI: "1" } });
  },
  "vite-8-build": () => viteBuild("vite", "vite-8-build"),
  "vite-8-dev": () => viteDev("vite", "vite-8-dev"),
  "vite-6-build": () => viteBuild("vite6", "vite-6-build"),
  "vite-6-dev": () => viteDev("vite6", "vite-6-dev"),
  async "webpack-5"() {
    const cwd = app("webpack-5", "web");
    const webpack = require("webpack");
    const output = { path: path.join(cwd, "dist"), filename: "main.mjs" };
    const stats = await new Promise((resolve, reject) =>
      webpack({ mode: "production", context: cwd, entry: "./main.mjs", output }, (error, stats) => (error ? reject(error) : resolve(stats))),
    );
    if (stats.hasErrors()) throw new Error(stats.toString());
    return inPage(cwd);
  },
  "esbuild-browser": async () => inPage(await bundled("esbuild-browser")),
  async "esbuild-node-one-file"() {
    const cwd = app("esbuild-node", "node");
    const { build } = require("esbuild");
    const folder = path.join(work, "elsewhere");
    for (const [entry, format, name] of [["main.cjs", "cjs", "one.cjs"], ["main.mjs", "esm", "one.mjs"]]) {
      await build({ entryPoints: [path.join(cwd, entry)], bundle: true, platform: "node", format, outfile: path.join(folder, name), logLevel: "error" });
    }
    // Nothing that the bundle might reach for is left.
    rmSync(cwd, { recursive: true });
    for (const name of ["one.cjs", "one.mjs"]) await run(node, [path.join(folder, name), api], { cwd: "/", expected: "PASS" });
  },
  workerd: () => workerd("workerd", []),
  "workerd-nodejs-compat": () => workerd("workerd-nodejs-compat", ["nodejs_compat"]),
  "csp-unbundled": () => open(unbundled("csp-unbundled"), { strict: true }),
  "csp-bundled": async () => inPage(await bundled("csp-bundled"), { strict: true }),
  "firefox-unbundled": () => open(unbundled("firefox-unbundled"), { strict: true, browser: "firefox" }),
  "firefox-bundled": async () => inPage(await bundled("firefox-bundled"), { browser: "firefox" }),
  async types() {
    const cwd = app("types", "types");
    const strict = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: "ES2022", module: "NodeNext" };
    const dom = ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable"];
    // What undici's and node-fetch's own types say is not looked at.
    const withNode = { types: ["node"], skipLibCheck: true };
    for (const [compiler, file, options] of [
      ["typescript", "bare.ts", { lib: ["ES2022"], types: [] }],
      ["typescript54", "bare.ts", { lib: dom, types: [] }],
      ["typescript", "node.ts", { lib: ["ES2023"], ...withNode }],
      ["typescript", "node.ts", { lib: dom, ...withNode }],
    ]) {
      writeFileSync(path.join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...strict, ...options }, files: [file] }));
      await run(node, [script(compiler, "bin/tsc"), "-p", cwd], { cwd });
    }
  },
  async publint() {
    const pkgDir = path.join(app("publint", "node"), "node_modules/agora-chat-admin");
    const { publint } = await import(require.resolve("publint"));
    const { formatMessage } = await import(require.resolve("publint/utils"));
    const { messages, pkg } = await publint({ pkgDir, strict: true });
    // It takes the query, by which bundlers know what is wanted, for a part of the file's name.
    const meant = messages.filter(({ path }) => !path?.includes("./core_bg.wasm?module"));
    if (meant.length) throw new Error(meant.map((message) => formatMessage(message, pkg)).join("\n"));
  },
  attw() {
    const args = [tarball, "--no-emoji", "--no-color", "--exclude-entrypoints", "core_bg.wasm?module"];
    return run(node, [script("@arethetypeswrong/cli", "dist/index.js"), ...args], { cwd: work });
  },
};

let failed = 0;
for (const [name, check] of Object.entries(environments)) {
  if (only.length && !only.some((o) => name.startsWith(o))) continue;
  const begin = performance.now();
  const time = () => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
  try {
    await check();
    console.log(`ok ${name} (${time()})`);
  } catch (error) {
    if (error instanceof Missing) console.log(`skipped ${name}: ${error.message}`);
    else {
      failed++;
      console.log(`FAILED ${name} (${time()})\n${error?.stack ?? error}`);
    }
  }
}
for (const browser of browsers.values()) await (await browser.catch(() => undefined))?.close();
process.exit(failed ? 1 : 0);

/** Installs the tools by their lock file, once. */
function install() {
  mkdirSync(work, { recursive: true });
  const lock = readFileSync(path.join(here, "package-lock.json"));
  const stamp = path.join(modules, ".stamp");
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("installing the tools of every environment: a minute or two, once");
  for (const file of ["package.json", "package-lock.json"]) cpSync(path.join(here, file), path.join(work, file));
  // Not `npm ci`: it refuses a lock file that lacks packages for other platforms, which some registries do not have.
  execFileSync("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(stamp, wanted);
}

/** A copy of an app with the package in its `node_modules`, as npm unpacks it: it has no dependencies and no scripts. */
function app(name, source, more = {}) {
  const folder = path.join(work, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(path.join(here, "apps", source), folder, { recursive: true });
  const scenario = readFileSync(path.join(here, "scenario.mjs"), "utf8");
  writeFileSync(path.join(folder, "scenario.mjs"), scenario);
  writeFileSync(path.join(folder, "scenario.cjs"), scenario.replace("export async function scenario", "exports.scenario = async function"));
  const json = { name, private: true, type: "module", dependencies: { "agora-chat-admin": "*" }, ...more };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(json));
  const target = path.join(folder, "node_modules/agora-chat-admin");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
  return folder;
}

/** A program that npm brought; not every platform has it. */
function program(name) {
  const file = path.join(modules, name);
  if (!existsSync(file)) throw new Missing(`npm has no ${name} for this platform`);
  return file;
}

/** A Node that wrangler and Vitest accept: this one, or the one that npm brought. */
function recentNode() {
  return Number(process.versions.node.split(".")[0]) >= 24 ? node : program("node24/bin/node");
}

/** A tool's script. */
function script(name, file) {
  return path.join(modules, name, file);
}

function inNode(program, main, { source = "node", args = [api] } = {}) {
  return run(program, [main, ...args], { cwd: app(`${source}-${main}`, source), expected: "PASS" });
}

function mocks(tool) {
  return inNode(node, "main.mjs", { source: "mocks", args: [tool] });
}

function fetches(name) {
  return inNode(node, "fetches.mjs", { source: "runtime", args: [name] });
}

/** One build with both runtimes: each route works, and each request reaches the server. */
async function next(version) {
  const cwd = app(version, "next");
  // Next looks for itself by its name. Links, since it is large.
  execFileSync("cp", ["-Rl", path.join(modules, version), path.join(cwd, "node_modules/next")]);
  const bin = path.join(cwd, "node_modules/next/dist/bin/next");
  const env = { API: api, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
  await run(node, [bin, "build"], { cwd, env, timeout: 300_000 });
  const { match, stop, output } = await start(node, [bin, "start", "--hostname", "127.0.0.1", "--port", "0"], /(http:\/\/127\.0\.0\.1:[1-9]\d*)/, { cwd, env });
  const get = async (path) => {
    const text = await (await fetch(match[1] + path)).text();
    return /FAILED/.test(text) ? Promise.reject(new Error(`${path}: ${text}\n${output()}`)) : text;
  };
  try {
    for (const runtime of ["node", "edge", "slim"]) {
      const text = await get(`/api/${runtime}?scenario`);
      if (text !== "PASS") throw new Error(`${runtime}: ${text}\n${output()}`);
    }
    for (const path of ["/api/node", "/api/edge", "/api/slim", "/api/static", "/"]) {
      const counts = [await get(path), await get(path), await get(path)].flatMap((text) => text.match(/\d+ \d+/)?.[0].split(" "));
      if (new Set(counts).size !== 6) throw new Error(`${path} answers from a cache: ${counts}`);
    }
  } finally {
    stop();
  }
}

async function viteBuild(version, name) {
  const root = app(name, "web");
  const { build } = await import(require.resolve(`${version}/package.json`).replace("package.json", "dist/node/index.js"));
  await build({ root, logLevel: "error", build: { target: "es2022" } });
  return open(path.join(root, "dist"));
}

async function viteDev(version, name) {
  const root = app(name, "web");
  const { createServer } = await import(require.resolve(`${version}/package.json`).replace("package.json", "dist/node/index.js"));
  const server = await createServer({ root, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  try {
    await server.listen();
    await load(`http://127.0.0.1:${server.httpServer.address().port}`);
  } finally {
    await server.close();
  }
}

/** The app for pages, bundled by esbuild to `dist/main.mjs`; returns its folder. */
async function bundled(name) {
  const cwd = app(name, "web");
  const { build } = require("esbuild");
  const options = { bundle: true, format: "esm", splitting: true, outdir: path.join(cwd, "dist"), outExtension: { ".js": ".mjs" } };
  await build({ entryPoints: [path.join(cwd, "main.mjs")], minify: true, logLevel: "error", ...options });
  return cwd;
}

/** The app for pages as it is, beside the package's modules; returns the folder to serve. */
function unbundled(name) {
  const cwd = app(name, "web");
  const dist = path.join(cwd, "dist");
  mkdirSync(dist);
  cpSync(path.join(cwd, "node_modules/agora-chat-admin"), path.join(dist, "pkg"), { recursive: true });
  for (const file of ["index.html", "scenario.mjs"]) cpSync(path.join(cwd, file), path.join(dist, file));
  const main = readFileSync(path.join(cwd, "main.mjs"), "utf8");
  writeFileSync(path.join(dist, "main.mjs"), main.replaceAll(/"agora-chat-admin(?:\/(\w+))?"/g, (_, entry = "index") => `"./pkg/${entry}.js"`));
  return dist;
}

/** A page whose script is `dist/main.mjs`. */
function inPage(folder, options) {
  cpSync(path.join(folder, "index.html"), path.join(folder, "dist/index.html"));
  return open(path.join(folder, "dist"), options);
}

async function open(folder, { strict = false, browser } = {}) {
  const host = await serve(folder, strict);
  try {
    await load(host.url, browser, strict);
  } finally {
    host.close();
  }
}

/** Opens a page in a browser and waits for its verdict. */
async function load(url, name = "chromium", strict = false) {
  if (!browsers.has(name)) browsers.set(name, launch(name));
  const page = await (await browsers.get(name)).newPage();
  const troubles = [];
  // Firefox tells of the refusal that the page provokes to see whether its policy holds.
  const expected = strict ? /404|Failed to load resource|blocked a JavaScript eval/ : /404|Failed to load resource/;
  const note = (text) => expected.test(text) || troubles.push(text);
  page.on("pageerror", (error) => note(String(error)));
  page.on("console", (line) => line.type() === "error" && note(line.text()));
  try {
    await page.goto(`${url}/?api=${encodeURIComponent(api)}${strict ? "&strict" : ""}`);
    let title = "waiting";
    for (let end = Date.now() + 30_000; title === "waiting" && Date.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      title = await page.title();
    }
    if (title !== "PASS" || troubles.length) throw new Error([title, ...troubles].join("\n"));
  } catch (error) {
    throw new Error([error.message, ...troubles].join("\n"));
  } finally {
    await page.close();
  }
}

/** Starts a browser of this machine. Both speak WebDriver BiDi or CDP as they are, so none is downloaded. */
async function launch(browser) {
  const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const [variable, places, install] =
    browser === "firefox"
      ? ["FIREFOX", ["/usr/bin/firefox-esr", "/usr/bin/firefox"], "apt-get install -y firefox-esr"]
      : ["CHROMIUM", chromium, "apt-get install -y chromium"];
  const executablePath = [process.env[variable], ...places].find((file) => file && existsSync(file));
  if (!executablePath) throw new Missing(`no ${browser} here: ${install}`);
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return require("puppeteer-core").launch({ browser: browser === "firefox" ? "firefox" : "chrome", executablePath, headless: true, args: browser === "firefox" ? [] : quiet });
}

async function workerd(name, flags) {
  const cwd = app(name, "worker");
  const toml = `name = "${name}"\nmain = "main.mjs"\ncompatibility_date = "2025-09-01"\ncompatibility_flags = ${JSON.stringify(flags)}\n`;
  writeFileSync(path.join(cwd, "wrangler.toml"), toml);
  const args = [script("wrangler", "bin/wrangler.js"), "dev", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0", "--show-interactive-dev-session=false"];
  const env = { WRANGLER_SEND_METRICS: "false", CI: "1", HOME: cwd, NO_PROXY: "*" };
  const { match, stop, output } = await start(recentNode(), args, /Ready on (http:\/\/\S+)/, { cwd, env });
  try {
    const response = await fetch(`${match[1]}/?api=${encodeURIComponent(api)}`);
    const text = await response.text();
    if (text !== "PASS") throw new Error(`${text}\n${output()}`);
  } finally {
    stop();
  }
}
