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
  msg_id: "Message ID",
  chat_type: "Kind of conversation",
  sync_device: "On the sender's other devices too",
  recallMessageExtensionInfo: "Note on the recall",
  roam_ignore_users: "Not among the roaming messages of",
  routetype: "Delivery",
  need_group_ack: "Ask for read receipts",
  msg_timestamp: "Time of the message",
  chatroom_msg_level: "Priority",
  ext: "Data of your own",
  custom: "Data of your own",
  customExts: "Fields",
  filename: "File name",
  file_length: "Size in bytes",
  length: "Length in seconds",
  thumb: "Address of the thumbnail",
  thumb_secret: "Secret of the thumbnail",
  subTitle: "Subtitle",
  startDate: "Start",
  metaData: "Attributes",
  autoDelete: "When the owner leaves",
  invite_need_confirm: "Invitations must be accepted",
  need_notify: "Tell the members",
  ignoreInterval: "Daily quiet time",
  ignoreDuration: "Nothing is pushed for",
  notification_display_style: "Display",
  notification_no_disturbing: "Quiet hours",
  notification_no_disturbing_start: "They begin at",
  notification_no_disturbing_end: "They end at",
  translationLanguage: "Language",
  autoCreateUser: "Register the user if there is none",
  ttl: "Life in seconds",
  affiliations_count: "Members",
  createdAt: "Created",
  createAt: "Created",
  updateAt: "Changed",
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
