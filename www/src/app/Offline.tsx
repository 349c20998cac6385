import { Alert } from "antd";
import { useSyncExternalStore } from "react";
import { useText } from "../i18n";

const EVENTS = ["online", "offline"];

function subscribe(listener: () => void): () => void {
  for (const event of EVENTS) addEventListener(event, listener);
  return () => {
    for (const event of EVENTS) removeEventListener(event, listener);
  };
}

/** Says so while the browser has no network. */
export function Offline() {
  const t = useText();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return online ? null : <Alert banner type="warning" title={t.errors.byKind.offline.join(" ")} />;
}
