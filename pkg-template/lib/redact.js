// @ts-check
// What is never printed.
import { secrets } from "../generated/operations.js";
import { textEnd } from "./strings.js";

const HEADERS = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);
const NAMES = /* @__PURE__ */ new Set([...secrets, "token", "access_token", "refresh_token", "appCertificate", "clientSecret", "Signature"]);

/** Headers as a plain object, without secrets. @param {any} headers @returns {Record<string, string>} */
export function redactHeaders(headers) {
  /** @type {Record<string, string>} */
  const plain = {};
  const entries = typeof headers?.entries === "function" ? headers.entries() : Object.entries(headers ?? {});
  for (const [name, value] of entries) {
    const lower = name.toLowerCase();
    plain[name] = HEADERS.has(lower) || NAMES.has(lower) ? mask(value) : value;
  }
  return plain;
}

/** @param {string} value */
const mask = (value) => (/^Bearer /i.test(value) ? "Bearer ***" : "***");

/** A copy of a JSON value, without secrets. @param {any} value @returns {any} */
export function redactJson(value) {
  if (Array.isArray(value)) return value.map(redactJson);
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      NAMES.has(name) && (typeof member === "string" || typeof member === "number") ? "***" : redactJson(member),
    ]),
  );
}

/** JSON that is cut off or broken, without the secrets as far as its look tells. @param {string} text */
function masked(text) {
  let [kept, from] = ["", 0];
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = textEnd(text, start);
    if (end < 0) break;
    start = text.indexOf('"', end);
    if (start < 0 || text.slice(end, start).trim() !== ":") continue;
    const valueEnd = textEnd(text, start);
    if (NAMES.has(text.slice(text.lastIndexOf('"', end - 2) + 1, end - 1))) {
      kept += `${text.slice(from, start)}"***"`;
      from = valueEnd < 0 ? text.length : valueEnd;
    }
    if (valueEnd < 0) break;
    start = text.indexOf('"', valueEnd);
  }
  return kept + text.slice(from);
}

/**
 * A body without secrets: JSON, a URL-encoded form, or something else that is only named.
 *
 * @param {any} body
 * @returns {string | undefined}
 */
export function redactText(body) {
  if (body === undefined || body === null) return undefined;
  if (typeof body !== "string") return `[${body?.constructor?.name ?? typeof body}]`;
  if (/^\s*[[{]/.test(body)) {
    try {
      return JSON.stringify(redactJson(JSON.parse(body)));
    } catch {
      return masked(body);
    }
  }
  if (/^[\w.%+-]+=/.test(body)) {
    return body
      .split("&")
      .map((pair) => (NAMES.has(pair.split("=", 1)[0] ?? "") ? `${pair.split("=", 1)[0]}=***` : pair))
      .join("&");
  }
  return body;
}

/** A URL whose query holds no secrets. @param {string} url */
export function redactUrl(url) {
  const [base, query] = url.split("?", 2);
  return query === undefined ? url : `${base}?${redactText(query)}`;
}
