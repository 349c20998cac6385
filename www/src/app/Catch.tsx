import { Button } from "antd";
import { Component, type ReactNode } from "react";
import { useText } from "../i18n";

/** Shows a failed place as failed and leaves the rest of the page standing. */
export class Catch extends Component<{ children: ReactNode }, { failed?: unknown }> {
  override state: { failed?: unknown } = {};

  static getDerivedStateFromError(failed: unknown) {
    return { failed };
  }

  override render() {
    return this.state.failed === undefined ? this.props.children : <Failed reason={this.state.failed} />;
  }
}

function Failed({ reason }: { reason: unknown }) {
  const t = useText();
  const message = reason instanceof Error ? reason.message : String(reason);
  const notLoaded = /dynamically imported|module script|preload/i.test(message);
  return (
    <div className="notice" role="alert">
      <h1>{notLoaded ? t.common.loadFailed : t.common.crashed}</h1>
      <p className="mono" lang="en">
        {message}
      </p>
      <Button onClick={() => location.reload()}>{t.common.reload}</Button>
    </div>
  );
}
