import type { Dialect } from "../api/profile";
import type { Text } from "../i18n/en";

export type Problem = keyof Text["importing"]["problems"];

/** One user to register, as a file has it. */
export interface ImportRow {
  /** The line in the file, from 1. */
  line: number;
  username: string;
  password?: string;
  nickname?: string;
  problem?: Problem;
}

/** Reads CSV with a heading row, or JSON lines, and says what is wrong with each row. Easemob wants a password for each. */
export function readRows(text: string, dialect: Dialect): ImportRow[] {
  const rows = /^\s*[{[]/.test(text.replace(/^\uFEFF/, "")) ? readJsonLines(text) : readCsv(text);
  const seen = new Set<string>();
  return rows.map((row) => {
    const key = row.username.toLowerCase();
    const problem = row.problem ?? problemOf(row, dialect) ?? (seen.has(key) ? "twice" : undefined);
    seen.add(key);
    return { ...row, problem };
  });
}

function problemOf({ username, password = "", nickname = "" }: ImportRow, dialect: Dialect): Problem | undefined {
  if (!username) return "noName";
  if (!/^[\w.-]{1,64}$/.test(username)) return "badName";
  if (!password && dialect === "easemob") return "noPassword";
  if (password.length > 64) return "longPassword";
  return nickname.length > 100 ? "longNickname" : undefined;
}

function readJsonLines(text: string): ImportRow[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines.flatMap((line, i): ImportRow[] => {
    if (!line.trim()) return [];
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return [rowOf(value as Record<string, unknown>, i + 1)];
    } catch {
      // Told below.
    }
    return [{ line: i + 1, username: line.slice(0, 40), problem: "notJson" }];
  });
}

function readCsv(text: string): ImportRow[] {
  const [head, ...rows] = cells(text.replace(/^\uFEFF/, ""));
  if (!head) return [];
  const names = head.map((name) => name.trim().toLowerCase());
  // Without a heading the first column is taken for the user ID.
  const titled = names.includes("username");
  const columns = titled ? names : ["username", "password", "nickname"];
  return (titled ? rows : [head, ...rows]).flatMap((row, i) =>
    row.every((cell) => cell.trim() === "") ? [] : [rowOf(Object.fromEntries(columns.map((name, j) => [name, row[j]])), i + (titled ? 2 : 1))],
  );
}

function rowOf(from: Record<string, unknown>, line: number): ImportRow {
  const text = (name: string) => {
    const value = from[name];
    return typeof value === "string" || typeof value === "number" ? String(value).trim() || undefined : undefined;
  };
  return { line, username: text("username") ?? "", password: text("password"), nickname: text("nickname") };
}

/** The cells of a CSV text (RFC 4180); commas, semicolons or tabs, whichever the heading has. */
function cells(text: string): string[][] {
  const [first = ""] = text.split(/\r?\n/, 1);
  const separator = [",", ";", "\t"].reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    rows.push(row);
    row = [];
    cell = "";
  };
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === separator) {
      row.push(cell);
      cell = "";
    } else if (c === "\n") endRow();
    else if (c !== "\r") cell += c;
  }
  if (cell !== "" || row.length) endRow();
  return rows;
}
