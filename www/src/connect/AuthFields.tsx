import { Checkbox, Form, Input, Select } from "antd";
import { lazy, Suspense } from "react";
import { appIdOf, AUTHS, type AuthKind } from "../api/profile";
import { useText } from "../i18n";
import { RiskBox } from "./RiskBox";

/** Loaded when a token is there to look into. */
const TokenNote = lazy(() => import("../tokens/TokenNote"));

/** How to prove who calls. Certificate and client secret are taken for this machine, or with the risk accepted. */
export function AuthFields({ needsRisk }: { needsRisk: boolean }) {
  const t = useText();
  const auth = Form.useWatch<AuthKind>("auth") ?? "token";
  const token = Form.useWatch<string | undefined>("token");
  const app = Form.useWatch<string | undefined>("app");
  const secret = auth === "agora" || auth === "credentials";
  const required = { required: true, message: t.common.required };
  return (
    <>
      <Form.Item name="auth" label={t.connect.auth}>
        <Select options={AUTHS.map((value) => ({ value, label: t.connect.auths[value] }))} />
      </Form.Item>
      {auth === "token" && (
        <Form.Item
          name="token"
          label={t.connect.token}
          extra={
            token && (
              <Suspense>
                <TokenNote text={token} app={appIdOf({ app })} />
              </Suspense>
            )
          }
          rules={[required]}
        >
          <Input.Password autoComplete="off" />
        </Form.Item>
      )}
      {auth === "callback" && (
        <>
          <Form.Item name="callbackUrl" label={t.connect.callbackUrl} extra={t.connect.callbackHint} rules={[required, { type: "url", message: t.connect.badUrl }]} style={{ marginBottom: 8 }}>
            <Input inputMode="url" autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="withCookies" valuePropName="checked">
            <Checkbox>{t.connect.withCookies}</Checkbox>
          </Form.Item>
        </>
      )}
      {auth === "agora" && (
        <div className="pair">
          <Form.Item name="appId" label={t.connect.appId} rules={[required]}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="appCertificate" label={t.connect.appCertificate} rules={[required]}>
            <Input.Password autoComplete="off" />
          </Form.Item>
        </div>
      )}
      {auth === "credentials" && (
        <div className="pair">
          <Form.Item name="clientId" label={t.connect.clientId} rules={[required]}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="clientSecret" label={t.connect.clientSecret} rules={[required]}>
            <Input.Password autoComplete="off" />
          </Form.Item>
        </div>
      )}
      {secret && needsRisk && <RiskBox name="acceptedRisk" risk={t.connect.risk} />}
    </>
  );
}
