// @ts-check

/** A callback that is refused: `reason` says why, `status` what to answer. */
export class CallbackError extends Error {
  /** @param {"malformed" | "unsigned" | "signature" | "stale" | "replayed"} reason @param {string} message */
  constructor(reason, message) {
    super(message);
    this.reason = reason;
    this.status = reason === "malformed" ? 400 : 401;
  }

  get name() {
    return "CallbackError";
  }
}
