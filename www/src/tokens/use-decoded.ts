import type { DecodedToken } from "agora-chat-admin";
import { useEffect, useState } from "react";

/** What a text says as a token. */
export type Read = { token: DecodedToken } | "opaque" | "malformed" | undefined;

/** Reads a token in the browser; nothing is sent. */
export function useDecoded(text: string): Read {
  const [read, setRead] = useState<Read>();
  useEffect(() => {
    const token = text.trim();
    if (!token) return setRead(undefined);
    if (!token.startsWith("007")) return setRead("opaque");
    let gone = false;
    import("agora-chat-admin")
      .then(({ decodeToken }) => decodeToken(token))
      .then(
        (decoded) => gone || setRead({ token: decoded }),
        () => gone || setRead("malformed"),
      );
    return () => void (gone = true);
  }, [text]);
  return read;
}

/** When a token runs out, in milliseconds. */
export const endOf = ({ issued, expire }: DecodedToken): number => (issued + expire) * 1000;
