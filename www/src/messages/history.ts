import type { HistoryMessage } from "agora-chat-admin";
import type { Content } from "./content";

/** A message as a history file has it. */
export interface Past {
  msg_id: string;
  timestamp: number;
  from: string;
  to: string;
  chat_type: string;
  contents: readonly Content[];
  ext: Readonly<Record<string, unknown>>;
}

/** The hour of a moment as the platform names it, in UTC: `2026112109`. */
export const hourName = (at: Date): string => at.toISOString().replace(/\D/g, "").slice(0, 10);

/** A message that the package has read. */
export const pastOf = (message: HistoryMessage): Past => past(message as unknown as Record<string, unknown>);

/** Reads a history file that was downloaded before: JSON lines, as they are or gzipped. */
export async function readHistory(file: Blob): Promise<Past[]> {
  const text = await (await isGzip(file) ? new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).text() : file.text());
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => past(JSON.parse(line) as Record<string, unknown>));
}

async function isGzip(file: Blob): Promise<boolean> {
  const [a, b] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return a === 0x1f && b === 0x8b;
}

interface Payload {
  bodies?: readonly Record<string, unknown>[];
  ext?: Record<string, unknown>;
}

function past(line: Record<string, unknown>): Past {
  const payload = (line.payload ?? {}) as Payload;
  return {
    msg_id: String(line.msg_id ?? ""),
    timestamp: Number(line.timestamp),
    from: String(line.from ?? ""),
    to: String(line.to ?? ""),
    chat_type: String(line.chat_type ?? ""),
    contents: (payload.bodies ?? []).map(content),
    ext: payload.ext ?? {},
  };
}

/** Files write the type among the members of the body; some write a body of its own. */
function content({ type, body, ...members }: Record<string, unknown>): Content {
  return { type: String(type ?? ""), body: typeof body === "object" && body !== null ? (body as Content["body"]) : members };
}
