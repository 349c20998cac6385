import { Descriptions, Drawer, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { useCall } from "../api/use-call";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { useUserColumns, type User } from "./columns";
import { UserActions } from "./UserActions";

interface Props {
  username?: string;
  onChange: (username: string, next: User | undefined) => void;
  onClose: () => void;
}

/** One user, fetched when opened. */
export function UserDrawer({ username, onChange, onClose }: Props) {
  const t = useText();
  const columns = useUserColumns();
  const { data, failure, reload } = useCall("users.get", username === undefined ? undefined : { username });
  const [changed, setChanged] = useState<User>();
  useEffect(() => setChanged(undefined), [data]);
  const user = changed ?? data;
  const change = (next: User | undefined) => {
    if (username !== undefined) onChange(username, next);
    if (next) setChanged(next);
    else onClose();
  };
  return (
    <Drawer
      open={username !== undefined}
      title={username}
      size={720}
      onClose={onClose}
      extra={user && <UserActions user={user} onChange={change} />}
      aria-label={`${t.users.title}: ${username ?? ""}`}
    >
      {failure ? (
        <ErrorBox failure={failure} onRetry={reload} />
      ) : user ? (
        <Descriptions column={1} bordered size="small" items={columns.map((c) => ({ key: c.key, label: c.title, children: c.key === "username" ? user.username : (c.render?.(user) ?? c.text(user)) }))} />
      ) : (
        <Skeleton active />
      )}
    </Drawer>
  );
}
