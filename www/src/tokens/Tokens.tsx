import type { DecodedToken } from "agora-chat-admin";
import { Alert, Button, Card, Descriptions, Flex, Input, Tag, Typography } from "antd";
import { useEffect, useState } from "react";
import { appIdOf } from "../api/profile";
import { session } from "../api/session";
import { href } from "../app/router";
import { useMoment, useText } from "../i18n";
import { act } from "../kit/action/action";
import { CodeBlock } from "../kit/CodeBlock";
import { PageHead } from "../kit/PageHead";
import { Signature } from "./Signature";
import { endOf, useDecoded } from "./use-decoded";

/** What is in a token, and for how long it holds. */
export default function Tokens() {
  const t = useText();
  const now = session.use();
  const [text, setText] = useState("");
  const read = useDecoded(text);
  return (
    <>
      {!now && <a href={href([])}>← {t.tokens.back}</a>}
      <PageHead title={t.tokens.title} note={t.tokens.note} />
      <div className="compose">
        <Card>
          <Flex vertical gap={12}>
            <label className="labelled">
              {t.tokens.paste}
              <Input.TextArea className="mono" autoSize={{ minRows: 3, maxRows: 8 }} value={text} onChange={(e) => setText(e.target.value)} spellCheck={false} autoComplete="off" />
            </label>
            {read === "opaque" && <Alert type="info" showIcon title={t.tokens.opaque} />}
            {read === "malformed" && <Alert type="error" showIcon title={t.tokens.malformed} />}
            {typeof read === "object" && (
              <>
                <Contents of={read.token} app={now && appIdOf(now.profile)} />
                <Signature token={text.trim()} />
              </>
            )}
          </Flex>
        </Card>
        {now && <MakeToken />}
      </div>
    </>
  );
}

/** The moment, anew each second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Contents({ of, app }: { of: DecodedToken; app?: string }) {
  const t = useText();
  const moment = useMoment();
  const now = useNow();
  const ends = endOf(of);
  const left = ends - now;
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        bordered
        items={[
          { key: "kind", label: t.tokens.kind, children: of.kind === "app" ? t.tokens.app : t.tokens.user },
          {
            key: "state",
            label: t.tokens.state,
            children: (
              <Tag variant="outlined" color={left > 0 ? "success" : "error"}>
                {left > 0 ? t.tokens.valid(t.durations.of(left)) : t.tokens.expired(t.durations.of(-left))}
              </Tag>
            ),
          },
          { key: "appId", label: t.tokens.appId, children: <span className="mono">{of.appId}</span> },
          ...(of.userUuid ? [{ key: "user", label: t.tokens.userUuid, children: <span className="mono">{of.userUuid}</span> }] : []),
          { key: "issued", label: t.tokens.issued, children: moment(of.issued * 1000) },
          { key: "expires", label: t.tokens.expires, children: moment(ends) },
          {
            key: "privileges",
            label: t.tokens.privileges,
            children: Object.entries(of.privileges).map(([id, seconds]) => (
              <div key={id}>
                {t.tokens.privilege(id)}: {t.durations.of(seconds * 1000)}
              </div>
            )),
          },
        ]}
      />
      {app && app !== of.appId && <Alert type="warning" showIcon title={t.tokens.notThisApp} />}
    </>
  );
}

function MakeToken() {
  const t = useText();
  const [made, setMade] = useState<string>();
  const make = () =>
    void act({
      operation: "tokens.user.create",
      title: t.tokens.make,
      start: { autoCreateUser: false },
      done: (data) => {
        setMade((data as { access_token: string }).access_token);
        return undefined;
      },
    });
  return (
    <Card size="small" title={<h2 className="card-title">{t.users.token}</h2>}>
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t.tokens.makeNote}</Typography.Text>
        <div>
          <Button onClick={make}>{t.tokens.make}</Button>
        </div>
        {made && (
          <>
            <Typography.Text>{t.users.tokenNote}</Typography.Text>
            <CodeBlock text={made} label={t.users.tokenMade} />
          </>
        )}
      </Flex>
    </Card>
  );
}
