import { Button, Flex, Form, Input, Segmented, Typography } from "antd";
import { useEffect, useRef, useState } from "react";
import { failureOf, type Failure } from "../api/failure";
import { isLoopback, type Profile, remember, type Secrets } from "../api/profile";
import { clientOf, enter, isSandbox } from "../api/session";
import { go, place } from "../app/router";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { AuthFields } from "./AuthFields";
import { RiskBox } from "./RiskBox";
import { fromAddress, newId, SANDBOX } from "./defaults";

export interface Values extends Profile, Secrets {
  acceptedRisk?: boolean;
  acceptedHttp?: boolean;
}

const EMPTY: Partial<Values> = { dialect: "agora", environment: "production", auth: "token" };

/** Describes a connection, tries it, and enters it. */
export function ConnectForm({ start }: { start?: Profile }) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ of: Failure; address?: string; goOn?: () => void }>();
  const baseUrl = Form.useWatch("baseUrl", form) ?? "";
  const easemob = Form.useWatch("dialect", form) === "easemob";
  const left = useRef(false);
  useEffect(() => () => void (left.current = true), []);

  const connect = async (values: Values) => {
    setBusy(true);
    setFailure(undefined);
    const { token, appCertificate, clientSecret, acceptedRisk, acceptedHttp, ...rest } = values;
    const profile: Profile = { ...rest, baseUrl: rest.baseUrl.trim(), app: rest.app.trim(), id: start?.id ?? newId() };
    try {
      const chat = await clientOf(profile, { token, appCertificate, clientSecret }, { secret: acceptedRisk, http: acceptedHttp });
      const sandbox = await isSandbox(profile);
      const begin = () => {
        remember(profile);
        enter(profile, chat, { sandbox });
        if (place().path[0] === "connect") go([], {}, "replace");
      };
      try {
        await chat.call("users.list", { limit: 1 }, { retries: 1, timeout: 15_000 });
        if (!left.current) begin();
      } catch (thrown) {
        setFailure({ of: failureOf(thrown), address: profile.baseUrl, goOn: begin });
      }
    } catch (thrown) {
      setFailure({ of: failureOf(thrown) });
    } finally {
      setBusy(false);
    }
  };

  const fillSandbox = () => {
    const given = form.getFieldValue("baseUrl") as string | undefined;
    form.setFieldsValue({ ...SANDBOX, baseUrl: given && isLoopback(given) ? given : SANDBOX.baseUrl });
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...EMPTY, ...fromAddress(place().query), ...start }}
      onFinish={(values) => void connect(values)}
      disabled={busy}
      scrollToFirstError
    >
      <Flex justify="space-between" align="baseline" wrap gap={8} style={{ marginBottom: 16 }}>
        <Typography.Title level={2}>{start ? start.name || start.app : t.connect.newOne}</Typography.Title>
        <Button size="small" onClick={fillSandbox} title={t.connect.sandboxNote}>
          {t.connect.sandboxFill}
        </Button>
      </Flex>
      <Form.Item name="baseUrl" label={t.connect.baseUrl} extra={t.connect.baseUrlHint} rules={[{ required: true, message: t.common.required }, { validator: checkAddress(t.connect.badUrl, easemob ? undefined : t.connect.plainHttp) }]}>
        <Input inputMode="url" autoComplete="off" spellCheck={false} placeholder="https://a61.chat.agora.io" />
      </Form.Item>
      <div className="pair">
        <Form.Item name="app" label={t.connect.app} extra={t.connect.appHint} rules={[{ required: true, message: t.common.required }, { pattern: /^\s*(?:[^#\s]+#[^#\s]+|[^#\s]+)\s*$/, message: t.connect.badApp }]}>
          <Input autoComplete="off" spellCheck={false} placeholder="org#app" />
        </Form.Item>
        <Form.Item name="name" label={t.connect.name} extra={t.connect.nameHint}>
          <Input autoComplete="off" />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="dialect" label={t.connect.dialect}>
          <Segmented name="dialect" block options={[{ value: "agora", label: t.connect.agora }, { value: "easemob", label: t.connect.easemob }]} />
        </Form.Item>
        <Form.Item name="environment" label={t.connect.environment}>
          <Segmented name="environment" block options={[{ value: "production", label: t.connect.production }, { value: "test", label: t.connect.test }]} />
        </Form.Item>
      </div>
      {easemob && isPlainHttp(baseUrl) && <RiskBox name="acceptedHttp" risk={t.connect.httpRisk} />}
      <AuthFields needsRisk={!isLoopback(baseUrl)} />
      <Flex vertical gap={12}>
        {failure && (
          <ErrorBox failure={failure.of} address={failure.address} extra={failure.goOn && <Button onClick={failure.goOn}>{t.connect.anyway}</Button>} />
        )}
        <Button type="primary" htmlType="submit" size="large" loading={busy} block>
          {busy ? t.connect.connecting : t.connect.submit}
        </Button>
        <Typography.Text type="secondary" style={{ textAlign: "center" }}>
          {t.connect.memoryOnly}
        </Typography.Text>
      </Flex>
    </Form>
  );
}

const isPlainHttp = (address: string): boolean => /^\s*http:/i.test(address) && !isLoopback(address.trim());

/** Easemob's private deployments may have no certificate: there plain `http://` is a risk to accept, elsewhere an error. */
const checkAddress = (bad: string, plain: string | undefined) => async (_: unknown, value: string | undefined) => {
  if (!value) return;
  let url: URL;
  try {
    url = new URL(value.trim());
  } catch {
    throw new Error(bad);
  }
  if (plain && isPlainHttp(value)) throw new Error(plain);
  if (!/^https?:$/.test(url.protocol)) throw new Error(bad);
};
