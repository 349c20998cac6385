import { spoken } from ".";
import type { Text } from "./en";

type Library = Text["library"];

/** What libraries would say in English alone; `library-names.ts` puts it in their places. */
export function said(name: Exclude<keyof Library, "icons">): string | undefined {
  return spoken.get()?.text.library[name];
}

/** What an icon of a library is for a screen reader: what it does, or nothing if it decorates. */
export function iconName(icon: string): object {
  const icons: Readonly<Record<string, string | undefined>> = spoken.get()?.text.library.icons ?? {};
  const label = icons[icon];
  return label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
}
