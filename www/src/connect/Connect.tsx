import { Card, Flex, Typography } from "antd";
import { useState } from "react";
import type { Profile } from "../api/profile";
import { href } from "../app/router";
import { useText } from "../i18n";
import { ConnectForm } from "./ConnectForm";
import { Demo } from "./Demo";
import { Saved } from "./Saved";

/** The first place: choose a connection or describe a new one. */
export function Connect() {
  const t = useText();
  const [chosen, setChosen] = useState<Profile>();
  return (
    <div className="connect">
      <header>
        <Typography.Title level={1}>{t.connect.title}</Typography.Title>
        <Typography.Paragraph type="secondary">{t.connect.intro}</Typography.Paragraph>
      </header>
      <Flex vertical gap={16}>
        <Demo />
        <Saved chosen={chosen?.id} onChoose={setChosen} />
        <Card>
          <ConnectForm key={chosen?.id ?? ""} start={chosen} />
        </Card>
        <a href={href(["tokens"])} style={{ textAlign: "center" }}>
          {t.tokens.open}
        </a>
      </Flex>
    </div>
  );
}
