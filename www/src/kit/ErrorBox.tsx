import { Alert, Button, Collapse, Descriptions, Flex, Typography } from "antd";
import type { ReactNode } from "react";
import { useAdvice } from "../api/advice";
import type { Failure } from "../api/failure";
import { session } from "../api/session";
import { useText } from "../i18n";
import { maskedText } from "../log/mask";
import { withCode } from "./Prose";

interface Props {
  failure: Failure;
  onRetry?: () => void;
  extra?: ReactNode;
  /** Where the call went, if not where the page is connected. */
  address?: string;
}

/** A failed call as it is: what the platform said, and what one can do about it. */
export function ErrorBox({ failure, onRetry, extra, address }: Props) {
  const t = useText();
  const { kind, status, code, description, operation, attempts, field, body } = failure;
  const uncertain = (kind === "network" || kind === "timeout" || kind === "aborted") && (attempts ?? 0) > 0;
  const said = kind === "invalid" ? t.errors.problem(failure.message) : undefined;
  const now = session.use();
  const advice = useAdvice(failure, address ?? (now?.demo ? undefined : now?.profile.baseUrl));
  const facts = [
    { key: "status", label: t.errors.status, children: status },
    { key: "code", label: t.errors.code, children: code && <Typography.Text code>{code}</Typography.Text> },
    { key: "description", label: t.errors.description, children: description },
    { key: "field", label: t.errors.field, children: field && <Typography.Text code>{field}</Typography.Text> },
    { key: "operation", label: t.errors.operation, children: operation && <Typography.Text code>{operation}</Typography.Text> },
    { key: "attempts", label: t.errors.attempts, children: attempts || undefined },
    { key: "cause", label: t.errors.cause, children: advice && <span>{withCode(advice.cause)}</span> },
    { key: "remedy", label: t.errors.remedy, children: advice && <span>{withCode(advice.remedy)}</span> },
    {
      key: "docs",
      label: t.errors.docs,
      children: advice?.docs && (
        <a href={advice.docs} target="_blank" rel="noreferrer" data-raw>
          {advice.docs.replace(/^https:\/\//, "")}
        </a>
      ),
    },
  ].filter((fact) => fact.children !== undefined && fact.children !== "");
  return (
    <Alert
      type={kind === "locked" ? "info" : "error"}
      showIcon
      role="alert"
      title={t.errors.kinds[kind]}
      description={
        <Flex vertical gap={8}>
          {!code && !description && (
            <Typography.Text lang={said ? undefined : "en"} style={{ overflowWrap: "anywhere" }}>
              {said ?? failure.message}
            </Typography.Text>
          )}
          <Descriptions column={1} size="small" items={facts} />
          {uncertain && <Typography.Text>{t.errors.mayHaveArrived}</Typography.Text>}
          {body && (
            <Collapse
              size="small"
              items={[{ key: "body", label: t.errors.body, children: <pre className="code">{maskedText(body)}</pre> }]}
            />
          )}
          {(onRetry || extra) && (
            <Flex gap={8} wrap>
              {onRetry && <Button onClick={onRetry}>{t.common.retry}</Button>}
              {extra}
            </Flex>
          )}
        </Flex>
      }
    />
  );
}
