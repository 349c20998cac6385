import { Fragment } from "react";
import { useDoc } from "../i18n/docs";

/** A description from the package: paragraphs, with code between backticks. */
export function Prose({ text, className }: { text: string; className?: string }) {
  const doc = useDoc()(text);
  return (
    <div lang={doc.english ? "en" : undefined} className={className}>
      {doc.text.split(/\n\s*\n/).map((paragraph, i) => (
        <p key={i}>{withCode(paragraph)}</p>
      ))}
    </div>
  );
}

/** A description from the package in one line. */
export function ProseLine({ text }: { text: string }) {
  const doc = useDoc()(text);
  return <span lang={doc.english ? "en" : undefined}>{withCode(doc.text)}</span>;
}

/** Text with code between backticks. */
export const withCode = (text: string) =>
  text.split("`").map((part, i) => (i % 2 ? <code key={i}>{part}</code> : <Fragment key={i}>{part}</Fragment>));
