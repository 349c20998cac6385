import { Input, Modal, Typography } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { failureOf, type Failure } from "../api/failure";
import { useText } from "../i18n";
import { ErrorBox } from "./ErrorBox";

export interface ConfirmProps {
  open: boolean;
  title: ReactNode;
  why?: ReactNode;
  /** Must be typed first; for what cannot be undone. */
  name?: string;
  okText: string;
  /** Does it; what it throws is shown in the dialog. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something is done that hurts. */
export function Confirm({ open, title, why, name, okText, onConfirm, onClose }: ConfirmProps) {
  const t = useText();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    if (!open) return;
    setTyped("");
    setFailure(undefined);
  }, [open]);
  const ready = name === undefined || typed === name;
  const confirm = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={title}
      onCancel={onClose}
      onOk={() => void confirm()}
      okText={okText}
      okButtonProps={{ danger: true, disabled: !ready, loading: busy }}
      destroyOnHidden
    >
      {why && <Typography.Paragraph>{why}</Typography.Paragraph>}
      {name !== undefined && (
        <>
          <Typography.Paragraph>
            {t.confirm.irreversible} {t.confirm.typeName(name)}
          </Typography.Paragraph>
          <Input
            value={typed}
            onChange={(e) => setTyped(e.target.value)}
            onPressEnter={() => void confirm()}
            aria-label={t.confirm.typeName(name)}
            autoFocus
            autoComplete="off"
            spellCheck={false}
          />
        </>
      )}
      {failure && (
        <div style={{ marginTop: 16 }}>
          <ErrorBox failure={failure} />
        </div>
      )}
    </Modal>
  );
}
