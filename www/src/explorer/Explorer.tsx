import { Spin } from "antd";
import { useDirectory } from "../api/use-catalog";
import { useMedia } from "../app/wide";
import { usePlace } from "../app/router";
import { useText } from "../i18n";
import { PageHead } from "../kit/PageHead";
import { OperationList } from "./OperationList";
import { OperationView } from "./OperationView";

/** Every operation of the platform, from the package's table: nothing here is listed by hand. */
export default function Explorer() {
  const t = useText();
  const narrow = useMedia("(max-width: 900px)");
  const directory = useDirectory();
  const id = usePlace().path[1];
  if (!directory) return <Spin size="large" description={t.common.loading} className="waiting" />;
  const operation = id === undefined ? undefined : directory.byId.get(id);
  // A phone has room for the list or for an operation.
  const alone = narrow && operation !== undefined;
  return (
    <>
      {!alone && <PageHead title={t.explorer.title} note={t.explorer.note(directory.operations.length)} />}
      <div className="explorer">
        {!alone && <OperationList directory={directory} chosen={id} />}
        {operation ? (
          <OperationView key={operation.id} operation={operation} directory={directory} />
        ) : (
          <p className="hint">{id ? t.explorer.missing(id) : t.explorer.pick}</p>
        )}
      </div>
    </>
  );
}
