import { Button, Flex, Skeleton, Tag } from "antd";
import type { ReactNode } from "react";
import type { Failure } from "../../api/failure";
import { useCall } from "../../api/use-call";
import { useText } from "../../i18n";
import { act } from "../../kit/action/action";
import { Facts } from "../../kit/detail/Facts";
import { ErrorBox } from "../../kit/ErrorBox";
import { StateTag, type User } from "../columns";

const FIRST = ["username", "nickname", "activated", "created", "modified", "uuid"];

/** Who the user is, and how the user fares: connection, messages waiting, mutes. */
export function Overview({ user, failure, onRetry }: { user?: User; failure?: Failure; onRetry: () => void }) {
  const t = useText();
  if (failure) return <ErrorBox failure={failure} onRetry={onRetry} />;
  if (!user) return <Skeleton active />;
  const { username } = user;
  return (
    <Flex vertical gap={16}>
      <Facts
        of={user}
        only={[...FIRST, ...Object.keys(user).filter((name) => !FIRST.includes(name) && name !== "type")]}
        as={{ activated: <StateTag activated={user.activated} />, uuid: <span className="mono">{user.uuid}</span> }}
        labels={{ nickname: t.users.nickname, activated: t.users.state, created: t.users.created, modified: t.users.modified, uuid: t.users.uuid }}
      />
      <Now username={username} />
    </Flex>
  );
}

function Now({ username }: { username: string }) {
  const t = useText();
  const status = useCall("users.status.get", { username });
  const waiting = useCall("users.offlineMessages.count", { owner_username: username });
  const mutes = useCall("mutes.get", { username });
  const change = async () => {
    const { chat, groupchat, chatroom }: MuteTimes = mutes.data ?? {};
    const start = { chat, groupchat, chatroom };
    if (await act({ operation: "mutes.set", title: t.users.changeMutes, fixed: { username }, start, done: () => t.users.done })) mutes.reload();
  };
  const online = status.data && Object.values(status.data)[0];
  return (
    <Facts
      of={{}}
      as={{
        online: or(status, online && <Tag color={online === "online" ? "success" : "default"} variant="outlined">{online === "online" ? t.users.onlineNow : t.users.offlineNow}</Tag>),
        waiting: or(waiting, waiting.data && String(Object.values(waiting.data)[0] ?? "")),
        mutes: or(
          mutes,
          mutes.data && (
            <Flex justify="space-between" align="center" gap={8}>
              <Mutes of={mutes.data} />
              <Button size="small" onClick={() => void change()}>
                {t.users.changeMutes}
              </Button>
            </Flex>
          ),
        ),
      }}
      labels={{ online: t.users.online, waiting: t.users.waiting, mutes: t.users.mutes }}
    />
  );
}

/** What a call told, or in a word why it did not. */
function or({ loading, failure }: { loading: boolean; failure?: Failure }, shown: ReactNode): ReactNode {
  if (loading) return "…";
  return failure ? <span lang="en">{failure.code ?? failure.message}</span> : shown;
}

export interface MuteTimes {
  chat?: number;
  groupchat?: number;
  chatroom?: number;
}

/** How long a user is muted where. */
export function Mutes({ of }: { of: MuteTimes }) {
  return <span>{useMuteText()(of)}</span>;
}

/** The same as text. */
export function useMuteText(): (of: MuteTimes) => string {
  const t = useText();
  return (of) => {
    const parts = (["chat", "groupchat", "chatroom"] as const)
      .filter((where) => of[where])
      .map((where) => t.users.for(t.users.mutedIn[where], of[where] === -1 ? t.users.forever : t.durations.of((of[where] ?? 0) * 1000)));
    return parts.length ? parts.join("; ") : t.users.notMuted;
  };
}
