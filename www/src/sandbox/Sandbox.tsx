import { Button, Descriptions, Flex } from "antd";
import { useState } from "react";
import { session } from "../api/session";
import { useText } from "../i18n";
import { Ask } from "../kit/Ask";
import { ErrorBox } from "../kit/ErrorBox";
import { useNotify } from "../kit/notify";
import { PageHead } from "../kit/PageHead";
import { ask, useAsk } from "./ask";
import { Clock } from "./Clock";
import { Faults } from "./Faults";
import { Journal } from "./Journal";
import { Panel } from "./Panel";
import { Seed } from "./Seed";
import { Snapshots } from "./Snapshots";

interface Health {
  version: string;
  operations: number;
  loose: boolean;
  apps: readonly { key: string; users: number; app: { app_id: string } }[];
}

/** What only a sandbox lets one do. */
export default function SandboxPanel() {
  const t = useText();
  const { done, failed } = useNotify();
  // Whatever changes the state makes all parts look again.
  const [round, setRound] = useState(0);
  const changed = () => setRound((n) => n + 1);
  const reset = async () => {
    try {
      await ask("POST", "reset");
      done(t.sandbox.resetDone);
      changed();
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <>
      <PageHead
        title={t.sandbox.title}
        note={t.sandbox.note}
        actions={
          <Ask title={t.sandbox.resetWhy} okText={t.sandbox.reset} onConfirm={() => void reset()}>
            <Button danger>{t.sandbox.reset}</Button>
          </Ask>
        }
      />
      <Parts key={round} onChanged={changed} />
    </>
  );
}

function Parts({ onChanged }: { onChanged: () => void }) {
  const health = useAsk<Health>("health");
  const named = session.use()?.profile.app;
  const app = health.data?.apps.find(({ key, app }) => key === named || app.app_id === named)?.key;
  return (
    <>
      <div className="panels">
        <Overview {...health} />
        <Clock />
        <Snapshots onRestored={onChanged} />
        <Seed app={app} onSeeded={onChanged} />
        <Faults />
      </div>
      <Journal />
    </>
  );
}

function Overview({ data, failure, reload }: ReturnType<typeof useAsk<Health>>) {
  const t = useText();
  return (
    <Panel title={t.sandbox.overview}>
      {failure && <ErrorBox failure={failure} onRetry={reload} />}
      {data && (
        <Descriptions
          column={1}
          size="small"
          items={[
            { key: "version", label: t.sandbox.version, children: data.version },
            { key: "operations", label: t.sandbox.operations, children: data.operations },
            { key: "loose", label: t.sandbox.loose, children: data.loose ? t.sandbox.looseOn : t.sandbox.looseOff },
            {
              key: "apps",
              label: t.sandbox.apps,
              children: (
                <Flex vertical>
                  {data.apps.map(({ key, users }) => (
                    <span key={key}>{t.sandbox.usersIn(key, users)}</span>
                  ))}
                </Flex>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
