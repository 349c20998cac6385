// @ts-check
// The client class. Entries make it with their way of loading the wasm.
import { Engine } from "./engine.js";
import { attach, find, settle } from "./resources.js";

/**
 * Makes the `ChatAdmin` class.
 *
 * @param {import("./load.js").Load} load
 * @param {object} [platform] What only this runtime can do: files.
 */
export function define(load, platform = {}) {
  return class ChatAdmin {
    #engine;

    /** @param {any} options */
    constructor(options) {
      const engine = new Engine(options, load, platform);
      this.#engine = engine;
      this.limits = {
        /** @param {string} id @param {number} n */
        estimate: (id, n) => engine.estimate(id, find(id), n),
      };
      attach(this, engine);
    }

    /**
     * Runs an operation by its id.
     *
     * @param {string} id
     * @param {any} [params]
     * @param {any} [options]
     */
    call(id, params, options) {
      const engine = this.#engine;
      return settle((async () => engine.run(id, find(id), params, options))());
    }

    /**
     * Sends a request that the table does not know.
     *
     * @param {any} request
     * @param {any} [options]
     */
    request(request, options) {
      return settle(this.#engine.raw(request, options));
    }
  };
}
