import { DisconnectOutlined, MenuOutlined, QuestionCircleOutlined } from "../kit/icons";
import { Button, Flex, Tooltip, Typography } from "antd";
import { leave, session } from "../api/session";
import { useText } from "../i18n";
import { LanguageMenu, ThemeMenu } from "./Choices";
import { EnvironmentTag } from "./Environment";
import { LockButton } from "./Lock";
import { href } from "./router";
import { useNarrow } from "./wide";

/** The bar on top: where one is connected, and the choices that hold everywhere. */
export function TopBar({ onMenu, onHelp }: { onMenu?: () => void; onHelp: () => void }) {
  const t = useText();
  const now = session.use();
  const narrow = useNarrow();
  return (
    <header className="top">
      <Flex align="center" gap={narrow ? 4 : 10} style={{ height: "100%" }}>
        {onMenu && <Button type="text" icon={<MenuOutlined />} aria-label={t.common.menu} onClick={onMenu} />}
        {!(narrow && now) && (
          <a href={href([])} className="brand" aria-label={t.common.product}>
            <img src="./icon.svg" alt="" width={26} height={26} />
            {!narrow && <Typography.Text strong>{t.common.product}</Typography.Text>}
          </a>
        )}
        {now && (
          <Flex align="center" gap={8} style={{ minWidth: 0, flex: "0 1 auto" }}>
            <EnvironmentTag />
            {!narrow && (
              <Typography.Text type="secondary" ellipsis title={`${now.profile.app} · ${now.profile.baseUrl}`}>
                {now.profile.name || now.profile.app}
              </Typography.Text>
            )}
          </Flex>
        )}
        <span style={{ flex: 1 }} />
        {now && <LockButton short={narrow} />}
        <LanguageMenu />
        <ThemeMenu />
        {!narrow && (
          <Tooltip title={t.common.help}>
            <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t.common.help} onClick={onHelp} />
          </Tooltip>
        )}
        {now && (
          <Tooltip title={t.common.disconnect}>
            <Button type="text" icon={<DisconnectOutlined />} aria-label={t.common.disconnect} onClick={leave} />
          </Tooltip>
        )}
      </Flex>
    </header>
  );
}
