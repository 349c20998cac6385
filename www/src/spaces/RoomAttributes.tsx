import { Button, Flex, Skeleton, Typography } from "antd";
import { useCall } from "../api/use-call";
import { useText } from "../i18n";
import { type Action, act } from "../kit/action/action";
import { AttributeTable } from "../kit/detail/AttributeTable";
import { ErrorBox } from "../kit/ErrorBox";

/** A chat room's own attributes. Set here, they belong to the user who is named, over anyone else's. */
export function RoomAttributes({ id }: { id: string }) {
  const t = useText();
  const { data, failure, reload } = useCall("rooms.attributes.get", { chatroom_id: id });
  const run = async (action: Action) => {
    if (await act(action)) reload();
  };
  if (failure) return <ErrorBox failure={failure} onRetry={reload} />;
  if (!data) return <Skeleton active />;
  const fixed = { chatroom_id: id };
  const keys = Object.keys(data);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <Button onClick={() => void run({ operation: "rooms.attributes.setForced", title: t.rooms.setAttributes, why: t.rooms.setAttributesWhy, fixed, start: { metaData: keys.length > 0 ? data : undefined }, done: () => t.groups.done })}>
          {t.rooms.setAttributes}
        </Button>
        {keys.length > 0 && (
          <Button danger onClick={() => void run({ operation: "rooms.attributes.deleteForced", title: t.rooms.deleteAttributes, fixed, start: { keys }, danger: true, done: () => t.groups.done })}>
            {t.rooms.deleteAttributes}
          </Button>
        )}
      </Flex>
      {keys.length ? <AttributeTable of={data} /> : <Typography.Text type="secondary">{t.rooms.noAttributes}</Typography.Text>}
    </Flex>
  );
}
