import { useState } from "react";

/** Holds a form back while something in it does not fit: shows what, and goes to the first. */
export function useHold(): { tried: boolean; holds: (fault: string | undefined) => boolean } {
  const [tried, setTried] = useState(false);
  return {
    tried,
    holds: (fault) => {
      setTried(fault !== undefined);
      if (fault !== undefined) requestAnimationFrame(() => document.getElementById(fault)?.focus());
      return fault !== undefined;
    },
  };
}
