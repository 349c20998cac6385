import { remembered } from "../kit/store";

export const DIALECTS = ["agora", "easemob"] as const;
export type Dialect = (typeof DIALECTS)[number];

export const AUTHS = ["token", "callback", "agora", "credentials"] as const;
export type AuthKind = (typeof AUTHS)[number];

export const ENVIRONMENTS = ["production", "test"] as const;
/** What a profile points at, as the person says. */
export type Environment = (typeof ENVIRONMENTS)[number];

/** What the browser remembers of a connection: nothing secret. */
export interface Profile {
  id: string;
  name: string;
  baseUrl: string;
  /** `org#app`, or an app ID. */
  app: string;
  dialect: Dialect;
  environment: Environment;
  auth: AuthKind;
  appId?: string;
  clientId?: string;
  callbackUrl?: string;
  /** Whether the token callback gets the cookies of its site. */
  withCookies?: boolean;
}

/** What a person types again each time; it lives in memory alone. */
export interface Secrets {
  token?: string;
  appCertificate?: string;
  clientSecret?: string;
}

const isProfile = (value: unknown): value is Profile => {
  const { id, baseUrl, app, auth } = (value ?? {}) as Partial<Profile>;
  return [id, baseUrl, app].every((text) => typeof text === "string") && AUTHS.includes(auth as AuthKind);
};

/** The remembered connections, the last used first. */
export const profiles = remembered<Profile[]>(
  "agora-chat-admin.profiles",
  [],
  (value): value is Profile[] => Array.isArray(value) && value.every(isProfile),
);

/** Only the members that may be written down, whatever else an object carries. */
function bare({ id, name, baseUrl, app, dialect, environment, auth, appId, clientId, callbackUrl, withCookies }: Profile): Profile {
  return { id, name, baseUrl, app, dialect, environment, auth, appId, clientId, callbackUrl, withCookies };
}

export function remember(profile: Profile): void {
  profiles.set((all) => [bare(profile), ...all.filter((p) => p.id !== profile.id)]);
}

export function forget(id: string): void {
  profiles.set((all) => all.filter((p) => p.id !== id));
}

/** Whether an address stays on this machine. */
export function isLoopback(baseUrl: string): boolean {
  try {
    const { hostname } = new URL(baseUrl);
    return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
  } catch {
    return false;
  }
}

/** The app's ID, where a profile names it. */
export const appIdOf = ({ app = "", appId }: Partial<Profile>): string | undefined => appId ?? (app && !app.includes("#") ? app.trim() : undefined);

/** The app as the client takes it: `org#app`, or an app ID. */
export function appOf(app: string): string | { id: string } {
  return app.includes("#") ? app : { id: app };
}
