import { DesktopOutlined, GlobalOutlined, MoonOutlined, SunOutlined } from "../kit/icons";
import { Button, Dropdown } from "antd";
import { useText } from "../i18n";
import { type Choice, type Language, languageChoice, type Shade, shadeChoice, useShade } from "./settings";

/** Switches the language. Each language is named in itself. */
export function LanguageMenu() {
  const t = useText();
  const chosen = languageChoice.use();
  const items = [
    { key: "auto", label: t.common.followBrowser },
    { key: "en", label: <span lang="en">English</span> },
    { key: "zh", label: <span lang="zh">中文</span> },
  ];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, selectable: true, selectedKeys: [chosen], onClick: ({ key }) => languageChoice.set(key as Choice<Language>) }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t.common.language} title={t.common.language} />
    </Dropdown>
  );
}

/** Switches between light and dark. */
export function ThemeMenu() {
  const t = useText();
  const chosen = shadeChoice.use();
  const shade = useShade();
  const items = [
    { key: "auto", label: t.common.followSystem, icon: <DesktopOutlined /> },
    { key: "light", label: t.common.light, icon: <SunOutlined /> },
    { key: "dark", label: t.common.dark, icon: <MoonOutlined /> },
  ];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, selectable: true, selectedKeys: [chosen], onClick: ({ key }) => shadeChoice.set(key as Choice<Shade>) }}
    >
      <Button
        type="text"
        icon={shade === "dark" ? <MoonOutlined /> : <SunOutlined />}
        aria-label={t.common.theme}
        title={t.common.theme}
      />
    </Dropdown>
  );
}
