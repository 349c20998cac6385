import { CopyOutlined, DownloadOutlined } from "./icons";
import { Button, Flex, Typography } from "antd";
import { useText } from "../i18n";
import { save } from "./export";
import { useCopy } from "./use-copy";

/** How much of a text is drawn; the copy has it all. */
const SHOWN = 60_000;

interface Props {
  text: string;
  /** What a screen reader says of it. */
  label: string;
  /** Offers it as a file of that name. */
  file?: string;
}

/** A text as it is, with a button that copies it. */
export function CodeBlock({ text, label, file }: Props) {
  const t = useText();
  const copy = useCopy();
  return (
    <div className="code-block">
      <Flex gap={2} className="code-tools">
        <Button type="text" size="small" icon={<CopyOutlined />} aria-label={`${t.common.copy}: ${label}`} title={t.common.copy} onClick={() => void copy(text)} />
        {file && (
          <Button type="text" size="small" icon={<DownloadOutlined />} aria-label={`${t.common.download}: ${label}`} title={t.common.download} onClick={() => save(file, text)} />
        )}
      </Flex>
      <pre className="code" tabIndex={0} role="region" aria-label={label}>
        {text.slice(0, SHOWN)}
      </pre>
      {text.length > SHOWN && <Typography.Text type="secondary">{t.explorer.truncated}</Typography.Text>}
    </div>
  );
}
