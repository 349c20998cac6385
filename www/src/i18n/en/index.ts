import { common, confirm, environments, keys, list, lock, nav } from "./common";
import { connect } from "./connect";
import { errors } from "./errors";
import { explorer } from "./explorer";
import { log } from "./log";
import { users } from "./users";

/** What parameters are called besides their names; in English their descriptions do. */
const parameters: Readonly<Record<string, string | undefined>> = {};

/** Every text of the page, in English; its type is what a language must have. */
export const en = { common, nav, lock, environments, list, confirm, keys, connect, users, errors, explorer, log, parameters };
export type Text = typeof en;
