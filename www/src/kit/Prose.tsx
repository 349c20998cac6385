import { Fragment } from "react";

/** A documentation text: paragraphs, with code between backticks. It is English, whatever the page's language. */
export function Prose({ text, className }: { text: string; className?: string }) {
  return (
    <div lang="en" className={className}>
      {text.split(/\n\s*\n/).map((paragraph, i) => (
        <p key={i}>{withCode(paragraph)}</p>
      ))}
    </div>
  );
}

/** One line of a documentation text. */
export const ProseLine = ({ text }: { text: string }) => <span lang="en">{withCode(text)}</span>;

/** Text with code between backticks. */
export const withCode = (text: string) =>
  text.split("`").map((part, i) => (i % 2 ? <code key={i}>{part}</code> : <Fragment key={i}>{part}</Fragment>));
