import { Alert, Checkbox, Form } from "antd";
import { useText } from "../i18n";

/** A risk, and a box to tick without which the form is not sent. It is asked anew each time. */
export function RiskBox({ name, risk }: { name: string; risk: string }) {
  const t = useText();
  const accepted = async (_: unknown, ticked: boolean | undefined) => {
    if (!ticked) throw new Error(t.connect.riskRequired);
  };
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={risk}
      description={
        <Form.Item name={name} valuePropName="checked" style={{ margin: 0 }} rules={[{ validator: accepted }]}>
          <Checkbox>{t.connect.acceptRisk}</Checkbox>
        </Form.Item>
      }
    />
  );
}
