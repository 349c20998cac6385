import type { Auth, ChatAdmin } from "agora-chat-admin";
import { clearLog } from "../log/store";
import { store } from "../kit/store";
import { appOf, isLoopback, type Profile, type Secrets } from "./profile";
import { tokenFrom } from "./token-callback";

/** The connection that the page works with. */
export interface Session {
  profile: Profile;
  chat: ChatAdmin;
  /** Whether changes may be sent; each session begins read-only, but for sandboxes. */
  unlocked: boolean;
  /** Whether it is a sandbox, which has a panel of its own. */
  sandbox: boolean;
  /** Whether the sandbox runs inside the page. */
  demo: boolean;
  /** How the sandbox's own endpoints are reached. */
  fetch: typeof fetch;
}

export const session = store<Session | undefined>(undefined);

/** What colour a session wears. */
export type Place = "production" | "test" | "sandbox" | "demo";

export function placeOf({ demo, sandbox, profile }: Session): Place {
  return demo ? "demo" : sandbox ? "sandbox" : profile.environment;
}

/** The risks that someone accepts, for one session. */
export interface Accepted {
  /** A certificate or client secret in the browser. */
  secret?: boolean;
  /** Plain `http://` to another machine. */
  http?: boolean;
}

/** Makes a client, loading the package; nothing is sent yet. Throws a `ChatError` when the settings do not fit. */
export async function clientOf(profile: Profile, secrets: Secrets, accepted: Accepted, via?: typeof fetch): Promise<ChatAdmin> {
  const { ChatAdmin } = await import("agora-chat-admin");
  return new ChatAdmin({
    baseUrl: profile.baseUrl.replace(/\/+$/, ""),
    app: appOf(profile.app),
    dialect: profile.dialect,
    auth: authOf(profile, secrets),
    ...(via && { fetch: via }),
    dangerouslyAllowBrowser: accepted.secret === true,
    allowHttp: accepted.http === true,
  });
}

function authOf(profile: Profile, secrets: Secrets): Auth {
  switch (profile.auth) {
    case "token":
      return { token: secrets.token ?? "" };
    case "callback":
      return { token: () => tokenFrom(profile.callbackUrl ?? "", profile.withCookies === true) };
    case "agora":
      return { appId: profile.appId ?? "", appCertificate: secrets.appCertificate ?? "" };
    case "credentials":
      return { clientId: profile.clientId ?? "", clientSecret: secrets.clientSecret ?? "" };
  }
}

/** Begins to work with a connection. */
export function enter(profile: Profile, chat: ChatAdmin, how: { sandbox: boolean; demo?: boolean; fetch?: typeof fetch }): void {
  const via = how.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => fetch(input, init));
  const { sandbox, demo = false } = how;
  clearLog();
  session.set({ profile, chat, unlocked: sandbox, sandbox, demo, fetch: via });
}

/** Leaves the connection and drops what is known of it, its secrets and its log. */
export function leave(): void {
  session.set(undefined);
  clearLog();
}

export function setUnlocked(unlocked: boolean): void {
  session.set((now) => now && { ...now, unlocked });
}

/**
 * Whether a sandbox answers there, and the app is its own: one started with `--proxy` passes other apps' requests on to a
 * real host. Only asked of this machine.
 */
export async function isSandbox({ baseUrl, app }: Profile): Promise<boolean> {
  if (!isLoopback(baseUrl)) return false;
  try {
    const answer = await fetch(`${new URL(baseUrl).origin}/__sandbox/health`, { signal: AbortSignal.timeout(2000) });
    const { apps } = (await answer.json()) as { apps: readonly { key: string; app: { app_id: string } }[] };
    return apps.some((own) => own.key === app || own.app.app_id === app);
  } catch {
    return false;
  }
}
