import { Alert, Form, Input, Modal, Typography } from "antd";
import { useEffect, useMemo, useState } from "react";
import type { Operation } from "../../api/catalog";
import { type Params, runFully } from "../../api/door";
import { type Failure, failureOf } from "../../api/failure";
import { session } from "../../api/session";
import { useDirectory } from "../../api/use-catalog";
import { useText } from "../../i18n";
import { enqueue } from "../bulk/queue";
import { severalOf, withoutBatch } from "../bulk/split";
import { ErrorBox } from "../ErrorBox";
import { onSubmitKey } from "../keys";
import { useNotify } from "../notify";
import { firstFault } from "../shape/faults";
import { useHold } from "../shape/hold";
import { ParameterForm } from "../shape/ParameterForm";
import { PlainStyle } from "../shape/style";
import { type Action, type Asked, asked, type Each } from "./action";
import { Refused, refusals } from "./refusals";

/** Where the dialogs of actions appear; there is one. */
export default function ActionHost() {
  const now = asked.use();
  return now ? <ActionDialog key={now.action.operation + now.action.title} {...now} /> : null;
}

function ActionDialog({ action, resolve }: Asked) {
  const t = useText();
  const { done } = useNotify();
  const directory = useDirectory();
  const operation = directory?.byId.get(action.operation);
  const fields = useMemo(() => (operation ? fieldsOf(operation, action) : []), [operation, action]);
  const [params, setParams] = useState<Params>(action.start ?? {});
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [open, setOpen] = useState(true);
  const { tried, held, holds } = useHold(directory && firstFault(fields, params, directory.models, "param"));
  const { title, typed: name, why, danger, each } = action;
  const ready = name === undefined || typed === name;

  // What needs no values and does no harm is done without a question; only a failure opens the dialog.
  const silent = operation !== undefined && fields.length === 0 && !danger && name === undefined && !why && !each;
  useEffect(() => {
    if (silent) void confirm();
  }, [silent]);

  const close = (was: boolean) => {
    setOpen(false);
    resolve(was);
    // A dialog that never opened does not close either.
    if (silent && !failure) asked.set(undefined);
  };
  const confirm = async () => {
    if (!ready || busy || !operation || !directory) return;
    if (holds()) return;
    const all = { ...action.fixed, ...params };
    const did = (names: readonly string[], over: boolean) => {
      each?.did?.(names);
      if (over) action.over?.();
    };
    const several = severalOf(operation, all, each);
    if (several) {
      const { names, size, own } = several;
      const { operation: id } = action;
      enqueue({ title, operation: id, names, size, run: (some, signal) => once(id, { ...all, ...own(some) }, some, signal), did });
      return close(true);
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const { data } = await runFully(action.operation, all);
      const refused = refusals(data);
      if (refused.length) throw new Refused(action.operation, refused);
      const said = action.done?.(data);
      if (said !== undefined) done(said);
      close(true);
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setBusy(false);
    }
  };

  return (
    <Modal
      open={open && operation !== undefined && !(silent && !failure)}
      title={
        action.of === undefined ? (
          title
        ) : (
          <>
            {title} · <span data-raw>{action.of}</span>
          </>
        )
      }
      onCancel={() => close(false)}
      onOk={() => void confirm()}
      okText={title}
      okButtonProps={{ danger: danger ?? name !== undefined, disabled: !ready || !operation, loading: busy }}
      afterClose={() => asked.set(undefined)}
      width={fields.length > 6 ? 680 : 520}
      destroyOnHidden
    >
      {directory && (
        <Form layout="vertical" component="form" onKeyDown={onSubmitKey(() => void confirm())} onSubmitCapture={(event) => { event.preventDefault(); void confirm(); }}>
          {why && <Typography.Paragraph>{why}</Typography.Paragraph>}
          {each && <Typography.Paragraph>{t.bulk.over(each.items.length)}</Typography.Paragraph>}
          <PlainStyle value={{ tried }}>
            <ParameterForm parameters={fields} value={params} onChange={setParams} models={directory.models} />
          </PlainStyle>
          {name !== undefined && (
            <>
              <Typography.Paragraph>
                {t.confirm.irreversible} {t.confirm.typeName(name)}
              </Typography.Paragraph>
              <Input value={typed} onChange={(e) => setTyped(e.target.value)} aria-label={t.confirm.typeName(name)} autoFocus autoComplete="off" spellCheck={false} />
            </>
          )}
          {operation && (
            <Typography.Paragraph type="secondary" className="mono sent-as">
              {operation.method} {operation.path}
              {operation.only && operation.only !== session.get()?.profile.dialect && <div>{t.explorer.only(t.connect[operation.only])}</div>}
            </Typography.Paragraph>
          )}
          <button type="submit" hidden />
        </Form>
      )}
      {held && <Alert type="error" showIcon title={t.faults.summary} style={{ marginTop: 12 }} />}
      {failure && <ErrorBox failure={failure} />}
    </Modal>
  );
}

const asIn = (each: Each | undefined): readonly string[] =>
  each === undefined ? [] : typeof each.as === "string" ? [each.as] : Object.keys(each.as(each.items[0] ?? ""));

/** One call of a queue; what the answer says was not done counts as failed. */
async function once(operation: string, params: Params, names: readonly string[], signal: AbortSignal) {
  const { data } = await runFully(operation, params, { signal });
  const refused = refusals(data);
  if (names.length === 1 || refused.some(({ item }) => !names.includes(item))) {
    if (refused.length) throw new Refused(operation, refused);
  }
  return new Map(refused.map((one): [string, Failure] => [one.item, failureOf(new Refused(operation, [one]))]));
}

function fieldsOf(operation: Operation, { fixed = {}, ask, each }: Action) {
  const fields = withoutBatch(operation, operation.fields);
  const given = new Set([...Object.keys(fixed), ...asIn(each)]);
  const open = fields.filter((f) => f.constant === undefined && !given.has(f.name));
  return ask ? ask.flatMap((name) => open.find((f) => f.name === name) ?? []) : open;
}
