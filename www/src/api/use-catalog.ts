import { useEffect, useState } from "react";
import { useSpoken } from "../i18n";
import { loadChineseDocs } from "../i18n/docs";
import { type Catalog, catalog, type Operation } from "./catalog";

type Names = Readonly<Record<string, string>>;

/** The operations, and what they are called. */
export interface Directory extends Catalog {
  /** What an operation does, in a line in the page's language as far as it is known. */
  titleOf(operation: Operation): { text: string; english: boolean };
  /** The operations in whose name, path, parameters or description every word occurs, in whatever language. */
  find(words: readonly string[]): readonly Operation[];
}

let chinese: Promise<Names> | undefined;
const chineseNames = (): Promise<Names> => (chinese ??= import("../i18n/zh/operations").then((m) => m.operations));

/** The operations, once they are loaded. */
export function useDirectory(): Directory | undefined {
  const { language } = useSpoken();
  const [loaded, setLoaded] = useState<{ catalog: Catalog; names: Names }>();
  const [failed, setFailed] = useState<Error>();
  useEffect(() => {
    let gone = false;
    const docs = language === "zh" ? loadChineseDocs() : undefined;
    Promise.all([catalog(), chineseNames(), docs]).then(
      ([catalog, names]) => gone || setLoaded({ catalog, names }),
      (thrown: Error) => gone || setFailed(thrown),
    );
    return () => void (gone = true);
  }, [language]);
  if (failed) throw failed;
  if (!loaded) return undefined;
  const { catalog: table, names } = loaded;
  return {
    ...table,
    titleOf: (o) => {
      const name = language === "zh" ? names[o.id] : undefined;
      return name ? { text: name, english: false } : { text: o.summary, english: true };
    },
    find: (words) =>
      table.operations.filter((o) => {
        const parameters = o.fields.map((field) => field.name).join(" ");
        const text = `${o.id} ${o.method} ${o.path} ${parameters} ${o.doc} ${names[o.id] ?? ""}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
  };
}
