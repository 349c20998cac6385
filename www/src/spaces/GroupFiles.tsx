import type { Operations } from "agora-chat-admin";
import { Button, Flex } from "antd";
import { useMemo } from "react";
import { run } from "../api/door";
import { useList } from "../api/lists";
import { useMoment, useText } from "../i18n";
import { act } from "../kit/action/action";
import { RowMenu } from "../kit/detail/RowMenu";
import { isoOf, save } from "../kit/export";
import { useNotify } from "../kit/notify";
import { inBytes } from "../kit/size";
import type { Column } from "../kit/table/columns";
import { ResourceTable } from "../kit/table/ResourceTable";

type File = Operations["groups.files.list"]["result"]["items"][number];

/** The files that a group shares. */
export function GroupFiles({ id }: { id: string }) {
  const t = useText();
  const moment = useMoment();
  const { failed } = useNotify();
  const listing = useList<File>("groups.files.list", { group_id: id, pagesize: 100 });
  const columns = useMemo(
    (): Column<File>[] => [
      { key: "file_name", title: t.groups.fileName, text: (f) => f.file_name },
      { key: "file_size", title: t.groups.fileSize, text: (f) => inBytes(f.file_size), order: (f) => f.file_size, exported: (f) => String(f.file_size) },
      { key: "file_owner", title: t.groups.fileOwner, text: (f) => f.file_owner },
      { key: "created", title: t.groups.created, text: (f) => moment(f.created), order: (f) => f.created, exported: (f) => isoOf(f.created) },
    ],
    [t, moment],
  );
  const fetchFile = async ({ file_id, file_name }: File) => {
    try {
      const file = await run("groups.files.download", { group_id: id, file_id });
      save(file_name, await file.blob());
    } catch (thrown) {
      failed(thrown);
    }
  };
  const upload = async () => {
    if (await act({ operation: "groups.files.upload", title: t.groups.upload, fixed: { group_id: id }, done: () => t.groups.done })) listing.reload();
  };
  return (
    <Flex vertical gap={12}>
      <div>
        <Button onClick={() => void upload()}>{t.groups.upload}</Button>
      </div>
      <ResourceTable<File>
        name={`${id}-files`}
        listing={listing}
        columns={columns}
        keyOf={(f) => f.file_id}
        actions={(f) => (
          <RowMenu
            name={f.file_name}
            lines={[
              { label: t.groups.download, onClick: () => void fetchFile(f) },
              {
                label: t.groups.deleteFile,
                danger: true,
                action: { operation: "groups.files.delete", title: t.groups.deleteFile, fixed: { group_id: id, file_id: f.file_id }, danger: true, done: () => t.groups.done },
                then: listing.reload,
              },
            ]}
          />
        )}
      />
    </Flex>
  );
}
