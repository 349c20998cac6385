// The page's Chinese is whole: every text, every parameter, every description of the package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { ROOT } from "./support/paths.mjs";
import { fromSource, texts } from "./support/source.mjs";

const { operations, models } = JSON.parse(readFileSync(`${ROOT}pkg/catalog.json`, "utf8"));
const HAN = /\p{Script=Han}/u;

let en, zh, page;
before(async () => {
  ({ en, zh } = await texts());
  page = await fromSource(`
    export { docs } from "@/i18n/zh/docs";
    export { operations } from "@/i18n/zh/operations";
    export { masked } from "@/log/mask";
  `);
});

/** Names that are the same in every language. */
const SAME = new Set(["CSV", "JSON", "JSON Lines", "App Token", "App ID", "Client ID", "Client Secret", "ID", "UUID", "Token", "Intent"]);
const inChinese = (text) => HAN.test(text) || SAME.has(text) || !/\p{L}/u.test(text);

/** Each text with its path; functions are called with something to say. */
function* leaves(text, path = "") {
  if (typeof text === "string") yield [path, text];
  else if (typeof text === "function") yield* leaves(text(...Array.from({ length: text.length }, () => 2)), path);
  else if (text && typeof text === "object") for (const [name, inner] of Object.entries(text)) yield* leaves(inner, path ? `${path}.${name}` : name);
}

test("every text is in Chinese", () => {
  const english = new Map(leaves({ ...en, parameters: undefined }));
  const chinese = new Map(leaves({ ...zh, parameters: undefined }));
  assert.deepEqual([...chinese.keys()], [...english.keys()]);
  const untold = [...chinese].filter(([, text]) => !inChinese(text)).map((leaf) => leaf.join(": "));
  assert.deepEqual(untold, []);
});

test("every English text is in English", () => {
  assert.deepEqual([...leaves({ ...en, parameters: undefined })].filter(([, text]) => HAN.test(text)), []);
});

/** Every field of the table: parameters, their members, and the members of answers. */
function* fields() {
  for (const { id, fields, returns } of operations) for (const field of fields) yield [id, field];
  for (const [name, model] of Object.entries(models)) for (const field of model.fields ?? []) yield [name, field];
}

test("every parameter and every member has a Chinese name", () => {
  const names = [...fields()].filter(([, field]) => field.constant === undefined).map(([, field]) => field.name);
  const tags = Object.values(models).flatMap(({ tag, content }) => [tag, content]).filter(Boolean);
  const unnamed = [...new Set([...names, ...tags])].filter((name) => zh.parameters.called(name) === name || !inChinese(zh.parameters.called(name)));
  assert.deepEqual(unnamed, []);
});

test("every operation and every description has its Chinese", () => {
  const flat = (text) => text.split(/\n\s*\n/).map((part) => part.trim().replace(/\s+/g, " ")).join("\n\n");
  const missing = new Set();
  const need = (text, where) => text && !inChinese(page.docs.get(flat(text))?.replace(/。$/, "") ?? flat(text)) && missing.add(`${where}: ${flat(text)}`);
  for (const { id, doc, summary } of operations) {
    if (!HAN.test(page.operations[id] ?? "")) missing.add(`${id} has no Chinese name`);
    // The name stands for a description of one sentence.
    if (doc !== summary) need(doc, id);
  }
  const seen = new Set();
  const visit = (shape) => {
    if (shape.item) return visit(shape.item);
    if (shape.kind !== "model" || seen.has(shape.name)) return;
    seen.add(shape.name);
    const { fields = [], words = [], variants = [], doc, kind } = models[shape.name];
    if (kind === "union") need(doc, shape.name);
    for (const field of fields) if (field.constant === undefined) need(field.doc, shape.name), visit(field.shape);
    for (const word of words) need(word.doc, shape.name);
    for (const variant of variants) need(variant.doc, shape.name), visit(variant.shape);
  };
  for (const { id, fields } of operations) for (const field of fields) if (field.constant === undefined) need(field.doc, id), visit(field.shape);
  assert.deepEqual([...missing], []);
});

test("the log masks every member that the table calls a secret", () => {
  const secret = ({ kind, item }) => kind === "secret" || (item && secret(item));
  const names = [...new Set([...fields()].filter(([, { shape }]) => secret(shape)).map(([, { name }]) => name))];
  assert.ok(names.length > 5);
  for (const name of names) assert.deepEqual(page.masked({ in: [{ [name]: "x" }] }), { in: [{ [name]: "***" }] }, name);
});
