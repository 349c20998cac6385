import { EnvironmentOutlined, FileOutlined, SoundOutlined, ThunderboltOutlined, VideoCameraOutlined } from "../kit/icons";
import { Flex, Typography } from "antd";
import { RemoteImage } from "../files/RemoteImage";
import { useText } from "../i18n";
import { inBytes } from "../kit/size";
import type { Content } from "./content";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** A message as its reader would see it. */
export function Bubble({ content: { type, body } }: { content: Content }) {
  const t = useText();
  const name = text(body.filename);
  const size = typeof body.file_length === "number" ? inBytes(body.file_length) : "";
  const seconds = typeof body.length === "number" ? t.common.seconds(body.length) : "";
  switch (type) {
    case "txt":
      return <span className="bubble-text">{text(body.msg)}</span>;
    case "img":
      return <RemoteImage url={text(body.url)} secret={text(body.secret) || undefined} name={name} />;
    case "audio":
      return <Piece icon={<SoundOutlined />} title={name || t.messages.types.audio} note={seconds} href={text(body.url)} />;
    case "video":
      return <Piece icon={<VideoCameraOutlined />} title={name || t.messages.types.video} note={[seconds, size].filter(Boolean).join(" · ")} href={text(body.url)} />;
    case "file":
      return <Piece icon={<FileOutlined />} title={name || t.messages.types.file} note={size} href={text(body.url)} />;
    case "loc":
      return <Piece icon={<EnvironmentOutlined />} title={text(body.addr)} note={`${text(body.lat)}, ${text(body.lng)}`} />;
    case "cmd":
      return <Piece icon={<ThunderboltOutlined />} title={text(body.action)} note={t.messages.types.cmd} />;
    default:
      return <code className="code">{JSON.stringify(body, null, 2)}</code>;
  }
}

function Piece({ icon, title, note, href }: { icon: React.ReactNode; title: string; note?: string; href?: string }) {
  return (
    <Flex gap={10} align="center">
      <span style={{ fontSize: 22 }}>{icon}</span>
      <Flex vertical style={{ minWidth: 0 }}>
        {href ? (
          <a href={href} target="_blank" rel="noreferrer" data-raw>
            {title}
          </a>
        ) : (
          <span data-raw>{title}</span>
        )}
        {note && <Typography.Text type="secondary">{note}</Typography.Text>}
      </Flex>
    </Flex>
  );
}
