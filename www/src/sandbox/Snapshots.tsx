import { CloseOutlined } from "../kit/icons";
import { Button, Flex, Input, Typography, Upload } from "antd";
import { useState } from "react";
import { useText } from "../i18n";
import { Ask } from "../kit/Ask";
import { ErrorBox } from "../kit/ErrorBox";
import { save, stamped } from "../kit/export";
import { useNotify } from "../kit/notify";
import { ask, useAsk } from "./ask";
import { Panel } from "./Panel";

/** States to come back to, in the sandbox and as files. */
export function Snapshots({ onRestored }: { onRestored: () => void }) {
  const t = useText();
  const { done, failed } = useNotify();
  const { data, failure, reload } = useAsk<{ snapshots: readonly string[] }>("snapshots");
  const [name, setName] = useState("");
  const path = (of: string) => `snapshots/${encodeURIComponent(of)}`;
  const take = () => {
    if (name.trim()) void ask("POST", path(name.trim())).then(() => (setName(""), reload()), failed);
  };
  const restore = (of: string) => void ask("POST", `${path(of)}/restore`).then(() => (done(t.sandbox.restored(of)), onRestored()), failed);
  const download = () => void ask<object>("GET", "export").then((state) => save(stamped("sandbox", "json"), JSON.stringify(state)), failed);
  const upload = (file: File) => void file.text().then((text) => ask("POST", "import", text)).then(() => (done(t.sandbox.imported), onRestored()), failed);
  return (
    <Panel title={t.sandbox.snapshots}>
      <Flex vertical gap={10}>
        <Flex gap={8}>
          <Input aria-label={t.sandbox.snapshotName} placeholder={t.sandbox.snapshotName} value={name} onChange={(e) => setName(e.target.value)} onPressEnter={take} />
          <Button onClick={take} disabled={!name.trim()}>
            {t.sandbox.take}
          </Button>
        </Flex>
        {failure && <ErrorBox failure={failure} onRetry={reload} />}
        {data?.snapshots.length === 0 && <Typography.Text type="secondary">{t.sandbox.noSnapshots}</Typography.Text>}
        {data?.snapshots.map((one) => (
          <Flex key={one} justify="space-between" align="center">
            <span data-raw>{one}</span>
            <Flex gap={4}>
              <Button size="small" onClick={() => restore(one)}>
                {t.sandbox.restore}
              </Button>
              <Ask
                title={`${t.sandbox.remove(one)} ${t.confirm.irreversible}`}
                okText={t.common.remove}
                onConfirm={() => void ask("DELETE", path(one)).then(reload, failed)}
              >
                <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t.sandbox.remove(one)} />
              </Ask>
            </Flex>
          </Flex>
        ))}
        <Flex gap={8}>
          <Button size="small" onClick={download}>
            {t.sandbox.export}
          </Button>
          <Upload showUploadList={false} accept=".json" beforeUpload={(file) => (upload(file), false)}>
            <Button size="small">{t.sandbox.import}</Button>
          </Upload>
        </Flex>
      </Flex>
    </Panel>
  );
}
