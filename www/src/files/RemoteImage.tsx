import { Image, Skeleton, Typography } from "antd";
import { useEffect, useState } from "react";
import { type Failure, failureOf } from "../api/failure";
import { useText } from "../i18n";
import { picture } from "./pictures";
import { uuidOf } from "./upload";

/** An image from the platform, fetched with the app's token; one from elsewhere is only linked. */
export function RemoteImage({ url, secret, name }: { url: string; secret?: string; name: string }) {
  const t = useText();
  const uuid = uuidOf(url);
  const [src, setSrc] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    if (!uuid) return;
    let gone = false;
    picture(uuid, secret).then(
      (url) => gone || setSrc(url),
      (thrown: unknown) => gone || setFailure(failureOf(thrown)),
    );
    return () => void (gone = true);
  }, [uuid, secret]);
  if (!uuid) {
    return (
      <a href={url} target="_blank" rel="noreferrer">
        {name || t.messages.image}
      </a>
    );
  }
  if (failure) return <Typography.Text type="danger" lang="en">{failure.code ?? failure.message}</Typography.Text>;
  if (!src) return <Skeleton.Image active />;
  return <Image src={src} alt={name || t.messages.image} height={120} style={{ objectFit: "contain" }} />;
}
