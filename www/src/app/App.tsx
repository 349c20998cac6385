import { App as AntApp, ConfigProvider } from "antd";
import { useEffect } from "react";
import { useSpoken } from "../i18n";
import { look } from "./theme";
import { useShade } from "./settings";
import { Shell } from "./Shell";
import { useMedia } from "./wide";

/** The page: language, look, and what stands around every place. */
export function App() {
  const { locale } = useSpoken();
  const shade = useShade();
  const still = useMedia("(prefers-reduced-motion: reduce)");
  useEffect(() => {
    document.documentElement.dataset.theme = shade;
  }, [shade]);
  return (
    <ConfigProvider locale={locale} theme={look(shade, still)} button={{ autoInsertSpace: false }}>
      <AntApp message={{ maxCount: 3 }}>
        <Shell />
      </AntApp>
    </ConfigProvider>
  );
}
