import { ImportOutlined, PlusOutlined } from "../kit/icons";
import { Button, Checkbox, Dropdown } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { useList } from "../api/lists";
import { guarded } from "../app/Lock";
import { go, useQuery, usePlace } from "../app/router";
import { useText } from "../i18n";
import { type Action, act } from "../kit/action/action";
import { RowMenu } from "../kit/detail/RowMenu";
import { Find } from "../kit/Find";
import { PageHead } from "../kit/PageHead";
import { ResourceTable } from "../kit/table/ResourceTable";
import { bulkActions, userActions } from "./actions";
import { type User, useUserColumns } from "./columns";
import { UserDrawer } from "./UserDrawer";
import { useUserExtras } from "./extras";

const PAGE = { limit: 50 };
const Import = lazy(() => import("./Import"));

/** The users of the app. */
export default function Users() {
  const t = useText();
  const columns = useUserColumns();
  const listing = useList<User>("users.list", PAGE);
  const [importing, setImporting] = useState(false);
  const [banned, setBanned] = useQuery("banned");
  const items = useMemo(() => (banned ? listing.items.filter((user) => !user.activated) : listing.items), [listing.items, banned]);
  const opened = usePlace().path[1];
  const extras = useUserExtras();
  const change = (username: string, next: User | undefined) => listing.patch((user) => (user.username === username ? next : user));
  const changeMany = (names: ReadonlySet<string>, how: (user: User) => User | undefined) =>
    listing.patch((user) => (names.has(user.username) ? how(user) : user));
  const register = async () => {
    const registered = await act({
      operation: "users.register",
      title: t.users.register,
      done: (data) => t.users.registered((data as User).username),
    });
    if (registered) listing.reload();
  };
  return (
    <>
      <PageHead
        title={t.users.title}
        actions={
          <>
            <Find label={t.users.find} onFind={(id) => go(["users", id.toLowerCase()])} />
            <Button icon={<ImportOutlined />} onClick={() => guarded(() => setImporting(true))}>
              {t.users.import}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => void register()}>
              {t.users.register}
            </Button>
          </>
        }
      />
      <ResourceTable
        name="users"
        main
        listing={{ ...listing, items }}
        columns={columns}
        keyOf={(user) => user.username}
        onOpen={(user) => go(["users", user.username])}
        actions={(user) => (
          <RowMenu name={user.username} lines={userActions(user, t, (next) => change(user.username, next), extras.of(user.username))} />
        )}
        bulk={(selected, clear) => <BulkBar names={selected.map((user) => user.username)} onChange={changeMany} onBegun={clear} />}
        extra={
          <Checkbox checked={banned !== ""} onChange={(event) => setBanned(event.target.checked ? "1" : "")}>
            {t.users.onlyBanned}
          </Checkbox>
        }
        emptyHint={t.users.emptyHint}
      />
      {importing && (
        <Suspense>
          <Import onClose={() => setImporting(false)} onDone={listing.reload} />
        </Suspense>
      )}
      <UserDrawer username={opened} onChange={change} />
      {extras.dialogs}
    </>
  );
}

interface BulkProps {
  names: readonly string[];
  onChange: (names: ReadonlySet<string>, how: (user: User) => User | undefined) => void;
  onBegun: () => void;
}

/** What can be done with those selected: the common ones as buttons, the rest in a menu. */
function BulkBar({ names, onChange, onBegun }: BulkProps) {
  const t = useText();
  const to = names.join(",");
  const run = (action: Action) => void act(action).then((begun) => begun && onBegun());
  const [first, rest] = bulkActions(names, t, onChange);
  const items = [
    { key: "push", label: t.users.push, danger: false, onClick: () => go(["push", "send"], { to }) },
    ...rest.map((action) => ({ key: action.title, label: action.title, danger: action.danger ?? false, onClick: () => run(action) })),
  ];
  return (
    <>
      {first.map((action) => (
        <Button key={action.title} size="small" danger={action.danger} onClick={() => run(action)}>
          {action.title}
        </Button>
      ))}
      <Button size="small" onClick={() => go(["messages"], { to })}>
        {t.users.message}
      </Button>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button size="small">{t.common.more}</Button>
      </Dropdown>
    </>
  );
}
