import { LockOutlined, UnlockOutlined } from "../kit/icons";
import { Button, Input, Modal, Tooltip, Typography } from "antd";
import { useState } from "react";
import { placeOf, session, setUnlocked } from "../api/session";
import { useText } from "../i18n";
import { store } from "../kit/store";

/** What to do once changes are allowed; set while the question is open. */
const asked = store<{ then?: () => void } | undefined>(undefined);

/** Runs a change at once if the session allows changes, and asks first if not. */
export function guarded(change: () => void): void {
  if (session.get()?.unlocked) change();
  else asked.set({ then: change });
}

/** Shows whether changes are allowed, and switches it. */
export function LockButton({ short }: { short: boolean }) {
  const t = useText();
  const now = session.use();
  if (!now) return null;
  const label = now.unlocked ? t.lock.unlocked : t.lock.readOnly;
  return (
    <>
      <Tooltip title={now.unlocked ? t.lock.lock : t.lock.unlock}>
        <Button
          icon={now.unlocked ? <UnlockOutlined /> : <LockOutlined />}
          onClick={() => (now.unlocked ? setUnlocked(false) : asked.set({}))}
          aria-label={`${label}. ${now.unlocked ? t.lock.lock : t.lock.unlock}`}
        >
          {short ? null : label}
        </Button>
      </Tooltip>
      <UnlockDialog />
    </>
  );
}

function UnlockDialog() {
  const t = useText();
  const question = asked.use();
  const now = session.use();
  const [typed, setTyped] = useState("");
  if (!now) return null;
  const production = placeOf(now) === "production";
  const name = now.profile.app.split("#").at(-1) ?? now.profile.app;
  const ready = !production || typed.trim() === name;
  const close = () => {
    asked.set(undefined);
    setTyped("");
  };
  const unlock = () => {
    if (!ready) return;
    setUnlocked(true);
    close();
    question?.then?.();
  };
  return (
    <Modal
      title={t.lock.title}
      open={question !== undefined}
      onCancel={close}
      onOk={unlock}
      okText={t.lock.unlock}
      okButtonProps={{ disabled: !ready, danger: production }}
      destroyOnHidden
    >
      <Typography.Paragraph>{t.lock.why}</Typography.Paragraph>
      {production && (
        <>
          <Typography.Paragraph>{t.lock.production(name)}</Typography.Paragraph>
          <Input aria-label={t.lock.typeApp} value={typed} onChange={(e) => setTyped(e.target.value)} onPressEnter={unlock} autoFocus />
        </>
      )}
    </Modal>
  );
}
