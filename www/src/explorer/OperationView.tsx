import { Button, Flex, Segmented, Tag, Typography } from "antd";
import { useState } from "react";
import type { Operation } from "../api/catalog";
import type { Params } from "../api/door";
import { reads } from "../api/reads";
import type { Directory } from "../api/use-catalog";
import { href, usePlace } from "../app/router";
import { useMedia } from "../app/wide";
import { useText } from "../i18n";
import { onSubmitKey } from "../kit/keys";
import { Prose } from "../kit/Prose";
import { JsonInput } from "../kit/shape/JsonInput";
import { Answer } from "./Answer";
import { handedOver } from "./handover";
import { MethodTag } from "./MethodTag";
import { ParameterForm } from "../kit/shape/ParameterForm";
import { RequestView } from "./RequestView";
import { sampleOf } from "./sample";
import { type CallSettings, SendOptions } from "./SendOptions";
import { useAskToSend } from "./use-ask";
import { useSend } from "./use-send";

/** One operation: what it is, its parameters, the exact request, and the answer. */
export function OperationView({ operation, directory }: { operation: Operation; directory: Directory }) {
  const t = useText();
  const narrow = useMedia("(max-width: 900px)");
  const query = usePlace().query.get("q") ?? undefined;
  const [params, setParams] = useState<Params>(() => handedOver(operation.id));
  const [asJson, setAsJson] = useState(false);
  const [settings, setSettings] = useState<CallSettings>({});
  const sending = useSend(operation, params, settings);
  const ask = useAskToSend(operation, () => sending.send());
  const title = directory.titleOf(operation);
  const parameters = operation.fields.filter((f) => f.constant === undefined);
  return (
    <article
      className="operation"
      aria-label={operation.id}
      onKeyDown={onSubmitKey(ask)}
    >
      {narrow && <a href={href(["explorer"], { q: query })}>← {t.explorer.back}</a>}
      <header>
        <Typography.Title level={narrow ? 1 : 2} className="mono operation-id">
          {operation.id}
        </Typography.Title>
        {!title.english && <Typography.Text strong>{title.text}</Typography.Text>}
        <Flex gap={8} align="center" wrap>
          <MethodTag method={operation.method} />
          <code className="path">{operation.path}</code>
        </Flex>
        {(title.english || operation.doc !== operation.summary) && <Prose text={operation.doc} className="doc" />}
        <Facts operation={operation} />
      </header>

      <section aria-label={t.explorer.parameters}>
        <Flex justify="space-between" align="center" gap={8} wrap>
          <Typography.Title level={narrow ? 2 : 3} className="part">{t.explorer.parameters}</Typography.Title>
          {parameters.length > 0 && (
            <Flex gap={8} wrap>
              <Button size="small" onClick={() => setParams(sampleOf(operation, directory.models))}>
                {t.explorer.sample}
              </Button>
              <Button size="small" onClick={() => setParams({})}>
                {t.explorer.clear}
              </Button>
              <Segmented
                size="small"
                name="mode"
                value={asJson ? "json" : "form"}
                onChange={(mode) => setAsJson(mode === "json")}
                options={[
                  { value: "form", label: t.explorer.form },
                  { value: "json", label: t.explorer.json },
                ]}
              />
            </Flex>
          )}
        </Flex>
        {parameters.length === 0 ? (
          <Typography.Text type="secondary">{t.explorer.noParameters}</Typography.Text>
        ) : asJson ? (
          <>
            <label htmlFor="params-json" className="visually-hidden">
              {t.explorer.parameters}
            </label>
            <JsonInput value={params} onChange={(next) => setParams((next ?? {}) as Params)} id="params-json" field={{ name: "", required: true, type: "" }} rows={6} />
          </>
        ) : (
          <ParameterForm parameters={parameters} value={params} onChange={setParams} models={directory.models} />
        )}
      </section>

      <SendOptions operation={operation} value={settings} onChange={setSettings} />
      <RequestView operation={operation} params={params} settings={settings} sending={sending} onSend={ask} />
      <Answer operation={operation} sending={sending} />
    </article>
  );
}

function Facts({ operation }: { operation: Operation }) {
  const t = useText();
  const { id, rates, paging, batch, only, safe, docs } = operation;
  return (
    <Flex gap={6} wrap align="center" className="facts">
      <Tag color={reads(id) ? "success" : "warning"} variant="outlined">
        {reads(id) ? t.explorer.reads : t.explorer.changes}
      </Tag>
      <Tag variant="outlined">{safe ? t.explorer.safe : t.explorer.unsafe}</Tag>
      {rates.length > 0 && (
        <Tag variant="outlined">
          {t.explorer.limit} {rates.map((rate) => t.explorer.rate(rate.count, rate.seconds, Boolean(rate.items))).join(", ")}
        </Tag>
      )}
      {paging && <Tag variant="outlined">{t.explorer.paged}</Tag>}
      {batch && <Tag variant="outlined">{t.explorer.batch(batch.max)}</Tag>}
      {only && <Tag variant="outlined">{t.explorer.only(t.connect[only])}</Tag>}
      {docs && (
        <a href={docs} target="_blank" rel="noreferrer">
          {t.explorer.docs}
        </a>
      )}
    </Flex>
  );
}
