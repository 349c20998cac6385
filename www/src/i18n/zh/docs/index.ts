import { channels } from "./channels";
import { models } from "./models";
import { more } from "./more";
import { operations } from "./operations";
import { parameters } from "./parameters";

/** 接口与参数说明的中文，以英文说明为键：英文改动后，旧译文不再出现。 */
export const docs: ReadonlyMap<string, string> = new Map(
  [parameters, models, channels, operations, more].flatMap((part) => Object.entries(part)),
);
