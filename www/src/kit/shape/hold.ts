import { useState } from "react";

interface Hold {
  /** Whether someone tried to send the form. */
  tried: boolean;
  /** Whether it was held back, and still something does not fit. */
  held: boolean;
  /** Called when the form is to be sent: whether it must not be. */
  holds: () => boolean;
}

/** Holds a form back while something in it does not fit, and goes to the first such input, whose id it gets. */
export function useHold(fault: string | undefined): Hold {
  const [tried, setTried] = useState(false);
  return {
    tried,
    held: tried && fault !== undefined,
    holds: () => {
      setTried(fault !== undefined);
      if (fault !== undefined) requestAnimationFrame(() => document.getElementById(fault)?.focus());
      return fault !== undefined;
    },
  };
}
