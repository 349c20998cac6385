/** How a value looks; named ones are in the catalogue's models. */
export type Shape = { nullable?: boolean } & (
  | { kind: "boolean" | "integer" | "bigint" | "number" | "string" | "secret" | "scalar" | "any" | "none" | "bytes" }
  | { kind: "list" | "map"; item: Shape }
  | { kind: "model"; name: string }
);

/** A member of an object, or a parameter. */
export interface Field {
  name: string;
  doc: string;
  type: string;
  shape: Shape;
  required: boolean;
  /** Of a number its value, of a text its length, of a list its length. */
  min?: number;
  max?: number;
  default?: number;
  constant?: string;
}

export interface Parameter extends Field {
  place: "path" | "query" | "header" | "body" | "form" | "file" | "whole";
  /** Its members are parameters themselves. */
  flatten?: true;
}

export interface Variant {
  value: string;
  doc: string;
  shape: Shape;
}

export type Model =
  | { kind: "struct"; doc: string; fields: readonly Field[] }
  | { kind: "enum"; doc: string; words: readonly { value: string; doc: string }[] }
  | { kind: "union"; doc: string; tag: string; content: string | null; variants: readonly Variant[] };

export type PagingRow =
  | { by: "cursor"; size: string; cursor: string; next: string }
  | { by: "number"; size: string; number: string; first: number };

/** All that is known of an operation. */
export interface Operation {
  id: string;
  group: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  forms: readonly { method: string; path: string }[];
  summary: string;
  doc: string;
  docs: string;
  fields: readonly Parameter[];
  encoding: "json" | "form" | "multipart";
  returns: { at: string; type: string; shape: Shape; bytes: boolean };
  rates: readonly { count: number; seconds: number; items?: unknown }[];
  safe: boolean;
  batch: { field: string; max: number } | null;
  paging: PagingRow | null;
  only: "agora" | "easemob" | null;
  auth: "app" | "none";
}

/** The package's table of operations. */
export interface Catalog {
  operations: readonly Operation[];
  byId: ReadonlyMap<string, Operation>;
  models: Readonly<Record<string, Model>>;
}

let loading: Promise<Catalog> | undefined;

/** The table, loaded when it is first needed. */
export function catalog(): Promise<Catalog> {
  loading ??= import("agora-chat-admin/catalog.json").then(({ default: table }) => {
    const { operations, models } = table as unknown as Pick<Catalog, "operations" | "models">;
    return { operations, models, byId: new Map(operations.map((o) => [o.id, o])) };
  });
  loading.catch(() => (loading = undefined));
  return loading;
}
