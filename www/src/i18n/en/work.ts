export const bulk = {
  title: "Queues",
  over: (n: number) => `For each of the ${n} selected, in a queue that can be paused.`,
  progress: (ok: number, failed: number, all: number) => `${ok + failed} of ${all}${failed ? `, ${failed} failed` : ""}`,
  pause: "Pause",
  resume: "Go on",
  giveUp: "Give up",
  retry: "Retry failed",
  report: "Report as CSV",
  item: "Item",
  outcome: "Outcome",
  states: { waiting: "waiting", running: "under way", ok: "done", failed: "failed" },
};

/** What is wrong with a value in a form. */
export const faults = {
  missing: "Needed.",
  unreadable: "This is not JSON.",
  few: (n: number) => (n === 1 ? "At least one is needed." : `At least ${n} are needed.`),
  many: (n: number) => `At most ${n}.`,
  short: (n: number) => (n === 1 ? "Must not be empty." : `At least ${n} characters.`),
  long: (n: number) => `At most ${n} characters.`,
  small: (n: number) => `At least ${n}.`,
  big: (n: number) => `At most ${n}.`,
  summary: "Something is missing or does not fit; it is marked in red.",
};

/** Names and texts, one below the other. */
export const map = {
  name: (n: number) => `Name ${n}`,
  value: (n: number) => `Value ${n}`,
  namePlaceholder: "name",
  valuePlaceholder: "value",
  remove: (n: number) => `Remove line ${n}`,
};

const units: readonly [number, string][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
];

export const durations = {
  of: (ms: number) => {
    const [size, unit] = units.find(([size]) => ms >= size) ?? [1000, "second"];
    const n = Math.round((ms / size) * 10) / 10;
    return `${n} ${unit}${n === 1 ? "" : "s"}`;
  },
  forever: "For ever",
  none: "Not muted",
  choose: "Choose",
  minutes: "minutes",
};
