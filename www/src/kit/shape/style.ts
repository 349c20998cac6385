import { createContext, useContext } from "react";

const Plain = createContext(false);

/** Within it, forms show names for people rather than names on the wire. */
export const PlainStyle = Plain.Provider;
export const usePlainStyle = (): boolean => useContext(Plain);

/** `mute_duration` as `Mute duration`. */
export function humanised(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ").toLowerCase();
  const known = words
    .replace(/\b(id|ids|uuid|url)\b/g, (word) => ({ id: "ID", ids: "IDs", uuid: "UUID", url: "address" })[word] ?? word)
    .replace(/\busername\b/g, "user ID")
    .replace(/\busernames\b/g, "user IDs")
    .replace(/\bgroupname\b/g, "group name")
    .replace(/\bmaxusers\b/g, "member limit")
    .replace(/\b(new|old)(owner|admin|password)\b/g, "$1 $2");
  return known.charAt(0).toUpperCase() + known.slice(1);
}
