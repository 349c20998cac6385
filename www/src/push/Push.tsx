import { go, usePlace } from "../app/router";
import { useText } from "../i18n";
import { PageHead } from "../kit/PageHead";
import { Tabs } from "../kit/Tabs";
import { Labels, LabelUsers } from "./Labels";
import { PushComposer } from "./PushComposer";
import { Templates } from "./Templates";

/** Push notifications: send them, and say who gets them. */
export default function Push() {
  const t = useText();
  const [, tab = "send", label] = usePlace().path;
  return (
    <>
      <PageHead title={t.push.title} note={t.push.note} />
      <Tabs
        label={t.push.title}
        active={tab}
        onChange={(key) => go(["push", key], {}, "replace")}
        tabs={[
          { key: "send", label: t.push.tabs.send },
          { key: "labels", label: t.push.tabs.labels },
          { key: "templates", label: t.push.tabs.templates },
        ]}
      >
        {tab === "templates" ? <Templates /> : tab === "labels" ? label ? <LabelUsers label={label} /> : <Labels /> : <PushComposer />}
      </Tabs>
    </>
  );
}
