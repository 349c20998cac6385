import { App as AntApp, ConfigProvider } from "antd";
import { useEffect } from "react";
import { useSpoken } from "../i18n";
import { look } from "./theme";
import { useShade } from "./settings";
import { Shell } from "./Shell";
import { useMedia } from "./wide";

/** The page: language, look, and what stands around every place. */
export function App() {
  const { locale, text } = useSpoken();
  const shade = useShade();
  const still = useMedia("(prefers-reduced-motion: reduce)");
  useEffect(() => {
    document.documentElement.dataset.theme = shade;
  }, [shade]);
  return (
    <ConfigProvider locale={locale} theme={look(shade, still)} button={{ autoInsertSpace: false }} getPopupContainer={popups}>
      <AntApp message={{ maxCount: 3 }}>
        <Shell />
        {/* Menus stand here and not in the body, so that screen readers find them in a landmark. */}
        <section id={POPUPS} aria-label={text.common.menus} />
      </AntApp>
    </ConfigProvider>
  );
}

const POPUPS = "popups";
const popups = (): HTMLElement => document.getElementById(POPUPS) ?? document.body;
