import manifest from "agora-chat-admin/package.json" with { type: "json" };
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { libraryNames } from "./library-names";
import directives from "./policy.json" with { type: "json" };

/** What the built page allows itself, directive by directive; `cargo xtask demo` says the same in a header. */
const POLICY = directives.join("; ");

/** Writes the policy into the built page, so that any static host serves it. */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
  ],
};

/** Gives the page the in-browser sandbox if the package has one, and `undefined` if not. */
const sandbox: Plugin = {
  name: "optional-sandbox",
  resolveId: (id) => (id === "virtual:sandbox" ? "\0virtual:sandbox" : undefined),
  load(id) {
    if (id !== "\0virtual:sandbox") return undefined;
    return "./sandbox" in manifest.exports
      ? 'export const createSandbox = async (options) => (await import("agora-chat-admin/sandbox")).createSandbox(options);'
      : "export const createSandbox = undefined;";
  },
};

export default defineConfig({
  base: "./",
  plugins: [libraryNames, react(), policy, sandbox],
  build: { target: "es2022", chunkSizeWarningLimit: 900, modulePreload: { polyfill: false } },
});
