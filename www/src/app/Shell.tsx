import { Drawer } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { session } from "../api/session";
import { useText } from "../i18n";
import { Content } from "./Content";
import { EnvironmentStrip } from "./Environment";
import { HelpDialog } from "./Help";
import { useKeyboard } from "./keyboard";
import { Navigation } from "./Navigation";
import { Offline } from "./Offline";
import { usePlace } from "./router";
import { TopBar } from "./TopBar";
import { useWide } from "./wide";

const ActionHost = lazy(() => import("../kit/action/ActionHost"));
const Queues = lazy(() => import("../kit/bulk/Queues"));

/** What stands around every place: the menu at the side, the bar on top. */
export function Shell() {
  const t = useText();
  const wide = useWide();
  const connected = session.use() !== undefined;
  const [menuOpen, setMenuOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const section = usePlace().path[0];
  useEffect(() => setMenuOpen(false), [section]);
  useKeyboard(() => setHelpOpen(true));
  return (
    <>
      <a className="skip" href="#main" onClick={toMain}>
        {t.common.skip}
      </a>
      <EnvironmentStrip />
      <TopBar onMenu={connected && !wide ? () => setMenuOpen(true) : undefined} onHelp={() => setHelpOpen(true)} />
      <Offline />
      <div className="frame">
        {connected && wide && (
          <div className="sider">
            <Navigation />
          </div>
        )}
        <Content />
      </div>
      <Drawer title={t.common.menu} placement="left" size={260} open={menuOpen && !wide} onClose={() => setMenuOpen(false)} styles={{ body: { padding: 8 } }}>
        <Navigation />
      </Drawer>
      {connected && (
        <Suspense>
          <ActionHost />
          <Queues />
        </Suspense>
      )}
      <HelpDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
}

/** A hash link would change the place, so the focus is moved by hand. */
function toMain(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
