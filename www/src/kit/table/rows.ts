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
      else if (!move(event)) return;
      event.preventDefault();
    },
  };
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, .ant-image, [role=menu], [role=menuitem]") !== null;
}

/** Moves the focus to another row of those drawn; tells whether the key means that. */
function move({ key, currentTarget }: KeyboardEvent<HTMLElement>): boolean {
  const rows = [...(currentTarget.parentElement?.querySelectorAll<HTMLElement>(":scope > [tabindex]") ?? [])];
  const at = rows.indexOf(currentTarget);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  if (to === undefined) return false;
  rows[to]?.focus();
  return true;
}
