import { Button, Card, Checkbox, Flex } from "antd";
import { type Key, type ReactNode, useDeferredValue, useMemo, useState } from "react";
import type { Listing } from "../../api/lists";
import { useText } from "../../i18n";
import { ErrorBox } from "../ErrorBox";
import { saveList } from "../export";
import { type Column, matcher, sorted, wordsOf } from "./columns";
import type { Format } from "./ExportMenu";
import { Rows } from "./Rows";
import { useFilter, useShown, useSorting } from "./state";
import { Toolbar } from "./Toolbar";

interface Props<T> {
  /** Names exported files. */
  name: string;
  listing: Listing<T>;
  columns: readonly Column<T>[];
  keyOf: (item: T) => string;
  onOpen?: (item: T) => void;
  actions?: (item: T) => ReactNode;
  /** What can be done with those selected; without it nothing can be selected. */
  bulk?: (selected: readonly T[], clear: () => void) => ReactNode;
  extra?: ReactNode;
  emptyHint?: ReactNode;
  /** Whether it is what its place is about: then its filter and order are in the address, and its columns are remembered. */
  main?: boolean;
}

/** A list that grows, with its filter, columns, export and selection. */
export function ResourceTable<T extends object>(props: Props<T>) {
  const { name, listing, columns, keyOf, onOpen, actions, bulk, extra, emptyHint } = props;
  const t = useText();
  const [filter, setFilter] = useFilter(props.main);
  const [sorting, setSorting] = useSorting(props.main);
  const [shown, setShown] = useShown(props.main ? name : undefined, columns);
  const [chosen, setChosen] = useState<readonly Key[]>([]);
  // Typing goes first; a long list follows when there is time.
  const wanted = useDeferredValue(filter);
  const match = useMemo(() => matcher(columns), [columns]);
  const matching = useMemo(() => {
    const words = wordsOf(wanted);
    return words.length ? listing.items.filter(match(words)) : listing.items;
  }, [listing.items, match, wanted]);
  const items = useMemo(() => {
    const column = columns.find((c) => c.key === sorting?.key);
    return column && sorting ? sorted(matching, column, sorting.descending) : matching;
  }, [matching, columns, sorting?.key, sorting?.descending]);
  const selected = useMemo(() => {
    const keys = new Set(chosen);
    return listing.items.filter((item) => keys.has(keyOf(item)));
  }, [listing.items, chosen]);
  const chosenHere = useMemo(() => {
    if (selected.length === 0) return 0;
    const keys = new Set(chosen);
    return items.reduce((count, item) => count + Number(keys.has(keyOf(item))), 0);
  }, [items, selected, chosen]);

  const exportAs = (format: Format) =>
    saveList(name, format, selected.length ? selected : items, columns.map((c) => c.key), (item) => columns.map((c) => (c.exported ?? c.text)(item)));

  const loading = listing.state === "loading";
  return (
    <Flex vertical gap={12}>
      <Card styles={{ body: { padding: 0 } }} className="list">
        <Toolbar
          filter={filter}
          onFilter={setFilter}
          counter={wanted.trim() ? t.list.shown(items.length, listing.items.length) : t.list.loaded(listing.items.length, listing.more)}
          columns={columns}
          shown={shown}
          onShown={setShown}
          onExport={exportAs}
          onReload={listing.reload}
          extra={
            <>
              {bulk && items.length > 0 && (
                <Checkbox
                  checked={chosenHere === items.length}
                  indeterminate={selected.length > 0 && chosenHere < items.length}
                  onChange={(event) => setChosen(event.target.checked ? [...new Set([...chosen, ...items.map(keyOf)])] : [])}
                >
                  {t.list.selectAll}
                </Checkbox>
              )}
              {extra}
            </>
          }
        />
        {bulk && selected.length > 0 && (
          <Flex gap={8} align="center" wrap className="toolbar selection" role="region" aria-label={t.list.selected(selected.length)}>
            <strong>{t.list.selected(selected.length)}</strong>
            {bulk(selected, () => setChosen([]))}
            <Button type="link" onClick={() => setChosen([])}>
              {t.list.clearSelection}
            </Button>
          </Flex>
        )}
        <Rows<T>
          items={items}
          columns={columns}
          shown={shown}
          sorting={sorting}
          onSorting={setSorting}
          keyOf={keyOf}
          onOpen={onOpen}
          actions={actions}
          chosen={bulk && chosen}
          onChosen={setChosen}
          empty={items.length > 0 ? "" : loading ? "loading" : listing.state === "failed" ? "failed" : wanted.trim() === "" ? "empty" : listing.more ? "more" : "noMatch"}
          emptyHint={emptyHint}
        />
      </Card>
      {listing.failure && <ErrorBox failure={listing.failure} onRetry={listing.items.length ? listing.loadMore : listing.reload} />}
      {listing.more && (
        <Flex gap={8} justify="center">
          {loading ? (
            <Button onClick={listing.stop}>{t.list.stop}</Button>
          ) : (
            <>
              <Button onClick={listing.loadMore}>{t.list.loadMore}</Button>
              <Button onClick={listing.loadAll}>{t.list.loadAll}</Button>
            </>
          )}
        </Flex>
      )}
    </Flex>
  );
}
