import type { KeyboardEvent } from "react";

/** Listens for Ctrl or ⌘ with Enter, which sends a form from wherever one is in it. */
export const onSubmitKey = (submit: () => void) => (event: KeyboardEvent) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  submit();
};
