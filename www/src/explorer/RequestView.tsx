import { SendOutlined, StopOutlined } from "../kit/icons";
import type { PreparedRequest } from "agora-chat-admin";
import { Alert, Button, Flex, Typography } from "antd";
import { useEffect, useState } from "react";
import type { Operation } from "../api/catalog";
import type { Params } from "../api/door";
import { failureOf } from "../api/failure";
import { session } from "../api/session";
import { useHeading } from "./heading";
import { useText } from "../i18n";
import { CodeBlock } from "../kit/CodeBlock";
import { Tabs } from "../kit/Tabs";
import { maskedText } from "../log/mask";
import type { CallSettings } from "./SendOptions";
import { asJavaScript, asRust } from "./snippets";
import type { Sending } from "./use-send";

const FORMS = [
  { key: "http", label: "HTTP" },
  { key: "curl", label: "curl" },
  { key: "js", label: "JavaScript" },
  { key: "rust", label: "Rust" },
] as const;

interface Props {
  operation: Operation;
  params: Params;
  settings: CallSettings;
  sending: Sending;
  onSend: () => void;
}

/** The exact request, as text and as code, and the button that sends it. */
export function RequestView({ operation, params, settings, sending, onSend }: Props) {
  const t = useText();
  const level = useHeading();
  const { prepared, problem } = usePrepared(operation, params, settings.form);
  const said = problem && t.errors.problem(problem);
  const [form, setForm] = useState<(typeof FORMS)[number]["key"]>("http");
  const texts = prepared && {
    http: asHttp(prepared),
    curl: maskedText(prepared.toCurl()),
    js: asJavaScript(operation, params),
    rust: asRust(operation, params),
  };
  return (
    <section>
      <Typography.Title level={level} className="part">{t.explorer.request}</Typography.Title>
      {problem && <Alert type="warning" showIcon title={<span lang={said ? undefined : "en"}>{said ?? problem}</span>} />}
      {texts && (
        <Tabs label={t.explorer.request} tabs={FORMS} active={form} onChange={(key) => setForm(key as typeof form)}>
          <CodeBlock text={texts[form]} label={FORMS.find((f) => f.key === form)?.label ?? ""} />
        </Tabs>
      )}
      <Flex gap={8} align="center" wrap style={{ marginTop: 12 }}>
        <Button
          type="primary"
          icon={<SendOutlined />}
          loading={sending.busy}
          danger={operation.method === "DELETE"}
          onClick={onSend}
        >
          {sending.busy ? t.explorer.sending : t.explorer.send}
        </Button>
        {sending.busy && (
          <Button icon={<StopOutlined />} onClick={sending.cancel}>
            {t.explorer.cancel}
          </Button>
        )}
        {prepared && <Typography.Text type="secondary">{t.explorer.tokenNote}</Typography.Text>}
      </Flex>
    </section>
  );
}

/** The request that would be sent, or why none would. */
function usePrepared(operation: Operation, params: Params, form: string | undefined) {
  const [now, setNow] = useState<{ prepared?: PreparedRequest; problem?: string }>({});
  useEffect(() => {
    const current = session.get();
    if (!current) return;
    let gone = false;
    const method = operation.id.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], current.chat);
    const { prepare } = method as { prepare: (params: Params, options: object) => Promise<PreparedRequest> };
    prepare(params, { form }).then(
      (prepared) => gone || setNow({ prepared }),
      (thrown: unknown) => gone || setNow({ problem: failureOf(thrown).message }),
    );
    return () => void (gone = true);
  }, [operation, params, form]);
  return now;
}

function asHttp({ method, url, headers, body, parts, file }: PreparedRequest): string {
  const { pathname, search, host } = new URL(url);
  const lines = [`${method} ${pathname}${search} HTTP/1.1`, `host: ${host}`, ...Object.entries(headers).map(([n, v]) => `${n}: ${v}`)];
  const form = [...Object.entries(parts ?? {}).map(([n, v]) => `${n}=${v}`), ...(file ? [`${file}=@…`] : [])];
  const content = body !== undefined ? pretty(maskedText(body)) : form.join("\n");
  return content ? `${lines.join("\n")}\n\n${content}` : lines.join("\n");
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
