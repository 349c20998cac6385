import { SearchOutlined } from "../kit/icons";
import { Input, Typography } from "antd";
import { useEffect, useRef } from "react";
import type { Operation } from "../api/catalog";
import type { Directory } from "../api/use-catalog";
import { href, useQuery } from "../app/router";
import { useText } from "../i18n";
import { wordsOf } from "../kit/table/columns";
import { MethodTag } from "./MethodTag";

/** The operations by resource, and the search over them. */
export function OperationList({ directory, chosen }: { directory: Directory; chosen?: string }) {
  const t = useText();
  const [search, setSearch] = useQuery("q");
  const found = directory.find(wordsOf(search));
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // `scrollIntoView` would scroll the page too.
    const box = list.current;
    const link = box?.querySelector<HTMLElement>('[aria-current="page"]');
    if (!box || !link) return;
    const at = link.offsetTop - box.offsetTop;
    if (at < box.scrollTop || at + link.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = at - box.clientHeight / 3;
  }, [chosen]);
  return (
    <div className="operations" onKeyDown={moveFocus}>
      <Input
        allowClear
        data-search
        autoFocus={!chosen}
        prefix={<SearchOutlined />}
        placeholder={t.explorer.search}
        aria-label={t.explorer.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <Typography.Text type="secondary" role="status">
        {t.explorer.found(found.length)}
      </Typography.Text>
      <nav aria-label={t.explorer.title} ref={list} className="operation-list">
        {[...byGroup(found)].map(([group, operations]) => (
          <section key={group}>
            <h2 data-raw>{group}</h2>
            <ul>
              {operations.map((o) => {
                const title = directory.titleOf(o);
                return (
                  <li key={o.id}>
                    <a href={href(["explorer", o.id], { q: search })} aria-current={o.id === chosen ? "page" : undefined}>
                      <MethodTag method={o.method} />
                      <span className="operation-name">
                        <span className="mono">{o.id.slice(group.length + 1)}</span>
                        <span className="operation-title" lang={title.english ? "en" : undefined}>
                          {title.text.replaceAll("`", "")}
                        </span>
                      </span>
                    </a>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
        {found.length === 0 && <p className="hint">{t.explorer.nothing}</p>}
      </nav>
    </div>
  );
}

function byGroup(operations: readonly Operation[]): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const o of operations) groups.set(o.group, [...(groups.get(o.group) ?? []), o]);
  return groups;
}

/** The arrow keys go from operation to operation, and from the search into the list. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const typing = at < 0;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, ...(!typing && { Home: 0, End: links.length - 1 }) }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (to < 0 && !typing) event.currentTarget.querySelector<HTMLElement>("input")?.focus();
  else links[to]?.focus();
}
