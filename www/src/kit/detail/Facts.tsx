import { Descriptions } from "antd";
import type { ReactNode } from "react";
import { useDirectory } from "../../api/use-catalog";
import { useMoment, useText } from "../../i18n";
import { useDoc } from "../../i18n/docs";

const MOMENTS = /^(created|modified|createdAt|createAt|updateAt|joined_time|last_?modified|lastModified|updated)$/i;

interface Props {
  of: object;
  /** The members to show, in this order; all if absent. */
  only?: readonly string[];
  /** Members that are shown in another way. */
  as?: Readonly<Record<string, ReactNode>>;
  /** What members are called here, if not as elsewhere. */
  labels?: Readonly<Record<string, string>>;
}

/** The members of an object, each with its name in words. */
export function Facts({ of, only, as = {}, labels = {} }: Props) {
  const label = useLabel();
  const show = useShow();
  const members = of as Readonly<Record<string, unknown>>;
  const names = only ?? [...new Set([...Object.keys(as), ...Object.keys(members)])];
  const items = names
    .map((name) => ({ key: name, label: labels[name] ?? label(name), children: name in as ? as[name] : show(name, members[name]) }))
    .filter(({ children }) => children !== undefined && children !== "");
  return <Descriptions column={1} size="small" bordered items={items} className="facts-table" />;
}

/** A member's name in words. */
export function useLabel(): (name: string) => string {
  return useText().parameters.called;
}

/** A member's value for the eye. */
export function useShow(): (name: string, value: unknown) => ReactNode {
  const t = useText();
  const moment = useMoment();
  return (name, value) => {
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value === "boolean") return value ? t.common.yes : t.common.no;
    if (MOMENTS.test(name) && Number(value) > 1e11) return moment(Number(value));
    if (typeof value === "object") return <code className="code">{JSON.stringify(value)}</code>;
    return <span data-raw>{String(value)}</span>;
  };
}

/** What a word of a named list of words means. */
export function useMeaning(model: string): (word: string) => ReactNode {
  const directory = useDirectory();
  const doc = useDoc();
  const found = directory?.models[model];
  return (word) => {
    const said = found?.kind === "enum" ? found.words.find(({ value }) => value === word)?.doc : undefined;
    if (said === undefined) return <span data-raw>{word}</span>;
    const { text, english } = doc(said);
    return <span lang={english ? "en" : undefined}>{text}</span>;
  };
}
