import { NotificationOutlined } from "../kit/icons";
import { Alert, App, Button, Card, Collapse, Flex, Segmented, Spin, Tag, Typography } from "antd";
import { useState } from "react";
import { type Params, runFully } from "../api/door";
import { type Failure, failureOf } from "../api/failure";
import { type Directory, useDirectory } from "../api/use-catalog";
import { guarded } from "../app/Lock";
import { usePlace } from "../app/router";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { onSubmitKey } from "../kit/keys";
import { Fields } from "../kit/shape/ModelInput";
import { ParameterForm } from "../kit/shape/ParameterForm";
import { PlainStyle } from "../kit/shape/style";

const KINDS = ["users", "labels", "all"] as const;
type Kind = (typeof KINDS)[number];
const OPERATIONS = { users: "push.send.toUsers", labels: "push.send.toLabels", all: "push.send.toAll" } as const;

/** The members of a notification that everyone fills in. */
const FIRST = ["title", "content", "subTitle"];

/** What the platform answers: of users one each, of labels and everyone a task. */
type Answer = readonly { id?: string; pushStatus: string; desc?: string }[] | { taskId: string } | string;

/** Writes a push notification. */
export function PushComposer() {
  const t = useText();
  const directory = useDirectory();
  return directory ? <Composer directory={directory} /> : <Spin description={t.common.loading} />;
}

function Composer({ directory }: { directory: Directory }) {
  const t = useText();
  const { modal } = App.useApp();
  const { query } = usePlace();
  const [kind, setKind] = useState<Kind>(() => KINDS.find((k) => k === query.get("kind")) ?? "users");
  const [params, setParams] = useState<Params>(() => ({ targets: query.get("to")?.split(",").filter(Boolean) }));
  const [message, setMessage] = useState<Params>({});
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [failure, setFailure] = useState<Failure>();

  const operation = OPERATIONS[kind];
  const fields = directory.byId.get(operation)?.fields.filter((f) => f.constant === undefined && f.name !== "pushMessage") ?? [];
  const model = directory.models.PushMessage;
  const members = model?.kind === "struct" ? model.fields : [];

  const send = async () => {
    setBusy(true);
    setFailure(undefined);
    setAnswer(undefined);
    try {
      const known = Object.fromEntries(fields.filter((f) => f.name in params).map((f) => [f.name, params[f.name]]));
      setAnswer((await runFully<Answer>(operation, { ...known, pushMessage: message })).data);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const ask = () =>
    kind === "all"
      ? void modal.confirm({ title: t.push.send, content: t.push.toAllWhy, okText: t.push.send, okButtonProps: { danger: true }, onOk: () => void send() })
      : void send();
  const inner = { value: message, onChange: (next: unknown) => setMessage(next as Params), models: directory.models, id: "push" };

  return (
    <PlainStyle value>
      <div className="compose">
        <Card onKeyDown={onSubmitKey(() => guarded(ask))}>
          <Segmented
            name="kind"
            block
            value={kind}
            onChange={(next) => {
              setKind(next);
              setParams(({ targets: _, ...rest }) => rest);
            }}
            options={KINDS.map((value) => ({ value, label: t.push.to[value] }))}
          />
          <ParameterForm parameters={fields.filter((f) => f.name === "targets")} value={params} onChange={setParams} models={directory.models} />
          <Fields fields={members.filter((f) => FIRST.includes(f.name))} {...inner} />
          <Collapse
            ghost
            size="small"
            items={[
              {
                key: "more",
                label: t.push.more,
                children: (
                  <>
                    <ParameterForm parameters={fields.filter((f) => f.name !== "targets")} value={params} onChange={setParams} models={directory.models} />
                    <Fields fields={members.filter((f) => !FIRST.includes(f.name))} {...inner} />
                  </>
                ),
              },
            ]}
          />
          <Button type="primary" icon={<NotificationOutlined />} loading={busy} danger={kind === "all"} onClick={() => guarded(ask)}>
            {t.push.send}
          </Button>
        </Card>
        <Flex vertical gap={12}>
          <Typography.Title level={2} className="part">
            {t.push.preview}
          </Typography.Title>
          <Card size="small" className="notification">
            <Typography.Text strong>{text(message.title) || "…"}</Typography.Text>
            {message.subTitle !== undefined && <div>{text(message.subTitle)}</div>}
            <div>{text(message.content) || "…"}</div>
          </Card>
          {failure && <ErrorBox failure={failure} />}
          {answer !== undefined && <Outcome of={answer} />}
        </Flex>
      </div>
    </PlainStyle>
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function Outcome({ of }: { of: Answer }) {
  const t = useText();
  if (!Array.isArray(of)) {
    const id = typeof of === "object" && "taskId" in of ? of.taskId : String(of);
    return <Alert type="success" showIcon title={t.push.task(id)} />;
  }
  return (
    <section aria-label={t.push.outcome} aria-live="polite">
      <Typography.Title level={2} className="part">
        {t.push.outcome}
      </Typography.Title>
      <Flex gap={6} wrap>
        {(of as readonly { id?: string; pushStatus: string; desc?: string }[]).map((one, i) => (
          <Tag key={i} variant="outlined" color={/SUCCESS/.test(one.pushStatus) ? "success" : "error"}>
            <span data-raw>{t.push.toOne(one.id ?? "", [one.pushStatus, one.desc].filter(Boolean).join(" "))}</span>
          </Tag>
        ))}
      </Flex>
    </section>
  );
}
