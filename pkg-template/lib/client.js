// @ts-check
// The client class. Entries make it with their way of loading the wasm.
import { Engine } from "./engine.js";
import { attach, find, settle } from "./resources.js";
import { Shared } from "./shared.js";

/**
 * Makes the `ChatAdmin` class.
 *
 * @param {import("./load.js").Load} load
 * @param {object} [platform] What only this runtime can do: files.
 */
export function define(load, platform = {}) {
  // Named once more, since a class that names itself is renamed by bundlers.
  const Client = class ChatAdmin {
    #engine;

    /** @param {any} [options] */
    constructor(options = {}) {
      const engine = options instanceof Engine ? options : new Engine(new Shared(options, load, platform));
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

    /**
     * The same client with other options.
     *
     * @param {any} options
     */
    withOptions(options) {
      return Reflect.construct(Client, [this.#engine.with(options)], this.constructor);
    }
  };
  return Client;
}
