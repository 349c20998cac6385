import { useMemo } from "react";
import type { Locale } from "antd/es/locale";
import { type Language, languageChoice, languageOf } from "../app/settings";
import { store } from "../kit/store";
import type { Text } from "./en";

/** A language that is loaded. */
interface Spoken {
  language: Language;
  text: Text;
  /** Ant Design's own texts. */
  locale: Locale;
}

/** The language of the page, for what is no component. */
export const spoken = store<Spoken | undefined>(undefined);

const LOADERS: Record<Language, () => Promise<Omit<Spoken, "language">>> = {
  en: async () => {
    const [{ en }, locale] = await Promise.all([import("./en"), import("antd/es/locale/en_US")]);
    return { text: en, locale: locale.default };
  },
  zh: async () => {
    const [{ zh }, locale] = await Promise.all([import("./zh"), import("antd/es/locale/zh_CN")]);
    return { text: zh, locale: locale.default };
  },
};

async function speak(language: Language): Promise<void> {
  const loaded = await LOADERS[language]();
  if (language !== languageOf(languageChoice.get())) return;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = loaded.text.common.product;
  spoken.set({ language, ...loaded });
}

/** Loads the language of the page; later changes follow by themselves. */
export async function startLanguage(): Promise<void> {
  languageChoice.subscribe(() => void speak(languageOf(languageChoice.get())));
  await speak(languageOf(languageChoice.get()));
}

export function useSpoken(): Spoken {
  const now = spoken.use();
  if (!now) throw new Error("no language is loaded");
  return now;
}

/** The texts of the page in its language. */
export const useText = (): Text => useSpoken().text;

/** A moment in the page's language. */
export function useMoment(): (ms: number) => string {
  const { language } = useSpoken();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "medium" });
    return (ms) => (Number.isFinite(ms) && ms > 0 ? format.format(ms) : "–");
  }, [language]);
}
