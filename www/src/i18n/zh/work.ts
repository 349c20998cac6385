import type { Text } from "../en";

export const bulk: Text["bulk"] = {
  title: "任务队列",
  over: (n) => `对所选的 ${n} 项逐一执行，排入可暂停的队列。`,
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

export const faults: Text["faults"] = {
  missing: "必填。",
  unreadable: "这不是有效的 JSON。",
  few: (n) => `至少 ${n} 个。`,
  many: (n) => `最多 ${n} 个。`,
  short: (n) => (n === 1 ? "不能为空。" : `至少 ${n} 个字符。`),
  long: (n) => `最多 ${n} 个字符。`,
  small: (n) => `不能小于 ${n}。`,
  big: (n) => `不能大于 ${n}。`,
  summary: "有内容缺失或不符合要求，已用红色标出。",
};

export const map: Text["map"] = {
  name: (n) => `第 ${n} 行的名称`,
  value: (n) => `第 ${n} 行的值`,
  namePlaceholder: "名称",
  valuePlaceholder: "值",
  remove: (n) => `删除第 ${n} 行`,
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
