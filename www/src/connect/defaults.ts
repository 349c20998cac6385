import type { Profile } from "../api/profile";

/** What `agora-chat-sandbox` uses when nothing else is said; anyone may know it. */
export const SANDBOX: Profile & { appCertificate: string } = {
  id: "",
  name: "Sandbox",
  baseUrl: "http://127.0.0.1:7007",
  app: "demo#chat",
  dialect: "agora",
  environment: "test",
  auth: "agora",
  appId: "970ca35de60c44645bbae8a215061b33",
  appCertificate: "5cfd2fd1755d40ecb72977518be15d3b",
};

/** What the address may say to begin with, such as `#/connect?baseUrl=http://127.0.0.1:7007`: nothing secret. */
export function fromAddress(query: URLSearchParams): Partial<Profile> {
  const baseUrl = query.get("baseUrl") ?? undefined;
  const app = query.get("app") ?? undefined;
  return { ...(baseUrl && { baseUrl }), ...(app && { app }) };
}

export const newId = (): string => crypto.getRandomValues(new Uint32Array(2)).join("-");
