import { Button, Flex, Input, Skeleton, Typography } from "antd";
import { useState } from "react";
import { useCall } from "../api/use-call";
import { useQuery } from "../app/router";
import { useText } from "../i18n";
import { act } from "../kit/action/action";
import { Facts } from "../kit/detail/Facts";
import { ErrorBox } from "../kit/ErrorBox";

/** Templates by name; the platform does not list them. */
export function Templates() {
  const t = useText();
  const [name, setName] = useQuery("name");
  const [typed, setTyped] = useState(name);
  const { data, failure, reload } = useCall("push.templates.get", name ? { name } : undefined);
  const done = () => t.push.done;
  const fixed = { name };
  const open = (next: string) => {
    setTyped(next);
    setName(next);
  };
  const create = async () => {
    let made = "";
    const title = t.push.createTemplate;
    const note = (template: unknown) => {
      made = (template as { name: string }).name;
      return t.push.done;
    };
    if (await act({ operation: "push.templates.create", title, done: note })) open(made);
  };
  const update = async () => {
    const start = data && { title_pattern: data.title_pattern, content_pattern: data.content_pattern };
    if (await act({ operation: "push.templates.update", title: t.push.updateTemplate, fixed, start, done })) reload();
  };
  const remove = async () => {
    if (await act({ operation: "push.templates.delete", title: t.push.deleteTemplate, fixed, typed: name, done })) open("");
  };
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t.push.templateNote}</Typography.Text>
      <Flex gap={8} wrap>
        <Input.Search
          aria-label={t.push.templateName}
          placeholder={t.push.templateName}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onSearch={setName}
          allowClear
          style={{ maxWidth: 320 }}
        />
        <Button onClick={() => void create()}>{t.push.createTemplate}</Button>
      </Flex>
      {failure ? (
        <ErrorBox failure={failure} onRetry={reload} />
      ) : data ? (
        <>
          <Facts of={data} />
          <Flex gap={8}>
            <Button onClick={() => void update()}>{t.push.updateTemplate}</Button>
            <Button danger onClick={() => void remove()}>
              {t.push.deleteTemplate}
            </Button>
          </Flex>
        </>
      ) : (
        name && <Skeleton active />
      )}
    </Flex>
  );
}
