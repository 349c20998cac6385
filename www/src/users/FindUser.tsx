import { Input } from "antd";
import { go } from "../app/router";
import { useText } from "../i18n";

/** Opens a user by the exact ID, whether the list has it loaded or not. */
export function FindUser() {
  const t = useText();
  return (
    <Input.Search
      placeholder={t.users.find}
      aria-label={t.users.find}
      allowClear
      onSearch={(text) => text.trim() && go(["users", text.trim().toLowerCase()])}
      style={{ width: 240 }}
      spellCheck={false}
    />
  );
}
