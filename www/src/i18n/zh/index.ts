import type { Text } from "../en";
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

/** 页面的全部中文文本。 */
export const zh: Text = { common, nav, lock, environments, list, confirm, keys, connect, users, importing, groups, rooms, moderation, messages, history, push, files, tokens, sandbox, errors, explorer, log, bulk, durations, faults, map, parameters, library };
