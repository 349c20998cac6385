import { useSyncExternalStore } from "react";
import { remembered } from "../kit/store";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Choice<T extends string> = T | "auto";
export type Shade = "light" | "dark";

const word =
  <T extends string>(...words: T[]) =>
  (value: unknown): value is T =>
    words.includes(value as T);

/** The language that the person chose; `auto` follows the browser. */
export const languageChoice = remembered<Choice<Language>>("agora-chat-admin.language", "auto", word("auto", "en", "zh"));
/** The theme that the person chose; `auto` follows the system. */
export const shadeChoice = remembered<Choice<Shade>>("agora-chat-admin.theme", "auto", word("auto", "light", "dark"));

const browserLanguage = (): Language =>
  navigator.languages.some((l) => /^zh\b/i.test(l)) && !/^en\b/i.test(navigator.language) ? "zh" : "en";

export const languageOf = (choice: Choice<Language>): Language => (choice === "auto" ? browserLanguage() : choice);

const darkSystem = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is light or dark now. */
export function useShade(): Shade {
  const choice = shadeChoice.use();
  const dark = useSyncExternalStore(
    (listener) => {
      darkSystem.addEventListener("change", listener);
      return () => darkSystem.removeEventListener("change", listener);
    },
    () => darkSystem.matches,
  );
  return choice === "auto" ? (dark ? "dark" : "light") : choice;
}
