import type { OperationId } from "agora-chat-admin";
import type { Params } from "../../api/door";
import { reads } from "../../api/reads";
import { guarded } from "../../app/Lock";
import { store } from "../store";

/** Something that a person can do, by one operation. What is not fixed is asked for in a form made from the table. */
export interface Action {
  operation: OperationId;
  /** What the dialog and its button say. */
  title: string;
  /** Whom or what it is done to, where one was chosen. */
  of?: string;
  /** The parameters that the place knows. */
  fixed?: Params;
  /** Values to begin with. */
  start?: Params;
  /** The parameters to ask for, in this order; all that are not fixed if absent, none if empty. */
  ask?: readonly string[];
  /** What it does, where the title does not say enough. */
  why?: string;
  /** It hurts: the button is red, and it is asked even if there is nothing to fill in. */
  danger?: boolean;
  /** Must be typed first, for what cannot be undone. */
  typed?: string;
  /** What to say afterwards; `undefined` says nothing. */
  done?: (data: unknown) => string | undefined;
  /** Does it for each of these in a queue. */
  each?: Each;
  /** Told when a queue is over, if it became one. */
  over?: () => void;
}

/** Several things to do something with. */
export interface Each {
  items: readonly string[];
  /** The parameter that takes them, as many at once as the table says, or one; or the parameters for each. */
  as: string | ((item: string) => Params);
  /** Told now and then which are done. */
  did?: (items: readonly string[]) => void;
}

export interface Asked {
  action: Action;
  resolve: (done: boolean) => void;
}

/** The action whose dialog is open. */
export const asked = store<Asked | undefined>(undefined);

/** Asks for what an action needs and does it. Resolves to whether it was done. */
export function act(action: Action): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = () => asked.set({ action, resolve });
    if (reads(action.operation)) ask();
    else guarded(ask);
  });
}
