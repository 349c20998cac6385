import { InboxOutlined } from "../kit/icons";
import { Card, Checkbox, Flex, Upload } from "antd";
import { useState } from "react";
import { guarded } from "../app/Lock";
import { useText } from "../i18n";
import { PageHead } from "../kit/PageHead";
import { saveList } from "../kit/export";
import { ExportMenu } from "../kit/table/ExportMenu";
import { FetchFile } from "./FetchFile";
import type { UploadedFile } from "./upload";
import { startUpload, uploads } from "./uploads";
import { UploadCard } from "./UploadCard";

const HEAD = ["name", "type", "size", "uuid", "url", "restricted"];
const withoutSecret = ({ secret: _, ...rest }: UploadedFile) => rest;
const cellsOf = ({ name, type, size, uuid, url, restricted }: Omit<UploadedFile, "secret">): string[] => [name, type, String(size), uuid, url, String(restricted)];

/** Files for messages. */
export default function Files() {
  const t = useText();
  const all = uploads.use();
  const [restricted, setRestricted] = useState(false);
  return (
    <>
      <PageHead title={t.files.title} note={t.files.note} />
      <div className="compose">
        <Flex vertical gap={12}>
          <Upload.Dragger
            multiple
            showUploadList={false}
            beforeUpload={(file) => {
              guarded(() => startUpload(file, restricted));
              return false;
            }}
          >
            <p style={{ fontSize: 32, margin: 0 }}>
              <InboxOutlined />
            </p>
            <p style={{ margin: "4px 0" }}>{t.files.drop}</p>
            <p className="note" style={{ margin: 0 }}>
              {t.files.limit}
            </p>
          </Upload.Dragger>
          <Checkbox checked={restricted} onChange={(event) => setRestricted(event.target.checked)}>
            {t.files.restricted}
          </Checkbox>
          <section aria-label={t.files.uploads}>
            {all.length > 0 && (
              <Flex justify="space-between" align="center">
                <h2 className="card-title">{t.files.uploads}</h2>
                <ExportMenu onExport={(format) => saveList("uploads", format, all.flatMap(({ uploaded }) => (uploaded ? withoutSecret(uploaded) : [])), HEAD, cellsOf)} />
              </Flex>
            )}
            <Flex vertical gap={8}>
              {all.map((upload) => (
                <UploadCard key={upload.id} upload={upload} />
              ))}
            </Flex>
          </section>
        </Flex>
        <Card size="small" title={<h2 className="card-title">{t.files.fetch}</h2>}>
          <FetchFile />
        </Card>
      </div>
    </>
  );
}
