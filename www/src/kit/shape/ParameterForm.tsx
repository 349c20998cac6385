import type { Catalog, Parameter } from "../../api/catalog";
import type { Params } from "../../api/door";
import { FieldRow } from "./FieldRow";
import { ModelFields } from "./ModelInput";
import { membersOf, withMember } from "./types";

interface Props {
  parameters: readonly Parameter[];
  value: Params;
  onChange: (params: Params) => void;
  models: Catalog["models"];
}

/** A form made from an operation's row of the table. */
export function ParameterForm({ parameters, value, onChange, models }: Props) {
  return (
    <div className="fields">
      {parameters.map((field) => {
        const id = `param-${field.name}`;
        const model = field.flatten && field.shape.kind === "model" ? models[field.shape.name] : undefined;
        return model ? (
          <ModelFields
            key={field.name}
            model={model}
            value={value}
            // A union's choice replaces its own members and leaves the other parameters.
            onChange={(next) => onChange({ ...without(value, model, models), ...membersOf(next) })}
            id={id}
            models={models}
          />
        ) : (
          <FieldRow
            key={field.name}
            field={field}
            value={value[field.name]}
            onChange={(next) => onChange(withMember(value, field.name, next))}
            id={id}
            models={models}
          />
        );
      })}
    </div>
  );
}

function without(params: Params, model: Catalog["models"][string], models: Catalog["models"]): Params {
  const own = new Set<string>();
  if (model.kind === "union") {
    own.add(model.tag);
    if (model.content) own.add(model.content);
    for (const { shape } of model.variants) {
      const inner = shape.kind === "model" ? models[shape.name] : undefined;
      if (!model.content && inner?.kind === "struct") for (const f of inner.fields) own.add(f.name);
    }
  } else if (model.kind === "struct") for (const f of model.fields) own.add(f.name);
  return Object.fromEntries(Object.entries(params).filter(([name]) => !own.has(name)));
}
