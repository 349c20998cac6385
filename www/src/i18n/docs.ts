import { store } from "../kit/store";
import { useSpoken } from ".";

type Docs = ReadonlyMap<string, string>;

const chinese = store<Docs | undefined>(undefined);
let loading: Promise<void> | undefined;

/** Loads the Chinese of the package's descriptions. Without it they are shown in English. */
export function loadChineseDocs(): Promise<void> {
  loading ??= import("./zh/docs").then(
    ({ docs }) => chinese.set(docs),
    () => void (loading = undefined),
  );
  return loading;
}

/** A description of the package in the page's language, as far as there is one. */
export function useDoc(): (english: string) => { text: string; english: boolean } {
  const { language } = useSpoken();
  const known = chinese.use();
  return (english) => {
    const found = language === "zh" ? known?.get(paragraphs(english)) : undefined;
    return found === undefined ? { text: english, english: true } : { text: found, english: false };
  };
}

/** The text with its line breaks taken out; those between paragraphs stay. */
const paragraphs = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s+/g, " "))
    .join("\n\n");
