interface TokenAnswer {
  token: string;
  expires_in?: number;
}

/** Asks a person's own server for an app token: the text itself, or `{ token | access_token, expires_in }`. */
export async function tokenFrom(url: string, withCookies: boolean): Promise<TokenAnswer> {
  const answer = await fetch(url, {
    headers: { Accept: "application/json, text/plain" },
    credentials: withCookies ? "include" : "same-origin",
    cache: "no-store",
  });
  if (!answer.ok) throw new Error(`the token address answered ${answer.status}`);
  return read((await answer.text()).trim());
}

function read(text: string): TokenAnswer {
  if (!/^["{]/.test(text)) return { token: text };
  const value: unknown = JSON.parse(text);
  if (typeof value === "string") return { token: value };
  const { token, access_token, expires_in } = value as Record<string, unknown>;
  const found = token ?? access_token;
  if (typeof found !== "string" || !found) throw new Error("the token address answered no token");
  return { token: found, expires_in: typeof expires_in === "number" ? expires_in : undefined };
}
