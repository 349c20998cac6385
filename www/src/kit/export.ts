/** Rows as CSV (RFC 4180), with a mark that makes spreadsheets read UTF-8. */
export function toCsv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A cell; one that a spreadsheet would take for a formula gets a quote before it. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A moment as files have it. */
export const isoOf = (ms: number): string => (Number.isFinite(ms) && ms > 0 ? new Date(ms).toISOString() : "");

export const toJsonLines = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join("");

/** Gives the person a list as a file: the items as JSON lines, or the texts of their columns as CSV. */
export function saveList<T>(name: string, format: "csv" | "jsonl", items: readonly T[], head: readonly string[], cells: (item: T) => readonly string[]): void {
  if (format === "jsonl") save(stamped(name, "jsonl"), toJsonLines(items), "application/x-ndjson");
  else save(stamped(name, "csv"), toCsv(head, items.map(cells)), "text/csv");
}

/** Gives the person a file. */
export function save(name: string, content: string | Blob, type = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file name with the time in it. */
export function stamped(name: string, extension: string): string {
  return `${name}-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.${extension}`;
}
