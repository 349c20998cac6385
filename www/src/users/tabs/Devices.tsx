import type { Operations } from "agora-chat-admin";
import { Button, Flex, Skeleton, Typography } from "antd";
import { useMemo } from "react";
import { useList } from "../../api/lists";
import { useCall } from "../../api/use-call";
import { useMoment, useText } from "../../i18n";
import { act } from "../../kit/action/action";
import { Facts } from "../../kit/detail/Facts";
import { RowMenu } from "../../kit/detail/RowMenu";
import { ErrorBox } from "../../kit/ErrorBox";
import type { Column } from "../../kit/table/columns";
import { ResourceTable } from "../../kit/table/ResourceTable";

type Device = Operations["users.devices.list"]["result"][number];

/** The devices that a user is online with, and what the user shows of it. */
export function Devices({ username }: { username: string }) {
  const t = useText();
  const listing = useList<Device>("users.devices.list", { username });
  const columns = useMemo(
    (): Column<Device>[] => [
      { key: "device_name", title: t.users.device, text: (d) => d.device_name },
      { key: "res", title: t.groups.id, text: (d) => d.res, render: (d) => <span className="mono">{d.res}</span> },
    ],
    [t],
  );
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={2} className="part">
        {t.users.devices}
      </Typography.Title>
      <ResourceTable<Device>
        name={`${username}-devices`}
        listing={listing}
        columns={columns}
        keyOf={(d) => d.res}
        actions={(d) => (
          <RowMenu
            name={d.device_name}
            lines={[
              {
                label: t.users.logOutDevice,
                danger: true,
                action: { operation: "users.disconnectDevice", title: t.users.logOutDevice, fixed: { username, resource_id: d.res }, danger: true, done: () => t.users.done },
                then: listing.reload,
              },
            ]}
          />
        )}
      />
      <Presence username={username} />
    </Flex>
  );
}

function Presence({ username }: { username: string }) {
  const t = useText();
  const { data, failure, reload } = useCall("presence.getBatch", { username, usernames: [username] });
  const [presence] = data ?? [];
  // Which device shows what; nothing known is an empty list.
  const devices = Object.entries(presence?.status ?? {});
  const moment = useMoment();
  const set = async () => {
    const done = await act({ operation: "presence.setStatus", title: t.users.setStatus, fixed: { username }, start: { resource: "admin", status: "1", ext: presence?.ext }, done: () => t.users.done });
    if (done) reload();
  };
  return (
    <>
      <Flex justify="space-between" align="center" gap={8}>
        <Typography.Title level={2} className="part">
          {t.users.presence}
        </Typography.Title>
        <Button size="small" onClick={() => void set()}>
          {t.users.setStatus}
        </Button>
      </Flex>
      {failure ? (
        <ErrorBox failure={failure} onRetry={reload} />
      ) : !data ? (
        <Skeleton active />
      ) : presence ? (
        <Facts
          of={{}}
          as={{
            status: devices.length ? devices.map(([device, status]) => <div key={device} data-raw>{`${device}: ${status}`}</div>) : t.users.noPresence,
            ext: presence.ext ? <span data-raw>{presence.ext}</span> : undefined,
            last_time: moment(Number(presence.last_time) * 1000),
          }}
        />
      ) : (
        <Typography.Text type="secondary">{t.users.noPresence}</Typography.Text>
      )}
    </>
  );
}
