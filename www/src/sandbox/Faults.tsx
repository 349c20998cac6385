import { CloseOutlined } from "../kit/icons";
import { AutoComplete, Button, Flex, Input, InputNumber, Select, Typography } from "antd";
import { useMemo, useState } from "react";
import { useDirectory } from "../api/use-catalog";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { useNotify } from "../kit/notify";
import { ask, useAsk } from "./ask";
import { Panel } from "./Panel";

const KINDS = ["status", "delay", "reset", "half", "malformed", "html", "empty"] as const;
type Kind = (typeof KINDS)[number];

interface Fault {
  id: number;
  operation?: string | null;
  kind: Kind;
  status?: number | null;
  times?: number | null;
  delay: number;
  hits: number;
}

interface Draft {
  operation: string;
  kind: Kind;
  status: number | null;
  error: string;
  times: number | null;
  delay: number | null;
  retry_after: number | null;
}

const EMPTY: Draft = { operation: "", kind: "status", status: 503, error: "", times: 2, delay: null, retry_after: null };

/** What the sandbox is to do wrong. */
export function Faults() {
  const t = useText();
  const { failed } = useNotify();
  const { data, failure, reload } = useAsk<{ faults: readonly Fault[] }>("faults");
  const [draft, setDraft] = useState(EMPTY);
  const directory = useDirectory();
  const targets = useMemo(() => {
    const operations = directory?.operations ?? [];
    return [...new Set(operations.map((o) => `${o.group}.*`)), ...operations.map((o) => o.id)].map((value) => ({ value }));
  }, [directory?.operations]);
  const change = (next: Partial<Draft>) => setDraft((now) => ({ ...now, ...next }));
  const add = () => {
    const withStatus = draft.kind === "status";
    const fault = {
      kind: draft.kind,
      operation: draft.operation.trim() || undefined,
      status: withStatus ? (draft.status ?? undefined) : undefined,
      error: withStatus ? draft.error.trim() || undefined : undefined,
      times: draft.times ?? undefined,
      delay: draft.delay ?? undefined,
      retry_after: draft.retry_after ?? undefined,
    };
    void ask("POST", "faults", fault).then(reload, failed);
  };
  const number = (label: string, name: "status" | "times" | "delay" | "retry_after") => (
    <label className="labelled">
      {label}
      <InputNumber value={draft[name]} onChange={(value) => change({ [name]: value })} min={0} precision={0} style={{ width: "100%" }} />
    </label>
  );
  return (
    <Panel
      title={t.sandbox.faults}
      extra={
        data && data.faults.length > 0 ? (
          <Button size="small" onClick={() => void ask("DELETE", "faults").then(reload, failed)}>
            {t.sandbox.clearFaults}
          </Button>
        ) : undefined
      }
    >
      <Flex vertical gap={10}>
        <Typography.Text type="secondary">{t.sandbox.faultsNote}</Typography.Text>
        <div className="pair">
          <label className="labelled" htmlFor="fault-operation">
            {t.sandbox.operation}
            <AutoComplete
              id="fault-operation"
              value={draft.operation}
              onChange={(operation: string) => change({ operation })}
              options={targets}
              showSearch={{ filterOption: (typed, option) => option?.value.toLowerCase().includes(typed.toLowerCase()) ?? false }}
            />
          </label>
          <label className="labelled" htmlFor="fault-kind">
            {t.sandbox.kind}
            <Select id="fault-kind" value={draft.kind} onChange={(kind) => change({ kind })} options={KINDS.map((value) => ({ value, label: t.sandbox.kinds[value] }))} />
          </label>
          {draft.kind === "status" && number(t.sandbox.status, "status")}
          {draft.kind === "status" && (
            <label className="labelled">
              {t.sandbox.code}
              <Input value={draft.error} onChange={(e) => change({ error: e.target.value })} className="mono" spellCheck={false} />
            </label>
          )}
          {number(t.sandbox.times, "times")}
          {number(t.sandbox.delay, "delay")}
          {number(t.sandbox.retryAfter, "retry_after")}
        </div>
        <div>
          <Button onClick={add}>{t.sandbox.addFault}</Button>
        </div>
        {failure && <ErrorBox failure={failure} onRetry={reload} />}
        {data?.faults.length === 0 && <Typography.Text type="secondary">{t.sandbox.noFaults}</Typography.Text>}
        {data?.faults.map((fault) => (
          <Flex key={fault.id} justify="space-between" align="center" gap={8}>
            <span>
              <span className="mono">{fault.operation ?? t.sandbox.any}</span> · {t.sandbox.kinds[fault.kind]} {fault.status} ·{" "}
              {t.sandbox.hits(fault.hits, fault.times ?? undefined)}
            </span>
            <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t.sandbox.removeFault} onClick={() => void ask("DELETE", `faults/${fault.id}`).then(reload, failed)} />
          </Flex>
        ))}
      </Flex>
    </Panel>
  );
}
