/** What a message says, as the platform writes it. */
export interface Content {
  type: string;
  body: Readonly<Record<string, unknown>>;
}

export const TYPES = ["txt", "img", "audio", "video", "file", "loc", "cmd", "custom"] as const;
export type MessageType = (typeof TYPES)[number];

/** The types that point to an uploaded file, and which files they take. */
export const MEDIA: Partial<Record<MessageType, string>> = { img: "image/*", audio: "audio/*", video: "video/*", file: "" };

/** Whom a message is for. */
export const TARGETS = ["users", "groups", "rooms"] as const;
export type Target = (typeof TARGETS)[number];

/** What the platform calls a conversation with each. */
export const CHAT_TYPES = { users: "chat", groups: "groupchat", rooms: "chatroom" } as const;

/** The members of a body that a file itself tells. */
export async function bodyOf(file: File, type: MessageType): Promise<Record<string, unknown>> {
  const common = { filename: file.name, file_length: file.size };
  if (type === "img") return { ...common, ...(await imageSize(file)) };
  if (type === "audio" || type === "video") return { ...common, ...(await playingTime(file, type)) };
  return common;
}

async function imageSize(file: File): Promise<{ size?: { width: number; height: number } }> {
  try {
    const { width, height } = await createImageBitmap(file);
    return { size: { width, height } };
  } catch {
    return {};
  }
}

function playingTime(file: File, type: "audio" | "video"): Promise<{ length?: number }> {
  const player = document.createElement(type);
  const url = URL.createObjectURL(file);
  return new Promise<{ length?: number }>((resolve) => {
    player.onloadedmetadata = () => resolve(Number.isFinite(player.duration) ? { length: Math.ceil(player.duration) } : {});
    player.onerror = () => resolve({});
    player.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}
