import { UploadOutlined } from "../kit/icons";
import { Button, Checkbox, Flex, Input, Modal, Table, Tag, Typography, Upload } from "antd";
import { useMemo, useState } from "react";
import { run } from "../api/door";
import type { Failure } from "../api/failure";
import { session } from "../api/session";
import { useText } from "../i18n";
import { rowKeys } from "../kit/table/rows";
import { enqueue } from "../kit/bulk/queue";
import { save, toCsv } from "../kit/export";
import { type ImportRow, readRows } from "./rows";

/** The documented maximum of one call. */
const AT_ONCE = 60;

/** Registers users from a file, after a look at what is in it. */
export default function Import({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useText();
  const dialect = session.use()?.profile.dialect ?? "agora";
  const [text, setText] = useState("");
  const [file, setFile] = useState("");
  const [onlyBad, setOnlyBad] = useState(false);
  const rows = useMemo(() => readRows(text, dialect), [text, dialect]);
  const good = rows.filter((row) => !row.problem);
  const start = () => {
    enqueue({
      title: t.importing.title,
      operation: "users.registerMany",
      names: good.map((row) => row.username),
      size: AT_ONCE,
      run: (names, signal) => registerMany(good, names, signal),
      did: (_, over) => over && onDone(),
    });
    onClose();
  };
  return (
    <Modal
      open
      title={t.importing.title}
      onCancel={onClose}
      onOk={start}
      okText={t.importing.start(good.length)}
      okButtonProps={{ disabled: good.length === 0 }}
      width={760}
    >
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t.importing.note}</Typography.Text>
        <Flex gap={8} wrap align="center">
          <Upload
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson"
            showUploadList={false}
            beforeUpload={(file) => {
              setFile(file.name);
              void textOf(file).then(setText);
              return false;
            }}
          >
            <Button icon={<UploadOutlined />}>{t.importing.choose}</Button>
          </Upload>
          <Button type="link" onClick={() => save("users.csv", toCsv(["username", "password", "nickname"], [["amy", "correct horse", "Amy"]]), "text/csv")}>
            {t.importing.template}
          </Button>
          {file && <Typography.Text type="secondary" data-raw>{file}</Typography.Text>}
        </Flex>
        <Input.TextArea
          aria-label={t.importing.text}
          // A file is not written out again: it may be long, and it has passwords in it.
          placeholder={file ? t.importing.below : t.importing.or}
          value={file ? "" : text}
          onChange={(event) => {
            setFile("");
            setText(event.target.value);
          }}
          autoSize={{ minRows: 3, maxRows: 6 }}
          spellCheck={false}
          className="mono"
        />
        <Flex gap={8} align="center" wrap role="status">
          {rows.length === 0 ? (
            <Typography.Text type="secondary">{t.importing.empty}</Typography.Text>
          ) : (
            <>
              <Tag variant="outlined">{t.importing.rows(rows.length)}</Tag>
              <Tag variant="outlined" color="success">
                {t.importing.good(good.length)}
              </Tag>
              {good.length < rows.length && (
                <Tag variant="outlined" color="error">
                  {t.importing.bad(rows.length - good.length)}
                </Tag>
              )}
              <Checkbox checked={onlyBad} onChange={(event) => setOnlyBad(event.target.checked)}>
                {t.importing.onlyBad}
              </Checkbox>
            </>
          )}
        </Flex>
        {rows.length > 0 && <Preview rows={onlyBad ? rows.filter((row) => row.problem) : rows} />}
      </Flex>
    </Modal>
  );
}

/** A file's text: UTF-8, or what spreadsheets in China write. */
async function textOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function Preview({ rows }: { rows: ImportRow[] }) {
  const t = useText();
  return (
    <Table<ImportRow>
      size="small"
      rowKey="line"
      dataSource={rows}
      pagination={{ pageSize: 8, showSizeChanger: false, hideOnSinglePage: true }}
      scroll={{ x: 520 }}
      onRow={() => rowKeys()}
      columns={[
        { key: "line", title: t.importing.row, width: 64, render: (_, row) => row.line },
        { key: "username", title: t.users.username, render: (_, row) => <span data-raw className="breaks">{row.username}</span> },
        {
          key: "problem",
          title: t.importing.problem,
          render: (_, row) => row.problem && <Typography.Text type="danger">{t.importing.problems[row.problem]}</Typography.Text>,
        },
        { key: "password", title: t.users.password, width: 100, render: (_, row) => (row.password ? "•••" : "") },
        { key: "nickname", title: t.users.nickname, render: (_, row) => <span data-raw className="breaks">{row.nickname}</span> },
      ]}
    />
  );
}

/** Registers some of the rows; answers whom the platform did not take, and why. */
async function registerMany(rows: readonly ImportRow[], names: readonly string[], signal: AbortSignal): Promise<Map<string, Failure>> {
  const wanted = new Set(names);
  const users = rows.filter((row) => wanted.has(row.username)).map(({ username, password, nickname }) => ({ username, password, nickname }));
  const { data } = await run("users.registerMany", { users }, { signal });
  const byLower = new Map(names.map((name) => [name.toLowerCase(), name]));
  return new Map(
    data.map((refused) => [
      byLower.get(refused.username.toLowerCase()) ?? refused.username,
      { kind: "refused", message: refused.registerUserFailReason, operation: "users.registerMany" },
    ]),
  );
}
