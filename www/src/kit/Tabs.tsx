import { type KeyboardEvent, type ReactNode, useId } from "react";

export interface Tab {
  key: string;
  label: ReactNode;
}

interface Props {
  tabs: readonly Tab[];
  active: string;
  onChange: (key: string) => void;
  /** What the tabs are about, for a screen reader. */
  label: string;
  children: ReactNode;
}

/** Tabs as WAI-ARIA describes them: one is in the tab order, the arrow keys go to the others. */
export function Tabs({ tabs, active, onChange, label, children }: Props) {
  const id = useId();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex((tab) => tab.key === active);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} className="tabs" onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab.key === active}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === active ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${active}`} tabIndex={0} className="tab-panel">
        {children}
      </div>
    </>
  );
}
