import { Flex } from "antd";
import { useEffect, useState } from "react";
import { useCall } from "../api/use-call";
import { go } from "../app/router";
import { useText } from "../i18n";
import { DetailDrawer } from "../kit/detail/DetailDrawer";
import { HeadMenu } from "../kit/detail/RowMenu";
import { userActions } from "./actions";
import { StateTag, type User } from "./columns";
import { useUserExtras } from "./extras";
import { Attributes } from "./tabs/Attributes";
import { Blocks, Contacts } from "./tabs/Contacts";
import { Devices } from "./tabs/Devices";
import { JoinedGroups, JoinedRooms, JoinedThreads } from "./tabs/Joined";
import { Overview } from "./tabs/Overview";
import { PushSettings } from "./tabs/PushSettings";

interface Props {
  username?: string;
  onChange: (username: string, next: User | undefined) => void;
}

/** One user with everything that is related. */
export function UserDrawer({ username, onChange }: Props) {
  const t = useText();
  const extras = useUserExtras();
  const call = useCall("users.get", username === undefined ? undefined : { username });
  const [changed, setChanged] = useState<User>();
  useEffect(() => setChanged(undefined), [call.data]);
  const user = changed ?? call.data;
  // What is known besides is asked for anew after each change.
  const [round, setRound] = useState(0);
  const change = (next: User | undefined) => {
    setRound((n) => n + 1);
    if (username !== undefined) onChange(username, next);
    if (next) setChanged(next);
    else go(["users"]);
  };
  const of = username ?? "";
  const { tabs } = t.users;
  return (
    <>
      <DetailDrawer
        section="users"
        name={username}
        kind={t.users.one}
        title={
          user && (
            <Flex gap={10} align="center">
              <span data-raw>{user.username}</span>
              <StateTag activated={user.activated} />
            </Flex>
          )
        }
        extra={user && <HeadMenu name={of} lines={userActions(user, t, change, extras.of(of))} />}
        tabs={[
          { key: "overview", label: tabs.overview, content: () => <Overview key={round} user={user} failure={call.failure} onRetry={call.reload} /> },
          { key: "groups", label: tabs.groups, content: () => <JoinedGroups username={of} /> },
          { key: "rooms", label: tabs.rooms, content: () => <JoinedRooms username={of} /> },
          { key: "threads", label: tabs.threads, content: () => <JoinedThreads username={of} /> },
          { key: "contacts", label: tabs.contacts, content: () => <Contacts username={of} /> },
          { key: "blocks", label: tabs.blocks, content: () => <Blocks username={of} /> },
          { key: "attributes", label: tabs.attributes, content: () => <Attributes username={of} /> },
          { key: "devices", label: tabs.devices, content: () => <Devices username={of} /> },
          { key: "push", label: tabs.push, content: () => <PushSettings username={of} nickname={user?.nickname} /> },
        ]}
      />
      {extras.dialogs}
    </>
  );
}
