import { Button, Flex } from "antd";
import type { OperationId } from "agora-chat-admin";
import { type ReactNode, useMemo } from "react";
import type { Params } from "../../api/door";
import { useList } from "../../api/lists";
import { href } from "../../app/router";
import { useText } from "../../i18n";
import { type Action, act } from "../action/action";
import type { Column } from "../table/columns";
import { ResourceTable } from "../table/ResourceTable";
import { type MenuLine, RowMenu } from "./RowMenu";

/** A user as a row. */
export interface Named {
  name: string;
  /** What else is known, in a word. */
  note?: string;
  /** What it is ordered by. */
  rank?: number;
}

interface Props<T> {
  operation: OperationId;
  params: Params;
  /** Names exported files. */
  file: string;
  /** Makes one item of those about the same user, where the platform tells of a user in several. */
  gather?: (items: readonly T[]) => readonly T[];
  /** Makes a row of an item; items that are texts need none. */
  row?: (item: T) => Named;
  /** What the note is called; without it there is no such column. */
  noteTitle?: string;
  /** What can be done with one; `reload` shows what came of it. */
  actions?: (item: Named) => readonly (MenuLine | undefined)[];
  /** What can be done with several. */
  bulk?: (names: readonly string[]) => readonly { label: string; danger?: boolean; action: Action }[];
  /** What can be done with the list. */
  head?: readonly Action[];
  extra?: ReactNode;
}

/** A list of users: those of a group, a block list, a label. */
export function NameList<T = string>({ operation, params, file, gather, row, noteTitle, actions, bulk, head = [], extra }: Props<T>) {
  const t = useText();
  const listing = useList<T>(operation, params);
  const items = useMemo(
    () => (gather ? gather(listing.items) : listing.items).map(row ?? ((item) => ({ name: String(item) }))),
    [listing.items, t],
  );
  const columns = useMemo(
    (): Column<Named>[] => [
      { key: "username", title: t.users.username, text: (r) => r.name, render: (r) => <a href={href(["users", r.name])}>{r.name}</a> },
      ...(noteTitle ? [{ key: "note", title: noteTitle, text: (r: Named) => r.note ?? "", order: (r: Named) => r.rank ?? r.note ?? "" }] : []),
    ],
    [t, noteTitle],
  );
  const run = async (action: Action) => {
    if (await act({ ...action, over: listing.reload })) listing.reload();
  };
  return (
    <Flex vertical gap={12}>
      {(head.length > 0 || extra) && (
        <Flex gap={8} wrap>
          {head.map((action) => (
            <Button key={action.operation} danger={action.danger} onClick={() => void run(action)}>
              {action.title}
            </Button>
          ))}
          {extra}
        </Flex>
      )}
      <ResourceTable<Named>
        name={file}
        listing={{ ...listing, items, patch: none }}
        columns={columns}
        keyOf={(r) => r.name}
        actions={
          actions && ((r) => <RowMenu name={r.name} lines={actions(r).map((line) => line && { then: listing.reload, ...line })} />)
        }
        bulk={
          bulk &&
          ((selected, clear) =>
            bulk(selected.map((r) => r.name)).map(({ label, danger, action }) => (
              <Button key={label} size="small" danger={danger} onClick={() => void act({ ...action, over: listing.reload }).then((begun) => begun && clear())}>
                {label}
              </Button>
            )))
        }
      />
    </Flex>
  );
}

/** Rows are made of items, and are not changed by themselves. */
const none = () => undefined;
