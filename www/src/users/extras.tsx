import { Modal, Typography } from "antd";
import { type ReactNode, useState } from "react";
import { run } from "../api/door";
import { guarded } from "../app/Lock";
import { go } from "../app/router";
import { useText } from "../i18n";
import { CodeBlock } from "../kit/CodeBlock";
import { useNotify } from "../kit/notify";

/** What can be done with a user besides changing the user: write a message, make a token. */
export function useUserExtras(): { of: (username: string) => { message: () => void; token: () => void }; dialogs: ReactNode } {
  const t = useText();
  const { failed } = useNotify();
  const [token, setToken] = useState<{ of: string; text: string }>();
  const make = async (username: string) => {
    try {
      const made = await run("tokens.user.create", { username, autoCreateUser: false });
      setToken({ of: username, text: made.access_token });
    } catch (thrown) {
      failed(thrown);
    }
  };
  return {
    of: (username) => ({
      message: () => go(["messages"], { to: username }),
      token: () => guarded(() => void make(username)),
    }),
    dialogs: (
      <Modal open={token !== undefined} title={<>{t.users.tokenMade} · <span data-raw>{token?.of}</span></>} footer={null} onCancel={() => setToken(undefined)} destroyOnHidden>
        <Typography.Paragraph>{t.users.tokenNote}</Typography.Paragraph>
        <CodeBlock text={token?.text ?? ""} label={t.users.tokenMade} />
      </Modal>
    ),
  };
}
