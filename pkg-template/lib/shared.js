// @ts-check
// What all calls of a client share: its core, its token, its limiter. It belongs to no single call.
import { invalid, toChatError } from "./error.js";
import { Gate } from "./gate.js";
import { Limits } from "./limits.js";
import { NONE, configuration, leveled } from "./options.js";
import { Watch } from "./transport.js";

/** @typedef {import("./attempt.js").Made} Made */

export class Shared {
  #load;
  #token;
  /** @type {Promise<Made> | undefined} */
  #loaded;
  /** A core, once it is there. @type {Made | undefined} */
  made;
  /** Runs work in the context of a call that waits for a token. @type {((work: () => any) => any) | undefined} */
  within;

  /** @param {any} given @param {import("./load.js").Load} load @param {any} platform */
  constructor(given, load, platform) {
    const { environment, userAgent } = platform;
    const settings = environment ? environment.complete(given) : given;
    const { config, token } = checked(settings, userAgent, (error) => (environment ? environment.named(error, given) : error));
    const transport = settings.fetch ? undefined : platform.transport?.(settings.agent);
    if (settings.agent && !transport) throw invalid("agent needs Node, without a fetch of your own", { field: "agent" });
    const { shares, snapshot } = platform;
    this.settings = { ...settings, lines: leveled(settings), fetch: settings.fetch ?? transport, transport, shares, snapshot };
    const { limiter, limits } = settings;
    this.limiter = limiter ?? (limits === false ? undefined : new Limits(limits === true ? {} : limits));
    this.gate = this.limiter && new Gate(this.limiter);
    this.config = config;
    /** What its calls have: the core knows the rest. */
    this.defaults = config.deadline === undefined ? NONE : Object.freeze({ deadline: config.deadline });
    this.platform = platform;
    /** Whether calls are sent with a token. */
    this.authorizes = Boolean(token || Object.keys(config.auth).length);
    this.#token = token;
    this.#load = load;
  }

  /** The core; loaded and made on first use. @returns {Promise<Made>} */
  ready() {
    return (this.#loaded ??= this.#load()
      .then((glue) => {
        const { app, auth, ...config } = this.config;
        const { fetch, token } = weakly(this);
        const core = new glue.Core({ ...config, ...app, ...auth }, fetch, this.#token && token);
        return (this.made = { glue, core });
      })
      .catch((error) => {
        this.#loaded = undefined;
        throw error;
      }));
  }

  /** Sends a request for a token: with nothing of the call that happens to need it first. @param {string} url @param {any} init */
  fetch(url, init) {
    const watch = new Watch(this.settings, {}, "tokens.app.create", toChatError);
    return this.#within(() => watch.fetch(url, init));
  }

  /** Asks the caller's function for a token. */
  token() {
    return this.#within(() => this.#token?.());
  }

  /** @param {() => any} work */
  #within(work) {
    return this.within ? this.within(work) : work();
  }
}

/** @param {any} settings @param {string | undefined} userAgent @param {(error: unknown) => unknown} named */
function checked(settings, userAgent, named) {
  try {
    return configuration(settings, userAgent);
  } catch (error) {
    throw named(error);
  }
}

/**
 * What the wasm gets to call. It keeps them as long as it keeps the core, and the client keeps the core: did they hold the
 * client, nothing could ever be freed, since a collector does not see through the wasm.
 *
 * @param {Shared} shared
 */
function weakly(shared) {
  const held = new WeakRef(shared);
  // There is none left only where no call waits either.
  return {
    fetch: (/** @type {string} */ url, /** @type {any} */ init) => held.deref()?.fetch(url, init),
    token: () => held.deref()?.token(),
  };
}
