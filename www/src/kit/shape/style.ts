import { createContext, useContext } from "react";

/** A form for people. */
interface Plain {
  /** Whether someone tried to send it, so that what is missing is shown too. */
  tried: boolean;
}

const Plain = createContext<Plain | undefined>(undefined);

/** Within it, forms show names for people rather than names on the wire, and hold to the documented limits. */
export const PlainStyle = Plain.Provider;
export const usePlain = (): Plain | undefined => useContext(Plain);
export const usePlainStyle = (): boolean => usePlain() !== undefined;
