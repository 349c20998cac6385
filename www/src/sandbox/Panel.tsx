import { Card } from "antd";
import type { ReactNode } from "react";

/** One part of the panel. */
export function Panel({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <Card size="small" title={<h2 className="card-title">{title}</h2>} extra={extra}>
      {children}
    </Card>
  );
}
