import { Button, Flex, Skeleton, Typography } from "antd";
import { useCall } from "../../api/use-call";
import { useText } from "../../i18n";
import { type Action, act } from "../../kit/action/action";
import { AttributeTable } from "../../kit/detail/AttributeTable";
import { ErrorBox } from "../../kit/ErrorBox";

/** A user's attributes: nickname, avatar, whatever the app keeps there. */
export function Attributes({ username }: { username: string }) {
  const t = useText();
  const { data, failure, reload } = useCall("attributes.get", { username });
  const run = async (action: Action) => {
    if (await act(action)) reload();
  };
  if (failure) return <ErrorBox failure={failure} onRetry={reload} />;
  if (!data) return <Skeleton active />;
  const done = () => t.users.done;
  const some = Object.keys(data).length > 0;
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <Button onClick={() => void run({ operation: "attributes.set", title: t.users.setAttributes, why: t.users.setAttributesWhy, fixed: { username }, start: { attributes: some ? data : undefined }, done })}>
          {t.users.setAttributes}
        </Button>
        {some && (
          <Button danger onClick={() => void run({ operation: "attributes.delete", title: t.users.deleteAttributes, fixed: { username }, danger: true, typed: username, done })}>
            {t.users.deleteAttributes}
          </Button>
        )}
      </Flex>
      {some ? <AttributeTable of={data} /> : <Typography.Text type="secondary">{t.users.noAttributes}</Typography.Text>}
    </Flex>
  );
}
