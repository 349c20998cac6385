import type { Text } from "../en";
import { common, confirm, environments, keys, list, lock, nav } from "./common";
import { connect } from "./connect";
import { errors } from "./errors";
import { explorer } from "./explorer";
import { log } from "./log";
import { parameters } from "./parameters";
import { users } from "./users";

/** 页面的全部中文文本。 */
export const zh: Text = { common, nav, lock, environments, list, confirm, keys, connect, users, errors, explorer, log, parameters };
