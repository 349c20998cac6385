import type { Operations } from "agora-chat-admin";
import { Button, Flex, Typography } from "antd";
import { useMemo } from "react";
import { useList } from "../api/lists";
import { go, href } from "../app/router";
import { useMoment, useText } from "../i18n";
import { act } from "../kit/action/action";
import { NameList } from "../kit/detail/NameList";
import { RowMenu } from "../kit/detail/RowMenu";
import { isoOf } from "../kit/export";
import type { Column } from "../kit/table/columns";
import { ResourceTable } from "../kit/table/ResourceTable";

type Label = Operations["push.labels.list"]["result"]["items"][number];
type LabelUser = Operations["push.labels.listUsers"]["result"]["items"][number];

const PAGE = { limit: 50 };

/** The labels of the app. */
export function Labels() {
  const t = useText();
  const moment = useMoment();
  const listing = useList<Label>("push.labels.list", PAGE);
  const done = () => t.push.done;
  const columns = useMemo(
    (): Column<Label>[] => [
      { key: "name", title: t.push.label, text: (l) => l.name, render: (l) => <a href={href(["push", "labels", l.name])}>{l.name}</a> },
      { key: "description", title: t.push.description, text: (l) => l.description ?? "" },
      { key: "count", title: t.push.users, text: (l) => String(l.count ?? ""), order: (l) => l.count ?? 0 },
      { key: "createdAt", title: t.groups.created, text: (l) => moment(l.createdAt), order: (l) => l.createdAt, exported: (l) => isoOf(l.createdAt) },
    ],
    [t, moment],
  );
  const create = async () => {
    if (await act({ operation: "push.labels.create", title: t.push.createLabel, done })) listing.reload();
  };
  return (
    <Flex vertical gap={12}>
      <div>
        <Button onClick={() => void create()}>{t.push.createLabel}</Button>
      </div>
      <ResourceTable<Label>
        name="labels"
        main
        listing={listing}
        columns={columns}
        keyOf={(l) => l.name}
        onOpen={(l) => go(["push", "labels", l.name])}
        actions={({ name }) => (
          <RowMenu
            name={name}
            lines={[
              { label: t.push.pushTo, onClick: () => go(["push", "send"], { to: name, kind: "labels" }) },
              { label: t.push.addUsers, action: { operation: "push.labels.addUsers", title: t.push.addUsers, fixed: { labelname: name }, done }, then: listing.reload },
              { label: t.push.deleteLabel, danger: true, action: { operation: "push.labels.delete", title: t.push.deleteLabel, fixed: { labelname: name }, typed: name, done }, then: listing.reload },
            ]}
          />
        )}
      />
    </Flex>
  );
}

/** The users of one label. */
export function LabelUsers({ label }: { label: string }) {
  const t = useText();
  const moment = useMoment();
  const fixed = { labelname: label };
  const done = () => t.push.done;
  return (
    <Flex vertical gap={8}>
      <a href={href(["push", "labels"])}>← {t.push.back}</a>
      <Typography.Title level={2} className="part">
        {t.push.labelUsers} <span data-raw>{label}</span>
      </Typography.Title>
      <NameList<LabelUser>
        operation="push.labels.listUsers"
        params={{ ...fixed, limit: 50 }}
        file={`label-${label}`}
        row={({ username, created }) => ({ name: username, note: moment(created), rank: created })}
        noteTitle={t.push.since}
        head={[{ operation: "push.labels.addUsers", title: t.push.addUsers, fixed, done }]}
        actions={({ name }) => [
          { label: t.push.removeUsers, danger: true, action: { operation: "push.labels.removeUsers", title: t.push.removeUsers, fixed: { ...fixed, usernames: [name] }, danger: true, done } },
        ]}
        bulk={(names) => [
          {
            label: t.push.removeUsers,
            danger: true,
            action: { operation: "push.labels.removeUsers", title: t.push.removeUsers, fixed, danger: true, each: { items: names, as: "usernames" } },
          },
        ]}
        extra={<Button onClick={() => go(["push", "send"], { to: label, kind: "labels" })}>{t.push.pushTo}</Button>}
      />
    </Flex>
  );
}
