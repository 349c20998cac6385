import { UploadOutlined } from "../icons";
import { Button, Upload } from "antd";
import { useText } from "../../i18n";
import type { InputProps } from "./types";

/** A file from the person's machine. It is not sent before the form is. */
export function FileInput({ value, onChange, id, accept }: InputProps & { accept?: string }) {
  const t = useText();
  const file = value instanceof File ? value : undefined;
  return (
    <Upload
      id={id}
      accept={accept}
      maxCount={1}
      beforeUpload={(chosen) => {
        onChange(chosen);
        return false;
      }}
      onRemove={() => onChange(undefined)}
      fileList={file ? [{ uid: "1", name: file.name, size: file.size }] : []}
    >
      <Button icon={<UploadOutlined />}>{t.explorer.chooseFile}</Button>
    </Upload>
  );
}
