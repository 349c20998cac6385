import type { Catalog, Field, Operation, Shape } from "../api/catalog";
import type { Params } from "../api/door";

type Models = Catalog["models"];

/** Values that fit what a name usually means; the rest follows from the shape. */
const BY_NAME: readonly [RegExp, unknown][] = [
  [/^(friend_username|blocked_username|member|member_id|newowner|newadmin|oldadmin)$/, "ben"],
  [/username$|^(owner|from|user|userId|superadmin|superAdmin)$/, "amy"],
  [/^(usernames|to|members|targets|users|roam_ignore_users)$/, ["amy", "ben"]],
  [/(group|chatroom|thread|room)_?id$/i, "1"],
  [/^group_ids$/, ["1"]],
  [/^msg_?id$/i, "1001"],
  [/^msgIdList$/, ["1001"]],
  [/^file_(id|uuid)$/, "00000000-0000-0000-0000-000000000000"],
  [/^time$/, "2026010100"],
  [/^mute_duration$/, 60_000],
  [/^(new)?password$/, "secret-1"],
  [/url$/i, "https://example.com/picture.png"],
  [/^(msg|new_msg|content|announcement)$/, "Hello!"],
];

/** Parameters that are complete: whatever is required, with values that make sense together. */
export function sampleOf(operation: Operation, models: Models): Params {
  const own = operation.fields.filter((f) => f.constant === undefined);
  const params: Record<string, unknown> = {};
  for (const field of own) {
    if (field.flatten) Object.assign(params, valueOf(field, field.shape, models, 0));
    else if (field.required) params[field.name] = valueOf(field, field.shape, models, 0);
  }
  return params;
}

function valueOf(field: Pick<Field, "name" | "min" | "default">, shape: Shape, models: Models, depth: number): unknown {
  const hint = BY_NAME.find(([names, value]) => names.test(field.name) && fits(value, shape));
  if (hint) return hint[1];
  switch (shape.kind) {
    case "boolean":
      return true;
    case "integer":
    case "number":
      return field.default ?? field.min ?? 1;
    case "bigint":
      return "1";
    case "string":
    case "secret":
    case "scalar":
      return field.name.replace(/[^\w]/g, "") || "text";
    case "list":
      return [valueOf(field, shape.item, models, depth + 1)];
    case "map":
      return { key: valueOf({ name: "value" }, shape.item, models, depth + 1) };
    case "bytes":
      return new File(["Hello!\n"], "hello.txt", { type: "text/plain" });
    case "model":
      return modelOf(shape.name, models, depth);
    case "any":
    case "none":
      return {};
  }
}

function modelOf(name: string, models: Models, depth: number): unknown {
  const model = models[name];
  if (!model || depth > 6) return {};
  if (model.kind === "enum") return model.words[0]?.value;
  if (model.kind === "struct") {
    return Object.fromEntries(
      model.fields.filter((f) => f.required && f.constant === undefined).map((f) => [f.name, valueOf(f, f.shape, models, depth + 1)]),
    );
  }
  const [first] = model.variants;
  if (!first) return {};
  const content = valueOf({ name: "" }, first.shape, models, depth + 1);
  return model.content
    ? { [model.tag]: first.value, [model.content]: content }
    : { [model.tag]: first.value, ...(content as object) };
}

function fits(value: unknown, shape: Shape): boolean {
  if (Array.isArray(value)) return shape.kind === "list" && ["string", "scalar"].includes(shape.item.kind);
  if (typeof value === "number") return shape.kind === "integer" || shape.kind === "number";
  return ["string", "secret", "scalar"].includes(shape.kind);
}
