import { InboxOutlined } from "../kit/icons";
import { Card, Checkbox, Flex, Upload } from "antd";
import { useState } from "react";
import { guarded } from "../app/Lock";
import { useText } from "../i18n";
import { PageHead } from "../kit/PageHead";
import { FetchFile } from "./FetchFile";
import { startUpload, uploads } from "./uploads";
import { UploadCard } from "./UploadCard";

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
            {all.length > 0 && <h2 className="card-title">{t.files.uploads}</h2>}
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
