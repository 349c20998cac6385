import { isLoopback, type Profile } from "../api/profile";

/**
 * What `agora-chat-sandbox` uses when nothing else is said; anyone may know it. The sandbox makes the tokens, so that they
 * keep to its clock.
 */
export const SANDBOX: Profile & { clientSecret: string } = {
  id: "",
  name: "",
  baseUrl: "http://127.0.0.1:7007",
  app: "demo#chat",
  dialect: "agora",
  environment: "test",
  auth: "credentials",
  clientId: "sandbox-client-id",
  clientSecret: "sandbox-client-secret",
};

/**
 * What the address may say to begin with, such as `#/connect?baseUrl=http://127.0.0.1:7007`: nothing secret. On this
 * machine it is taken for a sandbox.
 */
export function fromAddress(query: URLSearchParams): Partial<Profile> {
  const baseUrl = query.get("baseUrl") ?? undefined;
  const app = query.get("app") ?? undefined;
  return { ...(baseUrl && isLoopback(baseUrl) && SANDBOX), ...(baseUrl && { baseUrl }), ...(app && { app }) };
}

export const newId = (): string => crypto.getRandomValues(new Uint32Array(2)).join("-");
