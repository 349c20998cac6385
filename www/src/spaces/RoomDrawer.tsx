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
import { Admins, AllowList, BlockList, Members, SpaceMutes } from "./People";
import { RoomAttributes } from "./RoomAttributes";
import type { Space } from "./space";

const SHOWN = ["id", "name", "description", "owner", "affiliations_count", "maxusers", "created", "custom"];

/** One chat room with everything in it. */
export function RoomDrawer({ id, onChange }: { id?: string; onChange: () => void }) {
  const t = useText();
  const { data, failure, reload } = useCall("rooms.get", id === undefined ? undefined : { chatroom_id: [id] });
  const room = data?.[0];
  const space: Space = { kind: "rooms", id: id ?? "" };
  const changed = () => {
    reload();
    onChange();
  };
  const gone = () => {
    onChange();
    go(["rooms"]);
  };
  const settings = room && { name: room.name, description: room.description || undefined, maxusers: room.maxusers };
  const { tabs } = t.groups;
  const overview = () =>
    failure ? (
      <ErrorBox failure={failure} onRetry={reload} />
    ) : room ? (
      <Flex vertical gap={12}>
        {room.mute && (
          <div>
            <Tag color="warning" variant="outlined">
              {t.groups.allMuted}
            </Tag>
          </div>
        )}
        <Facts of={room} only={SHOWN} as={room.owner ? { owner: <a href={href(["users", room.owner])}>{room.owner}</a> } : {}} labels={{ affiliations_count: t.groups.members }} />
      </Flex>
    ) : (
      <Skeleton active />
    );
  return (
    <DetailDrawer
      section="rooms"
      name={id}
      kind={t.rooms.one}
      title={room?.name || id}
      extra={room && <HeadMenu name={room.name || space.id} lines={spaceActions(space, { ...room, settings }, t, changed, gone)} />}
      tabs={[
        { key: "overview", label: tabs.overview, content: overview },
        { key: "members", label: tabs.members, content: () => <Members space={space} /> },
        { key: "admins", label: tabs.admins, content: () => <Admins space={space} /> },
        { key: "mutes", label: tabs.mutes, content: () => <SpaceMutes space={space} /> },
        { key: "blocks", label: tabs.blocks, content: () => <BlockList space={space} /> },
        { key: "allow", label: tabs.allow, content: () => <AllowList space={space} /> },
        { key: "announcement", label: tabs.announcement, content: () => <Announcement space={space} /> },
        { key: "attributes", label: tabs.attributes, content: () => <RoomAttributes id={space.id} /> },
      ]}
    />
  );
}
