import { session } from "../api/session";
import { store } from "../kit/store";
import type { Content, Target } from "./content";

/** A message that was sent from here. */
export interface Sent {
  id: string;
  at: number;
  from?: string;
  kind: Target;
  to: string;
  content: Content;
  recalled?: boolean;
}

/** What was sent in this session, the newest first. */
export const sent = store<readonly Sent[]>([]);

export function remember(messages: readonly Sent[]): void {
  sent.set((all) => [...messages, ...all].slice(0, 500));
}

export function markRecalled(id: string): void {
  sent.set((all) => all.map((message) => (message.id === id ? { ...message, recalled: true } : message)));
}

session.subscribe(() => {
  if (!session.get()) sent.set([]);
});
