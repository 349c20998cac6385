import { CloseOutlined } from "../kit/icons";
import { Button, Card, Flex, Tag, Typography } from "antd";
import { forget, isLoopback, profiles, type Profile } from "../api/profile";
import { useText } from "../i18n";

/** The connections that the browser remembers. */
export function Saved({ chosen, onChoose }: { chosen?: string; onChoose: (profile?: Profile) => void }) {
  const t = useText();
  const all = profiles.use();
  if (all.length === 0) return null;
  return (
    <section aria-label={t.connect.saved}>
      <Flex vertical gap={8}>
        {all.map((profile) => (
          <Card key={profile.id} size="small" className={profile.id === chosen ? "saved chosen" : "saved"}>
            <Flex align="center" gap={8}>
              <button type="button" className="plain" onClick={() => onChoose(profile)} aria-pressed={profile.id === chosen}>
                <Typography.Text strong>{profile.name || profile.app}</Typography.Text>
                <Typography.Text type="secondary" ellipsis>
                  {profile.name && `${profile.app} · `}
                  {profile.baseUrl.replace(/^https?:\/\//, "")}
                </Typography.Text>
              </button>
              <Tag
                variant="outlined"
                color={isSandboxed(profile) ? "success" : profile.environment === "production" ? "error" : "warning"}
                style={{ margin: 0 }}
              >
                {isSandboxed(profile) ? t.environments.sandbox : t.connect[profile.environment]}
              </Tag>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t.connect.forget(profile.name || profile.app)}
                onClick={() => {
                  forget(profile.id);
                  if (profile.id === chosen) onChoose(undefined);
                }}
              />
            </Flex>
          </Card>
        ))}
      </Flex>
    </section>
  );
}

/** Whether it looks like a sandbox: on this machine, and not called production, which a sandbox may pass requests on to. */
const isSandboxed = ({ baseUrl, environment }: Profile): boolean => isLoopback(baseUrl) && environment === "test";
