import { FileInput } from "./FileInput";
import { JsonInput } from "./JsonInput";
import { ListInput } from "./ListInput";
import { MapInput } from "./MapInput";
import { ModelInput } from "./ModelInput";
import { BooleanInput, NumberInput, SecretInput, TextInput } from "./simple";
import { usePlainStyle } from "./style";
import type { InputProps } from "./types";

/** The input that fits a shape. */
export function ShapeInput(props: InputProps) {
  const { shape } = props;
  const plain = usePlainStyle();
  switch (shape.kind) {
    case "boolean":
      return <BooleanInput {...props} />;
    case "integer":
    case "number":
      return <NumberInput {...props} />;
    case "string":
    case "scalar":
    case "bigint":
      return <TextInput {...props} />;
    case "secret":
      return <SecretInput {...props} />;
    case "bytes":
      return <FileInput {...props} />;
    case "list":
      return <ListInput {...props} item={shape.item} />;
    case "model":
      return <ModelInput {...props} name={shape.name} />;
    case "map":
      return plain && shape.item.kind === "string" ? <MapInput {...props} /> : <JsonInput {...props} />;
    case "any":
      return <JsonInput {...props} />;
    case "none":
      return null;
  }
}
