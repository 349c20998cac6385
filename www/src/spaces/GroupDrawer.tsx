import { Flex, Skeleton, Tag } from "antd";
import { useCall } from "../api/use-call";
import { go, href } from "../app/router";
import { useText } from "../i18n";
import { DetailDrawer } from "../kit/detail/DetailDrawer";
import { Facts } from "../kit/detail/Facts";
import { HeadMenu } from "../kit/detail/RowMenu";
import { ErrorBox } from "../kit/ErrorBox";
import { spaceActions } from "./actions";
import { Announcement } from "./Announcement";
import { GroupFiles } from "./GroupFiles";
import { Admins, AllowList, BlockList, Members, SpaceMutes } from "./People";
import type { Space } from "./space";

const SHOWN = ["id", "name", "description", "owner", "affiliations_count", "maxusers", "public", "membersonly", "allowinvites", "created", "custom", "avatar"];

/** One group with everything in it. */
export function GroupDrawer({ id, onChange }: { id?: string; onChange: () => void }) {
  const t = useText();
  const { data, failure, reload } = useCall("groups.get", id === undefined ? undefined : { group_ids: [id] });
  const group = data?.[0];
  const space: Space = { kind: "groups", id: id ?? "" };
  const changed = () => {
    reload();
    onChange();
  };
  const gone = () => {
    onChange();
    go(["groups"]);
  };
  const settings = group && {
    groupname: group.name,
    description: group.description || undefined,
    maxusers: group.maxusers,
    membersonly: group.membersonly,
    allowinvites: group.allowinvites,
    custom: group.custom || undefined,
  };
  const { tabs } = t.groups;
  const overview = () =>
    failure ? (
      <ErrorBox failure={failure} onRetry={reload} />
    ) : group ? (
      <Flex vertical gap={12}>
        <Flex gap={8}>
          {group.disabled && <Tag color="error" variant="outlined">{t.groups.banned}</Tag>}
          {group.mute && <Tag color="warning" variant="outlined">{t.groups.allMuted}</Tag>}
        </Flex>
        <Facts of={group} only={SHOWN} as={{ owner: <a href={href(["users", group.owner])}>{group.owner}</a> }} labels={{ affiliations_count: t.groups.members }} />
      </Flex>
    ) : (
      <Skeleton active />
    );
  return (
    <DetailDrawer
      section="groups"
      name={id}
      kind={t.groups.one}
      title={group?.name || id}
      extra={group && <HeadMenu name={group.name || space.id} lines={spaceActions(space, { ...group, settings }, t, changed, gone)} />}
      tabs={[
        { key: "overview", label: tabs.overview, content: overview },
        { key: "members", label: tabs.members, content: () => <Members space={space} /> },
        { key: "admins", label: tabs.admins, content: () => <Admins space={space} /> },
        { key: "mutes", label: tabs.mutes, content: () => <SpaceMutes space={space} /> },
        { key: "blocks", label: tabs.blocks, content: () => <BlockList space={space} /> },
        { key: "allow", label: tabs.allow, content: () => <AllowList space={space} /> },
        { key: "announcement", label: tabs.announcement, content: () => <Announcement space={space} /> },
        { key: "files", label: tabs.files, content: () => <GroupFiles id={space.id} /> },
      ]}
    />
  );
}
