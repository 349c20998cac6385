import { theme, type ThemeConfig } from "antd";
import type { Shade } from "./settings";

const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
export const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

/** The look of the page. Where it departs from Ant Design, it is for contrast (WCAG AA). */
export function look(shade: Shade, still: boolean): ThemeConfig {
  const dark = shade === "dark";
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: FONT,
      fontFamilyCode: MONO,
      borderRadius: 8,
      motion: !still,
      colorPrimary: dark ? "#8aa2ff" : "#3451d1",
      colorLink: dark ? "#8fa6ff" : "#3451d1",
      colorLinkHover: dark ? "#b3c2ff" : "#22379b",
      colorLinkActive: dark ? "#b3c2ff" : "#22379b",
      controlItemBgActive: dark ? "#1c2238" : "#eef2ff",
      controlItemBgActiveHover: dark ? "#222943" : "#e3e9ff",
      colorError: dark ? "#ff7875" : "#cf1322",
      colorSuccess: dark ? "#6abe39" : "#237804",
      colorWarning: dark ? "#e8b339" : "#935900",
      colorSuccessBg: dark ? "#162312" : "#f0f9eb",
      colorSuccessBorder: dark ? "#2f5a1e" : "#b7dfa0",
      colorErrorBg: dark ? "#2a1517" : "#fff2f0",
      colorErrorBorder: dark ? "#6b2a2c" : "#f5b8b3",
      colorWarningBg: dark ? "#2b2111" : "#fffbe6",
      colorWarningBorder: dark ? "#5e4413" : "#eccf7b",
      colorInfo: dark ? "#6d8bff" : "#3451d1",
      colorInfoBg: dark ? "#171d33" : "#f0f4ff",
      colorInfoBorder: dark ? "#2f3f7d" : "#c3d0ff",
      colorBgLayout: dark ? "#0f1115" : "#f5f6fa",
      colorBgContainer: dark ? "#181b21" : "#ffffff",
      colorBgElevated: dark ? "#20242c" : "#ffffff",
      colorTextPlaceholder: dark ? "#9aa0ab" : "#6b7280",
      colorTextTertiary: dark ? "#a4abb6" : "#5f6672",
      colorTextDescription: dark ? "#a4abb6" : "#5f6672",
      colorTextQuaternary: dark ? "#9aa0ab" : "#6b7280",
    },
    components: {
      Menu: {
        itemBg: "transparent",
        itemSelectedColor: dark ? "#aebfff" : "#2f49c4",
        itemSelectedBg: dark ? "#232a45" : "#eef2ff",
        subMenuItemBg: "transparent", activeBarBorderWidth: 0, itemHeight: 36,
      },
      Table: { headerBg: dark ? "#1e222a" : "#f8f9fc" },
      Button: dark ? { primaryColor: "#0b0d12", dangerColor: "#0b0d12" } : {},
    },
  };
}
