import { Empty, Table, type TableProps } from "antd";
import { type Key, memo, type ReactNode } from "react";
import { useText } from "../../i18n";
import type { Column, Sorting } from "./columns";
import { rowKeys } from "./rows";
import { useRoom } from "./state";

interface Props<T> {
  items: readonly T[];
  columns: readonly Column<T>[];
  shown: readonly string[];
  sorting: Sorting | undefined;
  onSorting: (sorting: Sorting | undefined) => void;
  keyOf: (item: T) => string;
  onOpen?: (item: T) => void;
  actions?: (item: T) => ReactNode;
  /** The keys of those selected; without them nothing can be. */
  chosen?: readonly Key[];
  onChosen: (keys: readonly Key[]) => void;
  /** Why there are no rows, if there are none. */
  empty: "" | "loading" | "failed" | "empty" | "noMatch" | "more";
  emptyHint?: ReactNode;
}

/** From this many rows on only those in sight are drawn. */
const MANY = 200;

/** The rows of a list. They are drawn anew only when something of theirs changes, not with each key of the filter. */
export const Rows = memo(function Rows<T extends object>(props: Props<T>) {
  const { items, columns, shown, sorting, onSorting, keyOf, onOpen, actions, chosen, onChosen, empty, emptyHint } = props;
  const t = useText();
  const room = useRoom();
  const virtual = items.length > MANY;
  const table: TableProps<T>["columns"] = columns
    .filter((c) => shown.includes(c.key))
    .map((column) => ({
      key: column.key,
      title: column.title,
      width: column.width ?? (virtual ? 180 : undefined),
      ellipsis: virtual,
      sorter: true,
      sortOrder: sorting?.key !== column.key ? null : sorting.descending ? "descend" : "ascend",
      render: (_: unknown, item: T) => column.render?.(item) ?? column.text(item),
    }));
  if (actions) {
    table.push({ key: "actions", title: <span className="visually-hidden">{t.common.actions}</span>, width: 56, fixed: "end", render: (_: unknown, item: T) => actions(item) });
  }
  const width = table.reduce((sum, c) => sum + (typeof c.width === "number" ? c.width : 160), 60);
  return (
    <Table<T>
      size="small"
      columns={table}
      dataSource={items as T[]}
      rowKey={keyOf}
      loading={empty === "loading"}
      pagination={false}
      virtual={virtual}
      scroll={virtual ? { x: width, y: room } : { x: "max-content" }}
      showSorterTooltip={false}
      onChange={(_, __, by) => onSorting(sortedBy(by))}
      onRow={(item) => rowKeys(onOpen && (() => onOpen(item)))}
      rowSelection={
        chosen && {
          selectedRowKeys: [...chosen],
          onChange: (keys) => onChosen(keys),
          preserveSelectedRowKeys: true,
          // What selects all stands over the table: in its head it would be drawn twice, once hidden but focusable.
          columnTitle: <span className="visually-hidden">{t.list.selection}</span>,
          columnWidth: 44,
          getCheckboxProps: (item) => ({ "aria-label": t.list.selectRow(keyOf(item)) }),
        }
      }
      locale={{ emptyText: <Nothing why={empty} hint={emptyHint} /> }}
    />
  );
}) as <T extends object>(props: Props<T>) => ReactNode;

/** What Ant Design says of a click on a heading. */
function sortedBy(by: { columnKey?: Key; order?: "ascend" | "descend" | null } | readonly unknown[]): Sorting | undefined {
  return "columnKey" in by && by.order ? { key: String(by.columnKey), descending: by.order === "descend" } : undefined;
}

function Nothing({ why, hint }: { why: Props<object>["empty"]; hint?: ReactNode }) {
  const t = useText();
  if (why === "loading") return <span>{t.common.loading}</span>;
  if (why === "failed") return <span>{t.list.failed}</span>;
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={why === "empty" ? t.list.empty : t.list.noMatch}>
      {why === "empty" ? hint : why === "more" && t.list.searchAll}
    </Empty>
  );
}
