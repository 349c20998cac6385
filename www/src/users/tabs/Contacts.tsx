import { useText } from "../../i18n";
import { NameList } from "../../kit/detail/NameList";

interface Contact {
  username: string;
  remark?: string;
}

/** A user's contacts. */
export function Contacts({ username }: { username: string }) {
  const t = useText();
  const done = () => t.users.done;
  const fixed = { owner_username: username };
  return (
    <NameList<Contact>
      operation="contacts.listPage"
      params={{ username, limit: 50, needReturnRemark: true }}
      file={`${username}-contacts`}
      row={(contact) => ({ name: contact.username, note: contact.remark })}
      noteTitle={t.users.remark}
      head={[{ operation: "contacts.add", title: t.users.addContact, fixed, done }]}
      actions={({ name, note }) => [
        { label: t.users.setRemark, action: { operation: "contacts.setRemark", title: t.users.setRemark, fixed: { ...fixed, friend_username: name }, start: { remark: note }, done } },
        { label: t.users.removeContact, danger: true, action: { operation: "contacts.remove", title: t.users.removeContact, fixed: { ...fixed, friend_username: name }, danger: true, done } },
      ]}
      bulk={(names) => [
        {
          label: t.users.removeContact,
          danger: true,
          action: { operation: "contacts.remove", title: t.users.removeContact, fixed, danger: true, each: { items: names, as: "friend_username" } },
        },
      ]}
    />
  );
}

/** Whom a user blocks. */
export function Blocks({ username }: { username: string }) {
  const t = useText();
  const done = () => t.users.done;
  const fixed = { owner_username: username };
  return (
    <NameList
      operation="blocks.list"
      params={{ ...fixed, pageSize: 50 }}
      file={`${username}-blocks`}
      head={[{ operation: "blocks.add", title: t.users.block, fixed, done }]}
      actions={({ name }) => [
        { label: t.users.unblock, action: { operation: "blocks.remove", title: t.users.unblock, fixed: { ...fixed, blocked_username: name }, done } },
      ]}
      bulk={(names) => [
        { label: t.users.unblock, action: { operation: "blocks.remove", title: t.users.unblock, fixed, each: { items: names, as: "blocked_username" } } },
      ]}
    />
  );
}
