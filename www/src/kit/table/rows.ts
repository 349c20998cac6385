import type { HTMLAttributes, KeyboardEvent } from "react";

/** Lets the arrow keys move between the rows of a table, and Enter open one. */
export function rowKeys(open?: () => void): HTMLAttributes<HTMLElement> {
  return {
    tabIndex: 0,
    className: open && "opens",
    onClick: (event) => {
      if (open && !isControl(event.target)) open();
    },
    onKeyDown: (event) => {
      if (event.target !== event.currentTarget) return;
      if (event.key === "Enter" && open) open();
      else if (event.key === " ") event.currentTarget.querySelector<HTMLElement>("input[type=checkbox]")?.click();
      else if (event.key === "ArrowDown") move(event, "nextElementSibling");
      else if (event.key === "ArrowUp") move(event, "previousElementSibling");
      else return;
      event.preventDefault();
    },
  };
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, [role=menu], [role=menuitem]") !== null;
}

function move(event: KeyboardEvent<HTMLElement>, to: "nextElementSibling" | "previousElementSibling"): void {
  let row = event.currentTarget[to];
  while (row && !(row as HTMLElement).hasAttribute("tabindex")) row = row[to];
  (row as HTMLElement | null)?.focus();
}
