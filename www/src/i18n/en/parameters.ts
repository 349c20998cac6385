/** Names whose words run together on the wire. */
const RUN_TOGETHER: Readonly<Record<string, string>> = {
  groupname: "Group name",
  maxusers: "Member limit",
  membersonly: "Joining needs approval",
  allowinvites: "Members may invite",
  newowner: "New owner",
  newadmin: "New admin",
  oldadmin: "Admin",
  newpassword: "New password",
  labelname: "Label",
  groupchat: "Groups",
  chatroom: "Chat rooms",
  chat: "One-to-one chats",
  superadmin: "User ID",
  pagesize: "Page size",
  msg: "Text",
  lat: "Latitude",
  lng: "Longitude",
  addr: "Address in words",
};

/** `mute_duration` as `Mute duration`. */
function called(name: string): string {
  if (Object.hasOwn(RUN_TOGETHER, name)) return RUN_TOGETHER[name] ?? name;
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase()
    .replace(/\busername(s?)\b/g, "user ID$1")
    .replace(/\b(id|ids|uuid|url)\b/g, (word) => ({ id: "ID", ids: "IDs", uuid: "UUID", url: "address" })[word] ?? word);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What parameters are called: in words, and beside their names on the wire where those do not say it. */
export const parameters: { called: (name: string) => string; beside: (name: string) => string | undefined } = {
  called,
  beside: () => undefined,
};
