import { Drawer } from "antd";
import type { ReactNode } from "react";
import { go, usePlace } from "../../app/router";
import { Tabs } from "../Tabs";

export interface DetailTab {
  key: string;
  label: string;
  /** Made when the tab is opened. */
  content: () => ReactNode;
}

interface Props {
  /** The place that the drawer belongs to: `users`. */
  section: string;
  /** What it is open for; closed without. */
  name?: string;
  /** The section in words. */
  kind: string;
  title?: ReactNode;
  extra?: ReactNode;
  tabs: readonly DetailTab[];
}

/** One thing with what is related to it. Thing and tab are in the address. */
export function DetailDrawer({ section, name, kind, title, extra, tabs }: Props) {
  const { path } = usePlace();
  const active = tabs.find((tab) => tab.key === path[2]) ?? tabs[0];
  return (
    <Drawer
      open={name !== undefined}
      title={title ?? name}
      aria-label={`${kind}: ${name ?? ""}`}
      size={880}
      onClose={() => go([section])}
      extra={extra}
      destroyOnHidden
      styles={{ body: { paddingTop: 4 } }}
    >
      {name !== undefined && (
        <Tabs key={name} tabs={tabs} active={active?.key ?? ""} onChange={(key) => go([section, name, key], undefined, "replace")} label={`${kind}: ${name}`}>
          <div key={active?.key}>{active?.content()}</div>
        </Tabs>
      )}
    </Drawer>
  );
}
