import { useEffect, useRef, useState } from "react";

const INSIDE = ".ant-popover:not(.ant-popover-hidden) :is(button, input)";

/** Takes the focus into a popover that opens, which stands elsewhere in the document, and back when it closes. */
export function usePopupFocus() {
  const [open, setOpen] = useState(false);
  const from = useRef<Element>(null);
  useEffect(() => {
    if (!open) {
      // Whoever clicked elsewhere is there already.
      const back = from.current instanceof HTMLElement && (document.activeElement === document.body || document.activeElement?.closest(".ant-popover"));
      if (back) (from.current as HTMLElement).focus();
      from.current = null;
      return;
    }
    from.current = document.activeElement;
    // It is drawn, and then put into its place; before that the page would scroll to it.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => document.querySelector<HTMLElement>(INSIDE)?.focus({ preventScroll: true }));
    });
    return () => cancelAnimationFrame(frame);
  }, [open]);
  return { open, onOpenChange: setOpen };
}
