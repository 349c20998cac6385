import { common, confirm, environments, keys, list, lock, nav } from "./common";
import { connect } from "./connect";
import { errors } from "./errors";
import { users } from "./users";

/** Every text of the page, in English; its type is what a language must have. */
export const en = { common, nav, lock, environments, list, confirm, keys, connect, users, errors };
export type Text = typeof en;
