import { MoreOutlined } from "../kit/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { run } from "../api/door";
import { guarded } from "../app/Lock";
import { useText } from "../i18n";
import { Confirm } from "../kit/Confirm";
import { useNotify } from "../kit/notify";
import type { User } from "./columns";

/** What can be done with one user. */
export function UserActions({ user, onChange }: { user: User; onChange: (next: User | undefined) => void }) {
  const t = useText();
  const { done, failed } = useNotify();
  const [asking, setAsking] = useState<"delete" | "deactivate">();
  const { username } = user;
  const activate = async () => {
    try {
      await run("users.activate", { username });
      done(t.users.activated(username));
      onChange({ ...user, activated: true });
    } catch (thrown) {
      failed(thrown);
    }
  };
  const items = [
    user.activated
      ? { key: "deactivate", label: t.users.deactivate, onClick: () => guarded(() => setAsking("deactivate")) }
      : { key: "activate", label: t.users.activate, onClick: () => guarded(() => void activate()) },
    { key: "delete", label: t.users.delete, danger: true, onClick: () => guarded(() => setAsking("delete")) },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t.users.actionsFor(username)} />
      </Dropdown>
      <Confirm
        open={asking === "deactivate"}
        title={t.users.deactivateTitle(username)}
        why={t.users.deactivateWhy}
        okText={t.users.deactivate}
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          const next = await run("users.deactivate", { username });
          done(t.users.deactivated(username));
          onChange({ ...user, ...next, activated: false });
        }}
      />
      <Confirm
        open={asking === "delete"}
        title={t.users.deleteTitle(username)}
        why={t.users.deleteWhy}
        name={username}
        okText={t.users.delete}
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await run("users.delete", { username });
          done(t.users.deleted(username));
          onChange(undefined);
        }}
      />
    </>
  );
}
