import { SendOutlined } from "../kit/icons";
import { Alert, Button, Card, Collapse, Flex, Segmented, Spin } from "antd";
import { useState } from "react";
import type { Model } from "../api/catalog";
import { type Params, runFully } from "../api/door";
import { type Failure, failureOf } from "../api/failure";
import { type Directory, useDirectory } from "../api/use-catalog";
import { guarded } from "../app/Lock";
import { useQuery } from "../app/router";
import { useText } from "../i18n";
import { act } from "../kit/action/action";
import { enqueue } from "../kit/bulk/queue";
import { splitOf, withoutBatch } from "../kit/bulk/split";
import { ErrorBox } from "../kit/ErrorBox";
import { onSubmitKey } from "../kit/keys";
import { useNotify } from "../kit/notify";
import { PageHead } from "../kit/PageHead";
import { firstFault } from "../kit/shape/faults";
import { useHold } from "../kit/shape/hold";
import { ModelFields } from "../kit/shape/ModelInput";
import { ParameterForm } from "../kit/shape/ParameterForm";
import { PlainStyle } from "../kit/shape/style";
import { Bubble } from "./Bubble";
import { MEDIA, TARGETS, TYPES } from "./content";
import { MediaField } from "./MediaField";
import { remember } from "./sent";
import { SentList } from "./SentList";

/** Writes a message of any type to users, groups or chat rooms. */
export default function Compose() {
  const t = useText();
  const directory = useDirectory();
  const recall = () => void act({ operation: "messages.recall", title: t.messages.recall, danger: true, done: () => t.messages.recalled });
  return (
    <>
      <PageHead title={t.messages.title} note={t.messages.note} actions={<Button onClick={recall}>{t.messages.recallById}</Button>} />
      <div className="compose">
        {directory ? <Composer directory={directory} /> : <Spin description={t.common.loading} />}
        <SentList />
      </div>
    </>
  );
}

/** The parameters that have a place of their own in the form. */
const PLACED = ["to", "from", "message"];

const oneOf = <T extends string>(words: readonly T[], word: string, usual: T): T => words.find((one) => one === word) ?? usual;

function Composer({ directory }: { directory: Directory }) {
  const t = useText();
  const { done } = useNotify();
  const [kind, setKind] = useQuery("kind");
  const [word, setWord] = useQuery("type");
  const [to, setTo] = useQuery("to");
  const [params, setParams] = useState<Params>({});
  const [body, setBody] = useState<Params>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [details, setDetails] = useState(false);
  // What was sent leaves the form, so that it is not sent twice.
  const [round, setRound] = useState(0);

  const target = oneOf(TARGETS, kind, "users");
  const type = oneOf(TYPES, word, "txt");
  const { models } = directory;
  const operation = directory.byId.get(`messages.${target}.send`);
  const fields = operation ? withoutBatch(operation, operation.fields.filter((f) => f.constant === undefined && f.name !== "message")) : [];
  const shape = models.Message?.kind === "union" ? models.Message.variants.find((v) => v.value === type)?.shape : undefined;
  const model = shape?.kind === "model" ? models[shape.name] : undefined;
  const content = { type, body };
  const list = to.split(",").filter(Boolean);
  const all: Params = { ...params, to: list.length ? list : undefined };
  const { tried, held, holds } = useHold(firstFault(fields, all, models, "param") ?? faultIn(model, body, models));

  const send = async () => {
    if (!operation) return;
    if (holds()) return setDetails(true);
    setFailure(undefined);
    const known = Object.fromEntries(fields.filter((f) => all[f.name] !== undefined).map((f) => [f.name, all[f.name]]));
    const from = typeof params.from === "string" ? params.from : undefined;
    const deliver = async (names: readonly string[], signal?: AbortSignal) => {
      const { data } = await runFully<Record<string, string>>(operation.id, { ...known, to: names, ...content }, { signal });
      remember(Object.entries(data).map(([to, id]) => ({ id, at: Date.now(), from, kind: target, to, content })));
      return Object.keys(data).length;
    };
    const clear = () => {
      setBody({});
      setRound((n) => n + 1);
    };
    const split = splitOf(operation, known);
    if (split) {
      const { names, size } = split;
      enqueue({ title: t.messages.send, operation: operation.id, names, size, run: (some, signal) => deliver(some, signal).then(() => new Map()) });
      return clear();
    }
    setBusy(true);
    try {
      done(t.messages.sentTo(await deliver(list)));
      clear();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setBusy(false);
    }
  };

  const bodyFields = model && <ModelFields model={model} value={body} onChange={(next) => setBody(next as Params)} id="body" models={models} />;
  return (
    <PlainStyle value={{ tried }}>
      <Card onKeyDown={onSubmitKey(() => guarded(() => void send()))}>
        <Segmented
          name="target"
          block
          value={target}
          onChange={(next) => {
            setKind(next);
            setTo("");
          }}
          options={TARGETS.map((value) => ({ value, label: t.messages.targets[value] }))}
        />
        <ParameterForm
          parameters={["to", "from"].flatMap((name) => fields.find((f) => f.name === name) ?? [])}
          value={all}
          onChange={({ to: next, ...rest }) => {
            setParams(rest);
            setTo(Array.isArray(next) ? next.join(",") : "");
          }}
          models={models}
        />
        <Segmented
          name="type"
          value={type}
          onChange={(next) => {
            setWord(next);
            setBody({});
          }}
          options={TYPES.map((value) => ({ value, label: t.messages.types[value] }))}
          className="types"
        />
        {type in MEDIA && <MediaField key={`${type} ${round}`} type={type} onUploaded={setBody} />}
        {/* An upload fills these in; they open by themselves when something is missing. */}
        {model &&
          (type in MEDIA ? (
            <Collapse
              ghost
              size="small"
              activeKey={details ? ["details"] : []}
              onChange={(keys) => setDetails(keys.length > 0)}
              items={[{ key: "details", label: t.messages.details, children: bodyFields }]}
            />
          ) : (
            bodyFields
          ))}
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: "more",
              label: t.messages.more,
              children: <ParameterForm parameters={fields.filter((f) => !PLACED.includes(f.name))} value={params} onChange={setParams} models={models} />,
            },
          ]}
        />
        <Flex vertical gap={12}>
          {Object.keys(body).length > 0 && (
            <div className="bubble" role="group" aria-label={t.messages.preview}>
              <Bubble content={content} />
            </div>
          )}
          {held && <Alert type="error" showIcon title={t.faults.summary} />}
          {failure && <ErrorBox failure={failure} />}
          <div>
            <Button type="primary" icon={<SendOutlined />} loading={busy} onClick={() => guarded(() => void send())}>
              {t.messages.send}
            </Button>
          </div>
        </Flex>
      </Card>
    </PlainStyle>
  );
}

const faultIn = (model: Model | undefined, body: Params, models: Directory["models"]): string | undefined =>
  model?.kind === "struct" ? firstFault(model.fields, body, models, "body") : undefined;
