// @ts-check
// What the wasm's glue takes from the runtime, whatever a test environment made of it. Nothing is made before it is needed.

/** A module of Node's, where Node is beneath: Jest's jsdom hides what it has. @param {string} name @returns {any} */
export function builtin(name) {
  try {
    return /** @type {any} */ (globalThis).process?.getBuiltinModule?.(name);
  } catch {
    // Next's edge runtime throws when it is so much as looked for.
    return undefined;
  }
}

/** Not the global, which fake timers replace: they would hold all that the core does. @param {() => void} work */
export const queueMicrotask = (work) => void Promise.resolve().then(work);

/** @param {"TextDecoder" | "TextEncoder"} name @returns {any} */
const of = (name) => /** @type {any} */ (globalThis)[name] ?? builtin("node:util")[name];

export class TextDecoder {
  /** @type {any} */
  #real;

  /** @param {ArrayBuffer | ArrayBufferView} [bytes] @returns {string} */
  decode(bytes) {
    // The glue warms it up with nothing.
    return bytes ? (this.#real ??= new (of("TextDecoder"))("utf-8", { ignoreBOM: true })).decode(bytes) : "";
  }
}

export class TextEncoder {
  /** @type {any} */
  #real;

  get #encoder() {
    return (this.#real ??= new (of("TextEncoder"))());
  }

  /** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
  encode(text) {
    return this.#encoder.encode(text);
  }

  /** @param {string} text @param {Uint8Array} bytes */
  encodeInto(text, bytes) {
    return this.#encoder.encodeInto(text, bytes);
  }
}
