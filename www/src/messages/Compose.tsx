import { SendOutlined } from "../kit/icons";
import { Button, Card, Collapse, Flex, Segmented, Spin } from "antd";
import { useState } from "react";
import { type Params, runFully } from "../api/door";
import { type Failure, failureOf } from "../api/failure";
import { type Directory, useDirectory } from "../api/use-catalog";
import { guarded } from "../app/Lock";
import { usePlace } from "../app/router";
import { useText } from "../i18n";
import { act } from "../kit/action/action";
import { ErrorBox } from "../kit/ErrorBox";
import { onSubmitKey } from "../kit/keys";
import { useNotify } from "../kit/notify";
import { PageHead } from "../kit/PageHead";
import { ModelFields } from "../kit/shape/ModelInput";
import { ParameterForm } from "../kit/shape/ParameterForm";
import { PlainStyle } from "../kit/shape/style";
import { Bubble } from "./Bubble";
import { MEDIA, type MessageType, type Target, TARGETS, TYPES } from "./content";
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

function Composer({ directory }: { directory: Directory }) {
  const t = useText();
  const { done } = useNotify();
  const { query } = usePlace();
  const [target, setTarget] = useState<Target>(() => TARGETS.find((kind) => kind === query.get("kind")) ?? "users");
  const [type, setType] = useState<MessageType>("txt");
  const [params, setParams] = useState<Params>(() => ({ to: query.get("to")?.split(",").filter(Boolean) }));
  const [body, setBody] = useState<Params>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const operation = `messages.${target}.send`;
  const fields = directory.byId.get(operation)?.fields.filter((f) => f.constant === undefined) ?? [];
  const message = directory.models.Message;
  const shape = message?.kind === "union" ? message.variants.find((v) => v.value === type)?.shape : undefined;
  const model = shape?.kind === "model" ? directory.models[shape.name] : undefined;
  const content = { type, body };

  const send = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const known = Object.fromEntries(fields.filter((f) => f.name in params).map((f) => [f.name, params[f.name]]));
      const { data } = await runFully<Record<string, string>>(operation, { ...known, ...content });
      const from = typeof params.from === "string" ? params.from : undefined;
      remember(Object.entries(data).map(([to, id]) => ({ id, at: Date.now(), from, kind: target, to, content })));
      done(t.messages.sentTo(Object.keys(data).length));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <PlainStyle value>
      <Card onKeyDown={onSubmitKey(() => guarded(() => void send()))}>
        <Segmented
          name="target"
          block
          value={target}
          onChange={(next) => {
            setTarget(next);
            setParams(({ to: _, ...rest }) => rest);
          }}
          options={TARGETS.map((value) => ({ value, label: t.messages.targets[value] }))}
        />
        <ParameterForm parameters={["to", "from"].flatMap((name) => fields.find((f) => f.name === name) ?? [])} value={params} onChange={setParams} models={directory.models} />
        <Segmented
          name="type"
          value={type}
          onChange={(next) => {
            setType(next);
            setBody({});
          }}
          options={TYPES.map((value) => ({ value, label: t.messages.types[value] }))}
          className="types"
        />
        {type in MEDIA && <MediaField key={type} type={type} onUploaded={setBody} />}
        {model && <ModelFields model={model} value={body} onChange={(next) => setBody(next as Params)} id="body" models={directory.models} />}
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: "more",
              label: t.messages.more,
              children: <ParameterForm parameters={fields.filter((f) => !PLACED.includes(f.name))} value={params} onChange={setParams} models={directory.models} />,
            },
          ]}
        />
        <Flex vertical gap={12}>
          {Object.keys(body).length > 0 && (
            <div className="bubble" role="group" aria-label={t.messages.preview}>
              <Bubble content={content} />
            </div>
          )}
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
