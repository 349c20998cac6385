import { Button, Card, Flex, Progress, Typography } from "antd";
import { useText } from "../i18n";
import { act } from "../kit/action/action";
import { ErrorBox } from "../kit/ErrorBox";
import { inBytes } from "../kit/size";
import { useCopy } from "../kit/use-copy";
import { cancelUpload, type OngoingUpload } from "./uploads";

/** One upload: how far it is, and what can be done with the file then. */
export function UploadCard({ upload }: { upload: OngoingUpload }) {
  const t = useText();
  const copy = useCopy();
  const { id, name, size, percent, uploaded, failure, preview } = upload;
  const keep = (uuid: string) =>
    void act({ operation: "files.setLifetime", title: t.files.lifetime, start: { chatfile_ids: [uuid] }, done: () => t.push.done });
  return (
    <Card size="small">
      <Flex gap={12} align="start">
        {preview && <img src={preview} alt={name} className="thumb" />}
        <Flex vertical gap={6} style={{ flex: 1, minWidth: 0 }}>
          <span>
            <span data-raw>{name}</span> ({inBytes(size)})
          </span>
          {!uploaded && !failure && (
            <Flex gap={8} align="center">
              <Progress percent={percent} size="small" aria-label={name} />
              <Button size="small" onClick={() => cancelUpload(id)}>
                {t.common.cancel}
              </Button>
            </Flex>
          )}
          {failure && <ErrorBox failure={failure} />}
          {uploaded && (
            <>
              <Typography.Text className="mono" style={{ overflowWrap: "anywhere" }}>
                {uploaded.uuid}
              </Typography.Text>
              <Flex gap={8} wrap>
                <Button size="small" onClick={() => void copy(uploaded.url)}>
                  {t.files.copyUrl}
                </Button>
                <Button size="small" onClick={() => keep(uploaded.uuid)}>
                  {t.files.lifetime}
                </Button>
              </Flex>
            </>
          )}
        </Flex>
      </Flex>
    </Card>
  );
}
