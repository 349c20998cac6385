import { ExperimentOutlined } from "../kit/icons";
import { Button, Card, Flex, Typography } from "antd";
import { useState } from "react";
import { createSandbox } from "virtual:sandbox";
import { failureOf, type Failure } from "../api/failure";
import { clientOf, enter } from "../api/session";
import { useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { SANDBOX } from "./defaults";
import { demoSeed } from "./demo-seed";

/** One click to a chat server inside the page. Shown when the package has one. */
export function Demo() {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  if (!createSandbox) return null;
  const create = createSandbox;
  const start = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const sandbox = await create({ seed: demoSeed() });
      const profile = { ...SANDBOX, id: "demo", name: t.environments.demo, baseUrl: sandbox.url };
      const via = ((input, init) => sandbox.fetch(input, init)) as typeof fetch;
      const chat = await clientOf(profile, { clientSecret: SANDBOX.clientSecret }, { secret: true }, via);
      enter(profile, chat, { sandbox: true, demo: true, fetch: via });
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setBusy(false);
    }
  };
  return (
    <Card size="small" className="demo">
      <Flex align="center" gap={12} wrap>
        <ExperimentOutlined style={{ fontSize: 24 }} />
        <Typography.Text style={{ flex: "1 1 240px" }}>{t.connect.demoNote}</Typography.Text>
        <Button onClick={() => void start()} loading={busy}>
          {t.connect.demo}
        </Button>
      </Flex>
      {failure && <ErrorBox failure={failure} />}
    </Card>
  );
}
