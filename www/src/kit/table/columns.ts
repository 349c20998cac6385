import type { ReactNode } from "react";

/** A column of a list. Its text serves the filter, the sorting and the export; `render` only the eye. */
export interface Column<T> {
  key: string;
  title: string;
  text: (item: T) => string;
  render?: (item: T) => ReactNode;
  /** Sorts by this in the text's place. */
  order?: (item: T) => number | string;
  /** What an exported table has in the text's place. */
  exported?: (item: T) => string;
  /** Not shown until asked for. */
  hidden?: boolean;
  width?: number;
}

/** Whether an item has the words of a filter in any column. What an item says is put together once. */
export function matcher<T extends object>(columns: readonly Column<T>[]): (words: readonly string[]) => (item: T) => boolean {
  const said = new WeakMap<T, string>();
  const textOf = (item: T): string => {
    let text = said.get(item);
    if (text === undefined) said.set(item, (text = columns.map((column) => column.text(item)).join("\n").toLowerCase()));
    return text;
  };
  return (words) => (item) => {
    const text = textOf(item);
    return words.every((word) => text.includes(word));
  };
}

export const wordsOf = (filter: string): string[] => filter.toLowerCase().split(/\s+/).filter(Boolean);

/** How a list is sorted: by the column of that key, which stands in the address as `created` or `-created`. */
export interface Sorting {
  key: string;
  descending: boolean;
}

export const sortingOf = (text: string): Sorting | undefined =>
  text ? { key: text.replace(/^-/, ""), descending: text.startsWith("-") } : undefined;

const natural = new Intl.Collator(undefined, { numeric: true });

/** The items in a column's order; what they are compared by is asked for once each. */
export function sorted<T>(items: readonly T[], { order, text }: Column<T>, descending: boolean): readonly T[] {
  const of = order ?? text;
  const compare = (x: number | string, y: number | string) =>
    typeof x === "number" && typeof y === "number" ? x - y : natural.compare(String(x), String(y));
  const keyed = items.map((item): [number | string, T] => [of(item), item]);
  keyed.sort(descending ? ([x], [y]) => compare(y, x) : ([x], [y]) => compare(x, y));
  return keyed.map(([, item]) => item);
}
