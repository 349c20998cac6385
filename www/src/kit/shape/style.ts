import { createContext, useContext } from "react";

const Plain = createContext(false);

/** Within it, forms show names for people rather than names on the wire. */
export const PlainStyle = Plain.Provider;
export const usePlainStyle = (): boolean => useContext(Plain);
