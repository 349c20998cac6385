import { CloseOutlined, PlusOutlined } from "../icons";
import { Button, Flex, Select } from "antd";
import type { Field, Model } from "../../api/catalog";
import { useText } from "../../i18n";
import { useDoc } from "../../i18n/docs";
import { FieldRow } from "./FieldRow";
import { usePlainStyle } from "./style";
import { membersOf, spokenOf, withMember, type InputProps } from "./types";

/** A named type: a word, an object, or one object of several. */
export function ModelInput(props: InputProps & { name: string }) {
  const { name, models, value, onChange, id, field } = props;
  const t = useText();
  const model = models[name];
  if (!model) return null;
  if (model.kind === "enum") return <WordInput {...props} model={model} />;
  // An optional object stays away until it is asked for; some contain themselves.
  if (value === undefined && !field.required) {
    return (
      <div>
        <Button id={id} size="small" icon={<PlusOutlined />} aria-label={t.explorer.setValue(field.name)} onClick={() => onChange({})}>
          {t.explorer.add}
        </Button>
      </div>
    );
  }
  return (
    <Flex gap={8} align="start" className="nested">
      <div role="group" aria-label={field.name} style={{ flex: 1, minWidth: 0 }}>
        <ModelFields model={model} value={value} onChange={onChange} id={id} models={models} />
      </div>
      {!field.required && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t.explorer.dropValue(field.name)}
          onClick={() => onChange(undefined)}
        />
      )}
    </Flex>
  );
}

type Inner = Pick<InputProps, "value" | "onChange" | "id" | "models">;

/** The members of an object; of a union, the tag and what goes with it. */
export function ModelFields({ model, ...inner }: Inner & { model: Model }) {
  if (model.kind === "struct") return <Fields fields={model.fields} {...inner} />;
  if (model.kind === "union") return <UnionFields model={model} {...inner} />;
  return null;
}

export function Fields({ fields, value, onChange, id, models }: Inner & { fields: readonly Field[] }) {
  return fields
    .filter((field) => field.constant === undefined)
    .map((field) => (
      <FieldRow
        key={field.name}
        field={field}
        value={membersOf(value)[field.name]}
        onChange={(next) => onChange(withMember(value, field.name, next))}
        id={`${id}-${field.name}`}
        models={models}
      />
    ));
}

function UnionFields({ model, value, onChange, id, models }: Inner & { model: Extract<Model, { kind: "union" }> }) {
  const { tag, content, variants } = model;
  const members = membersOf(value);
  const chosen = variants.find((v) => v.value === members[tag]);
  const shape = chosen?.shape;
  const inner = shape?.kind === "model" ? models[shape.name] : undefined;
  const choice: Field = { name: tag, doc: chosen?.doc ?? model.doc, type: variants.map((v) => v.value).join(" | "), shape: { kind: "string" }, required: true };
  return (
    <>
      <FieldRow field={choice} value={members[tag]} onChange={() => undefined} id={`${id}-${tag}`} models={models}>
        <Select
          id={`${id}-${tag}`}
          value={chosen?.value}
          // What one variant holds does not fit another.
          onChange={(next: string) => onChange(content ? { ...members, [tag]: next, [content]: {} } : { [tag]: next })}
          options={variants.map((v) => ({ value: v.value, label: v.value }))}
          aria-required
          style={{ width: "100%", maxWidth: 260 }}
        />
      </FieldRow>
      {inner && content && (
        <FieldRow field={{ ...choice, name: content, doc: inner.doc, type: "" }} value={members[content]} onChange={() => undefined} id={`${id}-${content}`} models={models}>
          <div className="nested" role="group" aria-label={content}>
            <ModelFields model={inner} value={members[content]} onChange={(next) => onChange(withMember(value, content, next))} id={`${id}-${content}`} models={models} />
          </div>
        </FieldRow>
      )}
      {inner && !content && <ModelFields model={inner} value={value} onChange={(next) => onChange({ ...membersOf(next), [tag]: chosen?.value })} id={id} models={models} />}
    </>
  );
}

function WordInput({ model, value, onChange, id, field, invalid }: InputProps & { model: Extract<Model, { kind: "enum" }> }) {
  const t = useText();
  const doc = useDoc();
  const plain = usePlainStyle();
  // People choose what it means; the word on the wire is what the explorer is about.
  const option = (word: { value: string; doc: string }) => {
    const said = doc(word.doc).text;
    return plain && said ? { value: word.value, label: said.replace(/[.。]$/, ""), title: word.value } : { value: word.value, label: word.value, title: said };
  };
  return (
    <Select
      id={id}
      value={typeof value === "string" ? value : undefined}
      onChange={(next: string | undefined) => onChange(next)}
      options={model.words.map(option)}
      placeholder={plain ? t.common.notSet : t.explorer.unset}
      allowClear={!field.required}
      {...spokenOf({ id, field, invalid })}
      style={{ width: "100%", maxWidth: plain ? 400 : 260 }}
    />
  );
}
