import { Flex, InputNumber, Select } from "antd";
import type { Field } from "../../api/catalog";
import { useText } from "../../i18n";

/** Whether a parameter is a time that may last for ever; its description says so. */
export const isDuration = ({ shape, doc }: Field): boolean => shape.kind === "integer" && /-1 (is )?for ever/.test(doc);

/** How many milliseconds one unit of a duration is. */
export const durationUnit = ({ doc }: Field): number => (/millisecond/.test(doc) ? 1 : 1000);

const MINUTE = 60_000;
const PRESETS = [10 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE, 7 * 24 * 60 * MINUTE, 30 * 24 * 60 * MINUTE];

interface Props {
  value: unknown;
  onChange: (value: number | undefined) => void;
  id: string;
  /** How many milliseconds one unit is. */
  unit: number;
}

/** How long something lasts: the usual times to choose from, or minutes to type. */
export function DurationInput({ value, onChange, id, unit }: Props) {
  const t = useText();
  const ms = typeof value === "number" && value > 0 ? value * unit : undefined;
  const options = [
    ...PRESETS.map((preset) => ({ value: preset / unit, label: t.durations.of(preset) })),
    { value: -1, label: t.durations.forever },
    ...(unit === 1000 ? [{ value: 0, label: t.durations.none }] : []),
  ];
  const chosen = options.some((o) => o.value === value) ? (value as number) : undefined;
  return (
    <Flex gap={8} wrap>
      <Select
        id={id}
        value={chosen}
        onChange={onChange}
        options={options}
        allowClear
        placeholder={ms === undefined ? t.durations.choose : t.durations.of(ms)}
        style={{ flex: "1 1 160px" }}
      />
      <InputNumber
        aria-label={t.durations.minutes}
        value={ms === undefined ? null : Math.round(ms / MINUTE)}
        min={1}
        precision={0}
        onChange={(minutes) => onChange(minutes === null ? undefined : (minutes * MINUTE) / unit)}
        suffix={t.durations.minutes}
        style={{ flex: "1 1 120px" }}
      />
    </Flex>
  );
}
