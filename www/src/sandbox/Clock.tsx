import { Button, Flex, Input, Tag, Typography } from "antd";
import { useState } from "react";
import { useMoment, useText } from "../i18n";
import { ErrorBox } from "../kit/ErrorBox";
import { useNotify } from "../kit/notify";
import { ask, useAsk } from "./ask";
import { Panel } from "./Panel";

const STEPS = [60_000, 3_600_000, 86_400_000, 604_800_000];

/** The sandbox's clock: tokens, mutes and files run out by it. */
export function Clock() {
  const t = useText();
  const moment = useMoment();
  const { failed } = useNotify();
  const { data, failure, reload } = useAsk<{ now: number; frozen: boolean }>("clock");
  const [at, setAt] = useState("");
  const set = (move: object) => void ask("POST", "clock", move).then(reload, failed);
  return (
    <Panel title={t.sandbox.clock}>
      {failure && <ErrorBox failure={failure} onRetry={reload} />}
      {data && (
        <Flex vertical gap={10}>
          <Flex gap={8} align="center">
            <Typography.Text strong>{moment(data.now)}</Typography.Text>
            <Tag variant="outlined" color={data.frozen ? "warning" : "success"}>
              {data.frozen ? t.sandbox.frozen : t.sandbox.running}
            </Tag>
          </Flex>
          <Flex gap={8} wrap>
            <Button size="small" onClick={() => set({ freeze: !data.frozen })}>
              {data.frozen ? t.sandbox.resume : t.sandbox.freeze}
            </Button>
            {STEPS.map((ms) => (
              <Button key={ms} size="small" onClick={() => set({ advance: ms })}>
                {t.sandbox.advance(t.durations.of(ms))}
              </Button>
            ))}
          </Flex>
          <Flex gap={8} wrap align="end">
            <label className="labelled">
              {t.sandbox.clockAt}
              <Input type="datetime-local" step={1} value={at} onChange={(e) => setAt(e.target.value)} />
            </label>
            <Button onClick={() => set({ at: new Date(at).getTime() })} disabled={!at}>
              {t.sandbox.clockSet}
            </Button>
          </Flex>
        </Flex>
      )}
    </Panel>
  );
}
