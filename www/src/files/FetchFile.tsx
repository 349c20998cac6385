import { Button, Flex, Image, Input, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import { run } from "../api/door";
import { type Failure, failureOf } from "../api/failure";
import { useQuery } from "../app/router";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { save } from "../kit/export";
import { percentOf, uuidOf } from "./upload";

/** Fetches a file or its thumbnail by its ID or address. */
export function FetchFile() {
  const t = useText();
  const [id, setId] = useQuery("id");
  const [secret, setSecret] = useState("");
  const [percent, setPercent] = useState<number>();
  const [failure, setFailure] = useState<Failure>();
  const [image, setImage] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => () => void (image && URL.revokeObjectURL(image)), [image]);
  const get = async (operation: "files.download" | "files.downloadThumbnail") => {
    const file_uuid = uuidOf(id) ?? id.trim();
    const { signal } = (running.current = new AbortController());
    setFailure(undefined);
    setImage(undefined);
    setPercent(0);
    try {
      const file = await run(
        operation,
        { file_uuid, ...(secret && { "share-secret": secret }) },
        { signal, onDownloadProgress: (progress) => setPercent(percentOf(progress)) },
      );
      const blob = await file.blob();
      if (blob.type.startsWith("image/")) setImage(URL.createObjectURL(blob));
      if (operation === "files.download") save(file_uuid, blob);
    } catch (thrown) {
      if (!signal.aborted) setFailure(failureOf(thrown));
    } finally {
      setPercent(undefined);
    }
  };
  return (
    <Flex vertical gap={12}>
      <label className="labelled">
        {t.files.uuid}
        <Input value={id} onChange={(event) => setId(event.target.value)} spellCheck={false} className="mono" />
      </label>
      <label className="labelled">
        {t.files.secret}
        <Input.Password value={secret} onChange={(event) => setSecret(event.target.value)} autoComplete="off" />
      </label>
      <Flex gap={8} wrap>
        <Button type="primary" disabled={!id.trim()} onClick={() => void get("files.download")}>
          {t.files.download}
        </Button>
        <Button disabled={!id.trim()} onClick={() => void get("files.downloadThumbnail")}>
          {t.files.thumbnail}
        </Button>
      </Flex>
      {percent !== undefined && (
        <Flex gap={8} align="center">
          <Progress percent={percent} size="small" aria-label={t.files.download} />
          <Button size="small" onClick={() => running.current?.abort()}>
            {t.common.cancel}
          </Button>
        </Flex>
      )}
      {failure && <ErrorBox failure={failure} />}
      {image && <Image src={image} alt={id} style={{ maxWidth: "100%" }} />}
    </Flex>
  );
}
