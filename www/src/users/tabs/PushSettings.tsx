import { Button, Flex, Skeleton, Typography } from "antd";
import { useCall } from "../../api/use-call";
import { useMoment, useText } from "../../i18n";
import { type Action, act } from "../../kit/action/action";
import { Facts, useMeaning } from "../../kit/detail/Facts";
import { ErrorBox } from "../../kit/ErrorBox";

/** What is pushed to a user, how, and to which devices. */
export function PushSettings({ username, nickname }: { username: string; nickname?: string }) {
  const t = useText();
  const settings = useCall("push.settings.get", { username, chattype: "user", key: username });
  const language = useCall("push.settings.getLanguage", { username });
  const bindings = useCall("push.bindings.get", { username });
  const meaning = useMeaning("PushMode");
  const moment = useMoment();
  const fixed = { username };
  const done = () => t.users.done;
  const run = async (action: Action, then: () => void) => {
    if (await act(action)) then();
  };
  const nothing = () => undefined;
  const buttons: [Action, () => void][] = [
    [{ operation: "push.settings.set", title: t.users.setPush, fixed: { ...fixed, chattype: "user", key: username }, start: { type: settings.data?.type, ignoreInterval: settings.data?.ignoreInterval }, done }, settings.reload],
    [{ operation: "push.settings.setNickname", title: t.users.setNickname, fixed, start: { nickname }, done }, nothing],
    [{ operation: "push.settings.setDisplayStyle", title: t.users.setStyle, fixed, done }, nothing],
    [{ operation: "push.settings.setDoNotDisturb", title: t.users.setQuiet, fixed, done }, nothing],
    [{ operation: "push.settings.setLanguage", title: t.users.setLanguage, fixed, done }, language.reload],
  ];
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} wrap>
        {buttons.map(([action, then]) => (
          <Button key={action.operation} onClick={() => void run(action, then)}>
            {action.title}
          </Button>
        ))}
      </Flex>
      <Typography.Title level={2} className="part">
        {t.users.pushSettings}
      </Typography.Title>
      {settings.failure ? (
        <ErrorBox failure={settings.failure} onRetry={settings.reload} />
      ) : settings.data ? (
        <Facts
          of={settings.data}
          only={["type", "ignoreInterval", "ignoreDuration", "language"]}
          as={{
            type: settings.data.type && meaning(settings.data.type),
            ignoreDuration: settings.data.ignoreDuration ? moment(settings.data.ignoreDuration) : undefined,
            language: language.data?.language && <span data-raw>{language.data.language}</span>,
          }}
          labels={{ type: t.users.pushed, ignoreInterval: t.users.quietDaily, ignoreDuration: t.users.quietUntil, language: t.users.pushLanguage }}
        />
      ) : (
        <Skeleton active />
      )}
      <Typography.Title level={2} className="part">
        {t.users.bindings}
      </Typography.Title>
      {bindings.failure ? (
        <ErrorBox failure={bindings.failure} onRetry={bindings.reload} />
      ) : bindings.data?.length ? (
        bindings.data.map((binding) => <Facts key={binding.device_id} of={binding} only={["device_id", "notifier_name"]} />)
      ) : (
        <Typography.Text type="secondary">{bindings.data ? t.users.noBindings : t.common.loading}</Typography.Text>
      )}
    </Flex>
  );
}
