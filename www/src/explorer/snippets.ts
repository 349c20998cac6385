import type { Operation } from "../api/catalog";
import type { Params } from "../api/door";
import { masked } from "../log/mask";

/** What stands for a file in code. */
const FILE = "__FILE__";

/** The parameters with secrets masked and files named. */
function shown(params: Params): string {
  const plain = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value instanceof File ? FILE : value]));
  return JSON.stringify(masked(plain), null, 2);
}

const isName = /^[A-Za-z_$][\w$]*$/;

/** The call in JavaScript. */
export function asJavaScript(operation: Operation, params: Params): string {
  const text = shown(params)
    .replace(/^(\s*)"([^"\\]+)":/gm, (all, indent: string, name: string) => (isName.test(name) ? `${indent}${name}:` : all))
    .replaceAll(`"${FILE}"`, 'await openAsBlob("path/to/file")');
  const call = `chat.${operation.id}`;
  const given = text === "{}" ? "" : text;
  if (operation.paging) return `for await (const item of ${call}.all(${given})) {\n  console.log(item);\n}`;
  return operation.returns.bytes ? `const file = await ${call}(${given});` : `const result = await ${call}(${given});`;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** The call in Rust: parameters by their names on the wire, checked by the type. */
export function asRust(operation: Operation, params: Params): string {
  const parts = operation.id.split(".");
  const verb = parts.at(-1) ?? "";
  const type = verb.charAt(0).toUpperCase() + verb.slice(1);
  const modules = parts.slice(0, -1).map(snake);
  const json = shown(params).replaceAll(`"${FILE}"`, "null /* shape::File { name, content_type, bytes } */");
  return [
    `use agora_chat_admin::api::${modules.join("::")}::${type};`,
    "use serde_json::json;",
    "",
    `let request: ${type} = serde_json::from_value(json!(${json}))?;`,
    "let result = client.send(request).await?;",
  ].join("\n");
}
