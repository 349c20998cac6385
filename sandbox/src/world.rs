//! The state of one app: its tables, its clock, its count of identifiers.

use crate::{
    Refusal,
    app::App,
    auth::Genuine,
    clock::Clock,
    ids::Ids,
    state::blob::Blob,
    state::contacts::Contact,
    state::files::StoredFile,
    state::groups::{Group, GroupFile, Member},
    state::messages::{Broadcast, Conversation, Message, Waiting},
    state::presence::Presence,
    state::push::{PushLabel, PushLabelUser, PushSetting, PushTask, PushTemplate, PushUser},
    state::reactions::Reaction,
    state::rooms::{Room, RoomAttribute, RoomMark, RoomMember},
    state::threads::{Thread, ThreadMember},
    state::users::{Mutes, Token, User},
    table::{AnyTable, Change, Table},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Lists every table once: the fields of the world, and the walk over them that persistence and snapshots need.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $row:ty,)*) => {
        /// Everything that the platform would remember about one app.
        #[derive(Clone, Debug, Default)]
        pub struct World {
            /// The app.
            pub app: App,
            /// The time.
            pub clock: Clock,
            /// Whether documented sizes and counts go unchecked.
            pub loose: bool,
            /// How many hours ahead of UTC hours of history are counted.
            pub history_zone: i8,
            /// How many identifiers were made, under the key `n`.
            pub counters: Table<u64>,
            /// The tokens that were checked before.
            pub(crate) genuine: Genuine,
            $($(#[$doc])* pub $name: Table<$row>,)*
        }

        impl World {
            /// Runs `f` over every table with its name.
            pub fn each_table(&mut self, f: &mut dyn FnMut(&'static str, &mut dyn AnyTable)) {
                f("counters", &mut self.counters);
                $(f(stringify!($name), &mut self.$name);)*
            }

            /// Goes back to what a copy's tables hold.
            pub(crate) fn go_back(&mut self, to: &Self) {
                self.counters.go_back(&to.counters);
                $(self.$name.go_back(&to.$name);)*
            }

            /// The table of that name.
            fn table(&mut self, name: &str) -> Option<&mut dyn AnyTable> {
                match name {
                    "counters" => Some(&mut self.counters),
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

tables! {
    /// Users by user ID, in lower case.
    users: User,
    /// User IDs by the number of their registration, for listing in that order.
    users_by_number: String,
    /// User IDs by UUID.
    users_by_uuid: String,
    /// Opaque tokens.
    tokens: Token,
    /// The tokens of users: user, token.
    tokens_by_user: (),
    /// Global mutes by user ID.
    mutes: Mutes,
    /// Messages by ID.
    messages: Message,
    /// Message IDs by hour, `yyyyMMddHH` in UTC, and ID.
    messages_by_hour: (),
    /// Messages that wait, by message ID: under `user` and user ID, under `group` and group or thread ID, under `all`.
    messages_waiting: Waiting,
    /// The numbers of when users were last online, who are offline now.
    last_online: u64,
    /// Broadcasts by ID.
    broadcasts: Broadcast,
    /// Conversations by user, kind and peer, group or chat room.
    conversations: Conversation,
    /// When a user deleted a roaming message, by user and message ID.
    roaming_deleted: u64,
    /// Up to when a user cleared roaming messages, by user, kind and peer, group or chat room.
    roaming_cleared: u64,
    /// Files for messages by UUID.
    files: StoredFile,
    /// Their bytes.
    file_contents: Blob,
    /// Groups by group ID.
    groups: Group,
    /// Group IDs, the latest made first.
    groups_by_number: String,
    /// Members by group and user.
    group_members: Member,
    /// Members by group, in the order in which they joined.
    group_members_by_number: String,
    /// The groups that a user has joined, the latest joined first.
    user_groups: String,
    /// How many groups a user has joined.
    user_group_counts: u64,
    /// Attributes of members by group and user.
    group_attributes: BTreeMap<String, String>,
    /// The numbers of blocks by group and user.
    group_blocks: u64,
    /// Who is blocked in a group, the latest first.
    group_blocks_by_number: String,
    /// The allow list: the numbers of entries by group and user.
    group_allows: u64,
    /// When mutes end, in Unix milliseconds, by group and user.
    group_mutes: u64,
    /// Who is blocked or muted in which group: user, group.
    group_marks_by_user: (),
    /// Files by group and file ID.
    group_files: GroupFile,
    /// The file IDs of a group, the latest first.
    group_files_by_number: String,
    /// Contacts by user and contact.
    contacts: Contact,
    /// Contacts by user, the latest first.
    contacts_by_number: String,
    /// How many contacts a user has.
    contact_counts: u64,
    /// The numbers of blocks by user and whom the user blocks.
    blocks: u64,
    /// Whom a user blocks, the latest first.
    blocks_by_number: String,
    /// Who blocks a user, by both.
    blocked_by: String,
    /// How many a user blocks.
    block_counts: u64,
    /// Attributes by user ID.
    attributes: BTreeMap<String, String>,
    /// What users have set of their presence.
    presences: Presence,
    /// When subscriptions end, in Unix seconds, by subscriber and user.
    presence_subscriptions: u64,
    /// The same by user and subscriber.
    presence_subscribers: u64,
    /// What users have set for all pushes, by user ID.
    push_users: PushUser,
    /// What users have set for the app or a conversation: user, kind of conversation, conversation.
    push_settings: PushSetting,
    /// Push templates by name.
    push_templates: PushTemplate,
    /// Device tokens: user, device, push certificate.
    push_bindings: String,
    /// Push labels by name.
    push_labels: PushLabel,
    /// Who has which label: label, user.
    push_label_users: PushLabelUser,
    /// The users of labels in the order in which they got them: label, number.
    push_label_order: String,
    /// Push tasks by ID.
    push_tasks: PushTask,
    /// Reactions by message and emoji.
    reactions: Reaction,
    /// The numbers of the users who added a reaction: reaction, user.
    reaction_users: u64,
    /// Who added a reaction, the first first: reaction, number.
    reaction_order: String,
    /// What users added to which message: user, message, emoji.
    user_reactions: (),
    /// Threads by ID.
    threads: Thread,
    /// The thread of a message.
    threads_by_message: String,
    /// The threads of a group: group, thread.
    group_threads: (),
    /// Threads in the order of their making: `app`, number; `user`, user, number; `group`, group, user, number.
    thread_lists: String,
    /// Members of threads: thread, user.
    thread_members: ThreadMember,
    /// Members of threads, the first who joined first: thread, number.
    thread_order: String,
    /// How many threads a user is in.
    thread_counts: u64,
    /// Chat rooms by ID.
    rooms: Room,
    /// Chat room IDs, the latest made first.
    rooms_by_number: String,
    /// Members, owners among them, by room and user.
    room_members: RoomMember,
    /// Members by room, in the order in which they joined.
    room_members_by_number: String,
    /// The chat rooms that a user has joined, the latest joined first.
    rooms_of_user: String,
    /// Admins by room and user.
    room_admins: bool,
    /// The allow list by room and user.
    room_allowed: bool,
    /// Blocks and mutes by room and user.
    room_marks: RoomMark,
    /// The same by user and room.
    room_marks_by_user: bool,
    /// Attributes by room and key.
    room_attributes: RoomAttribute,
    /// Who carries which tag: room, tag, user.
    room_tags: bool,
    /// When mutes of tags end, in Unix milliseconds, by room and tag.
    room_tag_mutes: u64,
    /// The numbers of chat room super admins by user ID.
    room_super_admins: u64,
    /// Chat room super admins, the latest first.
    room_super_admins_by_number: String,
    /// When users who went offline leave their chat rooms, in Unix milliseconds.
    room_departures: u64,
    /// The same by time and user.
    room_departures_by_time: (),
}

impl World {
    /// A world for that app.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { app, ..Self::default() }
    }

    /// Whether so many of something are more than the documented most.
    #[must_use]
    pub fn exceeds(&self, count: usize, most: usize) -> bool {
        !self.loose && count > most
    }

    /// The time, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.clock.now()
    }

    /// The next number; everything that needs an identifier counts on.
    pub fn next_number(&mut self) -> u64 {
        let n = self.counters.entry("n");
        *n = n.wrapping_add(1);
        *n
    }

    /// A new UUID.
    pub fn uuid(&mut self) -> String {
        Ids::uuid(self.next_number())
    }

    /// A new identifier of a group or chat room.
    pub fn short_id(&mut self) -> String {
        Ids::short(self.next_number())
    }

    /// A new identifier of a message or task.
    pub fn long_id(&mut self) -> u64 {
        Ids::long(self.next_number())
    }

    /// The user, by user ID in any case, or the platform's refusal.
    pub fn user(&self, username: &str) -> Result<&User, Refusal> {
        self.users.get(&username.to_lowercase()).ok_or_else(Refusal::no_user)
    }

    /// What follows when a user is gone: every resource that knows users takes its part here.
    pub(crate) fn user_removed(&mut self, username: &str) {
        self.messages_user_removed(username);
        self.rooms_user_removed(username);
        self.groups_user_removed(username);
        self.contacts_user_removed(username);
        self.blocks_user_removed(username);
        self.attributes_user_removed(username);
        self.presence_user_removed(username);
        self.push_user_removed(username);
        self.reactions_user_removed(username);
        self.threads_user_removed(username);
    }

    /// What follows when a group is gone: whoever hangs something on groups takes its part here.
    pub(crate) fn group_removed(&mut self, group_id: &str) {
        self.group_threads_removed(group_id);
        self.waiting_group_removed(group_id);
    }

    /// What follows when a user is no longer in a group.
    pub(crate) fn group_member_removed(&mut self, group_id: &str, username: &str) {
        self.group_threads_left(group_id, username);
    }

    /// Writes all tables as one JSON object.
    pub fn dump(&mut self, into: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let mut outcome = Ok(());
        let mut sign = b'{';
        self.each_table(&mut |name, table| {
            if outcome.is_ok() && !table.is_empty() {
                into.push(std::mem::replace(&mut sign, b','));
                into.extend_from_slice(format!("\"{name}\":").as_bytes());
                outcome = table.dump(into);
            }
        });
        into.extend_from_slice(if sign == b'{' { b"{}" } else { b"}" });
        outcome
    }

    /// Puts a row of a data file in, or takes it out.
    pub fn load(&mut self, table: &str, key: &str, row: Option<&[u8]>) -> Result<(), String> {
        let rows = self.table(table).ok_or("there is no such table: another version made it")?;
        rows.load(key, row).map_err(|e| e.to_string())
    }

    /// Whether the rows of a dump fit.
    pub fn check(&mut self, dump: &Map<String, Value>) -> Result<(), String> {
        let mut unknown: Vec<&String> = dump.keys().collect();
        let mut failed = None;
        self.each_table(&mut |name, table| {
            unknown.retain(|n| *n != name);
            let fits = match dump.get(name) {
                None => Ok(()),
                Some(Value::Object(rows)) => table.check(rows).map_err(|e| format!("{name}: {e}")),
                Some(_) => Err(format!("{name} must be an object")),
            };
            if let Err(e) = fits {
                failed.get_or_insert(e);
            }
        });
        match (failed, unknown.first()) {
            (Some(why), _) => Err(why),
            (None, Some(name)) => Err(format!("there is no table {name}")),
            (None, None) => Ok(()),
        }
    }

    /// Replaces all rows by those of a dump that fits.
    pub fn restore(&mut self, dump: &Map<String, Value>) -> Result<(), serde_json::Error> {
        let none = Map::new();
        let mut failed = None;
        self.each_table(&mut |name, table| {
            let rows = dump.get(name).and_then(Value::as_object).unwrap_or(&none);
            if let Err(e) = table.restore(rows) {
                failed = Some(e);
            }
        });
        failed.map_or(Ok(()), Err)
    }

    /// Tells what changed since it was last asked.
    pub fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.each_table(&mut |name, table| table.changes(name, &mut changes));
        changes
    }

    /// Forgets what changed, where nothing follows it.
    pub fn forget_changes(&mut self) {
        self.each_table(&mut |_, table| table.forget_changes());
    }
}
