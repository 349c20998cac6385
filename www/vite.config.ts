import manifest from "agora-chat-admin/package.json" with { type: "json" };
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** What the built page allows itself; the page's server may say the same in a header. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src *",
  "img-src * blob: data:",
  "media-src * blob: data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

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
  plugins: [react(), policy, sandbox],
  build: { target: "es2022", chunkSizeWarningLimit: 900, modulePreload: { polyfill: false } },
});
