import type { Text } from "../en";

export const bulk: Text["bulk"] = {
  title: "任务队列",
  over: (n) => `依次对 ${n} 项执行。`,
  progress: (ok, failed, all) => `${ok + failed} / ${all}${failed ? `，失败 ${failed}` : ""}`,
  pause: "暂停",
  resume: "继续",
  giveUp: "放弃",
  retry: "重试失败项",
  report: "下载 CSV 报告",
  item: "项目",
  outcome: "结果",
  states: { waiting: "等待中", running: "进行中", ok: "完成", failed: "失败" },
};

const units: readonly [number, string][] = [
  [86_400_000, "天"],
  [3_600_000, "小时"],
  [60_000, "分钟"],
  [1000, "秒"],
];

export const durations: Text["durations"] = {
  of: (ms) => {
    const [size, unit] = units.find(([size]) => ms >= size) ?? [1000, "秒"];
    return `${Math.round((ms / size) * 10) / 10} ${unit}`;
  },
  forever: "永久",
  none: "不禁言",
  choose: "请选择",
  minutes: "分钟",
};
