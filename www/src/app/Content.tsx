import { Button, Spin } from "antd";
import { Suspense, useEffect, useRef } from "react";
import { session } from "../api/session";
import { Connect } from "../connect/Connect";
import { useText } from "../i18n";
import { Catch } from "./Catch";
import { HOME, PLACES } from "./places";
import { go, usePlace } from "./router";

/** The place that the address names, or the form that connects. */
export function Content() {
  const t = useText();
  const now = session.use();
  const section = usePlace().path[0] ?? HOME;
  const main = useRef<HTMLElement>(null);
  const shown = useRef(section);
  useEffect(() => {
    if (shown.current !== section) main.current?.focus({ preventScroll: true });
    shown.current = section;
  }, [section]);
  const nowhere = usePlace().path.length === 0;
  useEffect(() => {
    if (now && nowhere) go([HOME], {}, "replace");
  }, [now, nowhere]);
  const found = PLACES.find((p) => p.path === section && (!now || (p.when?.(now) ?? true)));
  const title = found && (now ?? found.open) ? t.nav[found.name] : t.nav.connect;
  useEffect(() => {
    document.title = `${title} · ${t.common.product}`;
  }, [title, t]);
  return (
    <main id="main" ref={main} tabIndex={-1} className="main">
      <Catch key={section}>
        <Suspense fallback={<Spin size="large" description={t.common.loading} className="waiting" />}>
          {!now && !found?.open ? <Connect /> : found ? <found.page key={now?.profile.id} /> : <Lost />}
        </Suspense>
      </Catch>
    </main>
  );
}

function Lost() {
  const t = useText();
  return (
    <div className="notice">
      <h1>{t.common.notFound}</h1>
      <Button onClick={() => go([HOME])}>{t.common.home}</Button>
    </div>
  );
}
