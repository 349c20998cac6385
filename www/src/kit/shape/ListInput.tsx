import { CloseOutlined, PlusOutlined } from "../icons";
import { Button, Card, Flex, Select } from "antd";
import type { Shape } from "../../api/catalog";
import { useText } from "../../i18n";
import { ShapeInput } from "./ShapeInput";
import { type InputProps, spokenOf } from "./types";

/** A list: texts as tags, anything else one below the other. */
export function ListInput(props: InputProps & { item: Shape }) {
  const { item, value, onChange, id, field, models, invalid } = props;
  const t = useText();
  const items: unknown[] = Array.isArray(value) ? value : [];
  if (item.kind === "string" || item.kind === "scalar" || item.kind === "bigint") {
    return (
      <Select
        id={id}
        mode="tags"
        open={false}
        suffixIcon={null}
        value={items.map(String)}
        onChange={(next: string[]) => onChange(next.length ? next.map((text) => text.trim()).filter(Boolean) : undefined)}
        tokenSeparators={[",", ";", "\n", "\t", " ", "，", "、"]}
        placeholder={t.explorer.oneByOne}
        {...spokenOf({ id, field, invalid })}
        style={{ width: "100%" }}
      />
    );
  }
  const change = (next: unknown[]) => onChange(next.length ? next : undefined);
  return (
    <Flex vertical gap={8}>
      {items.map((one, i) => (
        <Card key={i} size="small">
          <Flex gap={8} align="start">
            <div style={{ flex: 1, minWidth: 0 }}>
              <ShapeInput
                shape={item}
                value={one}
                onChange={(next) => change(items.map((old, j) => (j === i ? (next ?? null) : old)))}
                id={`${id}-${i}`}
                field={{ ...field, required: true, min: undefined, max: undefined }}
                models={models}
              />
            </div>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t.explorer.removeFrom(field.name, i + 1)}
              onClick={() => change(items.filter((_, j) => j !== i))}
            />
          </Flex>
        </Card>
      ))}
      <div>
        <Button
          id={id}
          size="small"
          icon={<PlusOutlined />}
          aria-label={t.explorer.addTo(field.name)}
          onClick={() => change([...items, item.kind === "model" ? {} : null])}
        >
          {t.explorer.add}
        </Button>
      </div>
    </Flex>
  );
}
