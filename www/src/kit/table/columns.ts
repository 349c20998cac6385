import type { ReactNode } from "react";

/** A column of a list. Its text serves the filter, the sorting and the export; `render` only the eye. */
export interface Column<T> {
  key: string;
  title: string;
  text: (item: T) => string;
  render?: (item: T) => ReactNode;
  /** Sorts by this in the text's place. */
  order?: (item: T) => number | string;
  /** Not shown until asked for. */
  hidden?: boolean;
  width?: number;
}

/** Whether an item has the words of a filter in any column. */
export function matches<T>(columns: readonly Column<T>[], words: readonly string[]): (item: T) => boolean {
  return (item) => {
    const texts = columns.map((column) => column.text(item).toLowerCase());
    return words.every((word) => texts.some((text) => text.includes(word)));
  };
}

export const wordsOf = (filter: string): string[] => filter.toLowerCase().split(/\s+/).filter(Boolean);

/** Orders two items by a column. */
export function inOrder<T>({ order, text }: Column<T>): (a: T, b: T) => number {
  const of = order ?? text;
  return (a, b) => {
    const [x, y] = [of(a), of(b)];
    return typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true });
  };
}
