import { UploadOutlined } from "../kit/icons";
import { Alert, Button, Checkbox, Flex, Progress, Upload } from "antd";
import { useEffect, useRef, useState } from "react";
import { failureOf, type Failure } from "../api/failure";
import { guarded } from "../app/Lock";
import { percentOf, type Progress as Told, uploadFile } from "../files/upload";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { inBytes } from "../kit/size";
import { bodyOf, MEDIA, type MessageType } from "./content";

interface Props {
  type: MessageType;
  onUploaded: (body: Record<string, unknown>) => void;
}

/** Uploads the file of a message and fills in what the message says of it. */
export function MediaField({ type, onUploaded }: Props) {
  const t = useText();
  const [restricted, setRestricted] = useState(false);
  const [now, setNow] = useState<{ name: string; size: number; percent?: number; preview?: string; failure?: Failure }>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => () => void (now?.preview && URL.revokeObjectURL(now.preview)), [now?.preview]);
  const upload = async (file: File) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    const shown = { name: file.name, size: file.size, preview: type === "img" ? URL.createObjectURL(file) : undefined };
    setNow({ ...shown, percent: 0 });
    try {
      const onProgress = (progress: Told) => setNow({ ...shown, percent: percentOf(progress) });
      const [body, uploaded] = await Promise.all([bodyOf(file, type), uploadFile(file, { restricted, signal, onProgress })]);
      setNow({ ...shown, percent: 100 });
      onUploaded({ ...body, url: uploaded.url, ...(restricted && { secret: uploaded.secret }) });
    } catch (thrown) {
      setNow(signal.aborted ? undefined : { ...shown, failure: failureOf(thrown) });
    }
  };
  const busy = now?.percent !== undefined && now.percent < 100;
  return (
    <Flex vertical gap={8} className="field">
      <Flex gap={12} align="center" wrap>
        <Upload
          accept={MEDIA[type]}
          showUploadList={false}
          beforeUpload={(file) => {
            guarded(() => void upload(file));
            return false;
          }}
        >
          <Button icon={<UploadOutlined />}>{t.messages.upload}</Button>
        </Upload>
        <Checkbox checked={restricted} onChange={(event) => setRestricted(event.target.checked)}>
          {t.messages.restricted}
        </Checkbox>
      </Flex>
      {now && (
        <Flex gap={12} align="center">
          {now.preview && <img src={now.preview} alt={now.name} className="thumb" />}
          <div style={{ flex: 1, minWidth: 0 }}>
            <span data-raw>{now.name}</span> ({inBytes(now.size)})
            {now.percent !== undefined && <Progress percent={now.percent} size="small" aria-label={t.messages.progress} />}
          </div>
          {busy && (
            <Button size="small" onClick={() => running.current?.abort()}>
              {t.common.cancel}
            </Button>
          )}
        </Flex>
      )}
      {now?.percent === 100 && <Alert type="success" showIcon title={t.messages.uploaded} />}
      {now?.failure && <ErrorBox failure={now.failure} />}
    </Flex>
  );
}
