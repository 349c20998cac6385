import { NotificationOutlined } from "../kit/icons";
import { Alert, App, Button, Card, Collapse, Flex, Segmented, Spin, Tag, Typography } from "antd";
import { useState } from "react";
import { type Params, runFully } from "../api/door";
import { type Failure, failureOf } from "../api/failure";
import { type Directory, useDirectory } from "../api/use-catalog";
import { guarded } from "../app/Lock";
import { useQuery } from "../app/router";
import { useText } from "../i18n";
import { enqueue, type Work } from "../kit/bulk/queue";
import { splitOf, withoutBatch } from "../kit/bulk/split";
import { ErrorBox } from "../kit/ErrorBox";
import { onSubmitKey } from "../kit/keys";
import { firstFault } from "../kit/shape/faults";
import { FieldRow } from "../kit/shape/FieldRow";
import { useHold } from "../kit/shape/hold";
import { Fields } from "../kit/shape/ModelInput";
import { ParameterForm } from "../kit/shape/ParameterForm";
import { PlainStyle } from "../kit/shape/style";
import { LabelSelect } from "./LabelSelect";

const KINDS = ["users", "labels", "all"] as const;
type Kind = (typeof KINDS)[number];
const OPERATIONS = { users: "push.send.toUsers", labels: "push.send.toLabels", all: "push.send.toAll" } as const;

/** The members of a notification that everyone fills in. */
const FIRST = ["title", "content", "subTitle"];

/** What the platform answers: of users one each, of labels and everyone a task. */
type Answer = Outcomes | { taskId: string } | string;
type Outcomes = readonly { id?: string; pushStatus: string; desc?: string }[];

/** Writes a push notification. */
export function PushComposer() {
  const t = useText();
  const directory = useDirectory();
  return directory ? <Composer directory={directory} /> : <Spin description={t.common.loading} />;
}

function Composer({ directory }: { directory: Directory }) {
  const t = useText();
  const { modal } = App.useApp();
  const [word, setWord] = useQuery("kind");
  const [to, setTo] = useQuery("to");
  const [params, setParams] = useState<Params>({});
  const [message, setMessage] = useState<Params>({});
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [failure, setFailure] = useState<Failure>();

  const kind: Kind = KINDS.find((k) => k === word) ?? "users";
  const { models } = directory;
  const operation = directory.byId.get(OPERATIONS[kind]);
  const fields = operation ? withoutBatch(operation, operation.fields.filter((f) => f.constant === undefined && f.name !== "pushMessage")) : [];
  const members = models.PushMessage?.kind === "struct" ? models.PushMessage.fields : [];
  const targets = to.split(",").filter(Boolean);
  const all: Params = { ...params, targets: targets.length ? targets : undefined };
  const setTargets = (next: unknown) => setTo(Array.isArray(next) ? next.join(",") : "");

  const { tried, held, holds } = useHold(firstFault(fields, all, models, "param") ?? firstFault(members, message, models, "push"));
  const send = async () => {
    if (!operation) return;
    setFailure(undefined);
    setAnswer(undefined);
    const known = Object.fromEntries(fields.filter((f) => all[f.name] !== undefined).map((f) => [f.name, all[f.name]]));
    const split = splitOf(operation, known);
    if (split) {
      const { field, names, size } = split;
      const run: Work = async (some, signal) => notPushed((await runFully<Answer>(operation.id, { ...known, [field]: some, pushMessage: message }, { signal })).data);
      return enqueue({ title: t.push.send, operation: operation.id, names, size, run });
    }
    setBusy(true);
    try {
      setAnswer((await runFully<Answer>(operation.id, { ...known, pushMessage: message })).data);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const ask = () => {
    if (holds()) return;
    if (kind !== "all") return void send();
    modal.confirm({ title: t.push.send, content: t.push.toAllWhy, okText: t.push.send, okButtonProps: { danger: true }, onOk: () => void send() });
  };
  const inner = { value: message, onChange: (next: unknown) => setMessage(next as Params), models, id: "push" };
  const target = fields.find((f) => f.name === "targets");

  return (
    <PlainStyle value={{ tried }}>
      <div className="compose">
        <Card onKeyDown={onSubmitKey(() => guarded(ask))}>
          <Segmented
            name="kind"
            block
            value={kind}
            onChange={(next) => {
              setWord(next);
              setTo("");
            }}
            options={KINDS.map((value) => ({ value, label: t.push.to[value] }))}
          />
          {target && (
            <FieldRow field={target} value={all.targets} onChange={setTargets} id="param-targets" models={models}>
              {kind === "labels" ? <LabelSelect id="param-targets" value={targets} onChange={setTargets} /> : undefined}
            </FieldRow>
          )}
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
                    <ParameterForm parameters={fields.filter((f) => f.name !== "targets")} value={params} onChange={setParams} models={models} />
                    <Fields fields={members.filter((f) => !FIRST.includes(f.name))} {...inner} />
                  </>
                ),
              },
            ]}
          />
          {held && <Alert type="error" showIcon title={t.faults.summary} style={{ marginBlock: 12 }} />}
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

/** Whom a notification did not reach, and why. */
function notPushed(answer: Answer): ReadonlyMap<string, Failure> {
  const failed = Array.isArray(answer) ? (answer as Outcomes).filter((one) => !/SUCCESS/.test(one.pushStatus)) : [];
  return new Map(failed.map((one): [string, Failure] => [one.id ?? "", { kind: "refused", message: [one.pushStatus, one.desc].filter(Boolean).join(" ") }]));
}

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
        {(of as Outcomes).map((one, i) => (
          <Tag key={i} variant="outlined" color={/SUCCESS/.test(one.pushStatus) ? "success" : "error"}>
            <span data-raw>{t.push.toOne(one.id ?? "", [one.pushStatus, one.desc].filter(Boolean).join(" "))}</span>
          </Tag>
        ))}
      </Flex>
    </section>
  );
}
