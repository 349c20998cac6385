import { Alert, Input } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../i18n";

/** Checks a token's signature with the certificate, which stays in this component's memory. */
export function Signature({ token }: { token: string }) {
  const t = useText();
  const [certificate, setCertificate] = useState("");
  const [reason, setReason] = useState<keyof typeof t.tokens.signature | "good">();
  useEffect(() => {
    const appCertificate = certificate.trim();
    if (!appCertificate) return setReason(undefined);
    let gone = false;
    void import("agora-chat-admin")
      .then(({ verifyToken }) => verifyToken(token, { appCertificate }))
      .then((outcome) => gone || setReason(outcome.valid ? "good" : outcome.reason));
    return () => void (gone = true);
  }, [token, certificate]);
  return (
    <>
      <label className="labelled">
        {t.tokens.certificate}
        <Input.Password value={certificate} onChange={(e) => setCertificate(e.target.value)} autoComplete="off" />
        <span className="note">{t.tokens.certificateHint}</span>
      </label>
      {reason && (
        <Alert type={reason === "good" ? "success" : "error"} showIcon title={reason === "good" ? t.tokens.signatureGood : t.tokens.signature[reason]} />
      )}
    </>
  );
}
