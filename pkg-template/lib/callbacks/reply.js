// @ts-check
// Answers to callbacks before delivery.

/** @param {{ payload?: unknown, priority?: "high" | "normal" | "low" }} [options] */
export function allow({ payload, priority } = {}) {
  return { valid: true, payload, chatroom_msg_level: priority };
}

/** @param {string} [code] */
export function block(code) {
  return { valid: false, code };
}
