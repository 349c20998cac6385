import { common, confirm, environments, keys, library, list, lock, nav } from "./common";
import { connect } from "./connect";
import { errors } from "./errors";
import { explorer } from "./explorer";
import { groups, moderation, rooms } from "./groups";
import { log } from "./log";
import { files, history, messages, push } from "./messages";
import { parameters } from "./parameters";
import { sandbox, tokens } from "./tools";
import { importing, users } from "./users";
import { bulk, durations, faults, map } from "./work";

/** Every text of the page, in English; its type is what a language must have. */
export const en = { common, nav, lock, environments, list, confirm, keys, connect, users, importing, groups, rooms, moderation, messages, history, push, files, tokens, sandbox, errors, explorer, log, bulk, durations, faults, map, parameters, library };
export type Text = typeof en;
