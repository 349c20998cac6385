import { Flex, Typography } from "antd";
import type { ReactNode } from "react";

/** The head of a place: its name, a word on it, and what can be done. */
export function PageHead({ title, note, actions }: { title: ReactNode; note?: ReactNode; actions?: ReactNode }) {
  return (
    <Flex justify="space-between" align="start" gap={12} wrap className="page-head">
      <div style={{ minWidth: 0, flex: "1 1 260px" }}>
        <Typography.Title level={1}>{title}</Typography.Title>
        {note && <Typography.Text type="secondary">{note}</Typography.Text>}
      </div>
      {actions && (
        <Flex gap={8} wrap>
          {actions}
        </Flex>
      )}
    </Flex>
  );
}
