import type { Operations } from "agora-chat-admin";
import { Select } from "antd";
import { useList } from "../api/lists";
import { useText } from "../i18n";

type Label = Operations["push.labels.list"]["result"]["items"][number];

const BIGGEST = { limit: 100 };

interface Props {
  id: string;
  value: readonly string[];
  onChange: (labels: string[]) => void;
}

/** Labels to choose from, each with how many users have it; one that is not listed may be typed. */
export function LabelSelect({ id, value, onChange }: Props) {
  const t = useText();
  const { items, state } = useList<Label>("push.labels.list", BIGGEST);
  return (
    <Select
      id={id}
      mode="tags"
      value={[...value]}
      onChange={onChange}
      loading={state === "loading"}
      options={items.map(({ name, count }) => ({ value: name, label: t.push.labelOf(name, count) }))}
      optionLabelProp="value"
      tokenSeparators={[",", " ", "，", "、"]}
      placeholder={t.push.chooseLabels}
      aria-required
      aria-describedby={`${id}-doc`}
      style={{ width: "100%" }}
    />
  );
}
