import { useEffect } from "react";
import { session } from "../api/session";
import { PLACES } from "./places";
import { go } from "./router";

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const dialogOpen = (): boolean => document.querySelector('[role="dialog"]:not([aria-hidden="true"])') !== null;

/** The keys that work everywhere: `/`, `?`, and `g` with a letter. Esc is the dialogs' own. */
export function useKeyboard(onHelp: () => void): void {
  useEffect(() => {
    let awaiting = 0;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const goes = event.timeStamp - awaiting < 1500 && awaiting > 0;
      awaiting = 0;
      if (event.key === "?") onHelp();
      else if (dialogOpen()) return;
      else if (event.key === "/") focusSearch();
      else if (goes) {
        if (!goTo(event.key)) return;
      } else {
        if (event.key === "g") awaiting = event.timeStamp;
        return;
      }
      event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [onHelp]);
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("input[data-search], [data-search] input");
  field?.focus();
  field?.select();
}

function goTo(key: string): boolean {
  const now = session.get();
  const found = now && PLACES.find((p) => p.key === key && (p.when?.(now) ?? true));
  if (found) go([found.path]);
  return found !== undefined;
}
