import { Tag, Typography } from "antd";
import type { Operations } from "agora-chat-admin";
import { useMemo } from "react";
import { useMoment, useText } from "../i18n";
import { isoOf } from "../kit/export";
import type { Column } from "../kit/table/columns";
import { href } from "../app/router";

export type User = Operations["users.list"]["result"]["items"][number];

/** Whether a user may log in. */
export function StateTag({ activated }: { activated: boolean }) {
  const t = useText();
  return (
    <Tag variant="outlined" color={activated ? "success" : "error"}>
      {activated ? t.users.active : t.users.banned}
    </Tag>
  );
}

export function useUserColumns(): readonly Column<User>[] {
  const t = useText();
  const moment = useMoment();
  return useMemo(
    () => [
      {
        key: "username",
        title: t.users.username,
        text: (user) => user.username,
        render: (user) => <a href={href(["users", user.username])}>{user.username}</a>,
        width: 200,
      },
      { key: "nickname", title: t.users.nickname, text: (user) => user.nickname ?? "" },
      {
        key: "activated",
        title: t.users.state,
        text: (user) => (user.activated ? t.users.active : t.users.banned),
        render: (user) => <StateTag activated={user.activated} />,
        width: 130,
      },
      { key: "created", title: t.users.created, text: (user) => moment(user.created), order: (user) => user.created, exported: (user) => isoOf(user.created), width: 200 },
      { key: "modified", title: t.users.modified, text: (user) => moment(user.modified), order: (user) => user.modified, exported: (user) => isoOf(user.modified), width: 200, hidden: true },
      {
        key: "uuid",
        title: t.users.uuid,
        text: (user) => user.uuid,
        render: (user) => (
          <Typography.Text className="mono" copyable={{ tooltips: false }}>
            {user.uuid}
          </Typography.Text>
        ),
        width: 340,
        hidden: true,
      },
    ],
    [t, moment],
  );
}
