import { Form, Input, Modal } from "antd";
import { useState } from "react";
import { run } from "../api/door";
import { failureOf, type Failure } from "../api/failure";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { useNotify } from "../kit/notify";

interface Values {
  username: string;
  password?: string;
  nickname?: string;
}

/** Registers one user. */
export function Register({ open, onClose, onDone }: { open: boolean; onClose: () => void; onDone: () => void }) {
  const t = useText();
  const { done } = useNotify();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const submit = async ({ username, password, nickname }: Values) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await run("users.register", { username, password: password || undefined, nickname: nickname || undefined });
      done(t.users.registered(username));
      onDone();
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
      title={t.users.register}
      okText={t.users.register}
      onCancel={onClose}
      onOk={form.submit}
      okButtonProps={{ loading: busy }}
      afterClose={() => setFailure(undefined)}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" preserve={false} requiredMark="optional" onFinish={(values) => void submit(values)}>
        <Form.Item name="username" label={t.users.username} extra={t.users.usernameHint} rules={[{ required: true, message: t.common.required }, { pattern: /^[\w.-]{1,64}$/, message: t.users.badUsername }]}>
          <Input autoComplete="off" spellCheck={false} autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t.users.password} extra={t.users.passwordHint}>
          <Input.Password autoComplete="new-password" maxLength={64} />
        </Form.Item>
        <Form.Item name="nickname" label={t.users.nickname} extra={t.users.nicknameHint}>
          <Input autoComplete="off" maxLength={100} showCount />
        </Form.Item>
        <button type="submit" hidden />
      </Form>
      {failure && <ErrorBox failure={failure} />}
    </Modal>
  );
}
