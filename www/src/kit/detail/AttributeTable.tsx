import { Descriptions } from "antd";

/** Names and values that the app itself has chosen. */
export function AttributeTable({ of }: { of: Readonly<Record<string, unknown>> }) {
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      items={Object.entries(of).map(([name, value]) => ({
        key: name,
        label: <span className="mono">{name}</span>,
        children: <span data-raw style={{ overflowWrap: "anywhere" }}>{typeof value === "string" ? value : JSON.stringify(value)}</span>,
      }))}
    />
  );
}
