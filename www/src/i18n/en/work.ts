export const bulk = {
  title: "Queues",
  over: (n: number) => `For each of ${n}, one after another.`,
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
