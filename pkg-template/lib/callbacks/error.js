// @ts-check

/** What to answer; 401 for what is not here. @type {Record<string, number>} */
const STATUSES = { malformed: 400, large: 413, unreadable: 500 };

/** A callback that is refused: `reason` says why, `status` what to answer. */
export class CallbackError extends Error {
  /**
   * @param {"malformed" | "large" | "unreadable" | "unsigned" | "signature" | "stale" | "replayed"} reason
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(reason, message, options) {
    super(message, options);
    this.reason = reason;
    this.status = STATUSES[reason] ?? 401;
  }

  get name() {
    return "CallbackError";
  }
}
