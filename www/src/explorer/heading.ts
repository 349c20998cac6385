import { useMedia } from "../app/wide";

/** The level of the headings within an operation: on a phone its name is the page's own heading. */
export const useHeading = (): 2 | 3 => (useMedia("(max-width: 900px)") ? 2 : 3);
