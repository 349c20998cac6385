import { useSyncExternalStore } from "react";

/** Watches a media query. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

/** Whether there is room for the menu beside the content. */
export const useWide = (): boolean => useMedia("(min-width: 960px)");
/** Whether it is a phone. */
export const useNarrow = (): boolean => useMedia("(max-width: 640px)");
