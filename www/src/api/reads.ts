const READING = /^(get|list|count|is|status|download)(?![a-z])/;

/** Whether an operation only looks: its verb says so. `users.disconnect` is a GET and changes something. */
export function reads(operation: string): boolean {
  return READING.test(operation.split(".").at(-1) ?? "");
}
