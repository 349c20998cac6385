//! The state of one app: its tables, its clock, its count of identifiers.

use crate::{
    Refusal,
    app::App,
    auth::Genuine,
    clock::Clock,
    ids::Ids,
    parts::{Part, all, by_key, first, last, most, named, newest, under, within},
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
    table::{AnyTable, Table, key, last as last_of},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Lists every table once, with what its rows belong to and are found by: the fields of the world, and the walk over them
/// that removals, persistence and snapshots need.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $row:ty $(= $parts:expr)?,)*) => {
        /// Everything that the platform would remember about one app.
        #[derive(Clone, Debug)]
        pub struct World {
            /// The app.
            pub app: App,
            /// The time.
            pub clock: Clock,
            /// Whether documented sizes and counts go unchecked.
            pub loose: bool,
            /// How many hours ahead of UTC hours of history are counted.
            pub history_zone: i8,
            /// The tokens that were checked before.
            pub(crate) genuine: Genuine,
            $($(#[$doc])* pub $name: Table<$row>,)*
        }

        impl Default for World {
            fn default() -> Self {
                Self {
                    app: App::default(),
                    clock: Clock::default(),
                    loose: false,
                    history_zone: 0,
                    genuine: Genuine::default(),
                    $($name: {
                        const PARTS: &[Part<$row>] = parts!($($parts)?);
                        Table::new(PARTS)
                    },)*
                }
            }
        }

        impl World {
            /// Runs `f` over every table with its name.
            pub fn each_table(&mut self, f: &mut dyn FnMut(&'static str, &mut dyn AnyTable)) {
                $(f(stringify!($name), &mut self.$name);)*
            }

            /// Becomes what another's tables hold: a copy of this one from before, or one that was read.
            pub(crate) fn become_like(&mut self, other: &Self) {
                $(self.$name.become_like(&other.$name);)*
            }

            /// The table of that name.
            pub(crate) fn table(&mut self, name: &str) -> Option<&mut dyn AnyTable> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

macro_rules! parts {
    () => {
        &[]
    };
    ($parts:expr) => {
        &$parts
    };
}

tables! {
    /// How many identifiers were made, under the key `n`, and other counts.
    counters: u64,
    /// Users by user ID, in lower case; all in the order of their registration.
    users: User = [all(|user| user.number)],
    /// Opaque tokens, and those of a user.
    tokens: Token = [named("users", |_, token| token.user.as_deref().unwrap_or_default().into(), by_key)],
    /// Global mutes by user ID.
    mutes: Mutes = [under("users")],
    /// Messages by ID; all by the time of their sending.
    messages: Message = [all(|message| message.timestamp)],
    /// Messages that wait, by message ID: under `user` and user ID, under `group` and group or thread ID, under `all`.
    messages_waiting: Waiting =
        [within("users", &["user"]), within("groups", &["group"]), within("threads", &["group"])],
    /// The numbers of when users were last online, who are offline now.
    last_online: u64 = [under("users")],
    /// Broadcasts by ID.
    broadcasts: Broadcast,
    /// Conversations by user, kind and peer, group or chat room.
    conversations: Conversation = [under("users")],
    /// When a user deleted a roaming message, by user and message ID.
    roaming_deleted: u64 = [under("users")],
    /// Up to when a user cleared roaming messages, by user, kind and peer, group or chat room.
    roaming_cleared: u64 = [under("users")],
    /// Files for messages by UUID.
    files: StoredFile,
    /// Their bytes.
    file_contents: Blob = [under("files")],
    /// Groups by group ID; all, the latest made first; those of an owner.
    groups: Group = [all(|group| newest(group.number)), named("users", |_, group| (&group.owner).into(), by_key)],
    /// Members by group and user; of a group in the order in which they joined; of a user, the latest joined first.
    group_members: Member =
        [first("groups", |member| member.number), last("users", |member| newest(member.number))],
    /// Admins by group and user, with the numbers by which they stand.
    group_admins: u64 = [first("groups", |number| *number), under("group_members")],
    /// Attributes of members by group and user.
    group_attributes: BTreeMap<String, String> = [under("group_members")],
    /// The numbers of blocks by group and user; of a group, the latest first.
    group_blocks: u64 = [first("groups", |number| newest(*number)), last("users", by_key)],
    /// The allow list: the numbers of entries by group and user.
    group_allows: u64 = [first("groups", |number| *number), under("group_members")],
    /// When mutes end, in Unix milliseconds, by group and user.
    group_mutes: u64 = [under("groups"), last("users", by_key)],
    /// Files by group and file ID; of a group, the latest first.
    group_files: GroupFile = [first("groups", |file| newest(file.number))],
    /// Contacts by user and contact; of a user, the latest first.
    contacts: Contact = [first("users", |contact| newest(contact.number)), last("users", by_key)],
    /// The numbers of blocks by user and whom the user blocks; of a user, the latest first.
    blocks: u64 = [first("users", |number| newest(*number)), last("users", by_key)],
    /// Attributes by user ID.
    attributes: BTreeMap<String, String> = [under("users")],
    /// What users have set of their presence.
    presences: Presence = [under("users")],
    /// When subscriptions end, in Unix seconds, by subscriber and user.
    presence_subscriptions: u64 = [first("users", |expiry| *expiry), last("users", |expiry| *expiry)],
    /// What users have set for all pushes, by user ID.
    push_users: PushUser = [under("users")],
    /// What users have set for the app or a conversation: user, kind of conversation, conversation.
    push_settings: PushSetting = [under("users")],
    /// Push templates by name.
    push_templates: PushTemplate,
    /// Device tokens: user, device, push certificate.
    push_bindings: String = [under("users")],
    /// Push labels by name; all, the latest made first.
    push_labels: PushLabel = [all(|label| newest(label.number))],
    /// Who has which label: label, user; of a label in the order in which they got it.
    push_label_users: PushLabelUser = [first("push_labels", |user| user.number), last("users", by_key)],
    /// Push tasks by ID.
    push_tasks: PushTask,
    /// Reactions by message and emoji; of a message in the order of their making.
    reactions: Reaction = [first("messages", |reaction| reaction.number)],
    /// The numbers of the users who added a reaction: message, emoji, user; of a reaction, the first first.
    reaction_users: u64 = [most("reactions", |number| *number), last("users", by_key)],
    /// Threads by ID; all in the order of their making; that of a message; those of a group.
    threads: Thread = [
        all(|thread| thread.number),
        named("", |_, thread| (&thread.msg_id).into(), by_key),
        named("groups", |_, thread| (&thread.group_id).into(), by_key),
    ],
    /// Members of threads: thread, user; of a thread, the first who joined first; of a user; of a member of a group.
    thread_members: ThreadMember = [
        first("threads", |member| member.number),
        last("users", |member| member.listed),
        named("group_members", |at, member| key(&[&member.group, last_of(at)]).into(), |member| member.listed),
    ],
    /// Chat rooms by ID; all, the latest made first; those of an owner.
    rooms: Room = [all(|room| newest(room.number)), named("users", |_, room| (&room.owner).into(), by_key)],
    /// Members, owners among them, by room and user; in the order in which they joined; of a user, the latest joined first.
    room_members: RoomMember =
        [first("rooms", |member| member.number), last("users", |member| newest(member.number))],
    /// Admins by room and user.
    room_admins: bool = [first("rooms", by_key), under("room_members")],
    /// The allow list by room and user.
    room_allowed: bool = [under("room_members")],
    /// Blocks and mutes by room and user.
    room_marks: RoomMark = [under("rooms"), last("users", by_key)],
    /// Attributes by room and key; those that go with a member.
    room_attributes: RoomAttribute =
        [first("rooms", by_key), named("room_members", |at, attribute| attribute.goes_with(at).into(), by_key)],
    /// When mutes of tags end, in Unix milliseconds, by room and tag.
    room_tag_mutes: u64 = [under("rooms")],
    /// The numbers of chat room super admins by user ID; all, the latest first.
    room_super_admins: u64 = [all(|number| newest(*number)), under("users")],
    /// When users who went offline leave their chat rooms, in Unix milliseconds; all by that time.
    room_departures: u64 = [all(|due| *due), under("users")],
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

    /// The user ID in lower case, if it is one, or the platform's refusal.
    pub fn user_id(&self, username: &str) -> Result<String, Refusal> {
        self.user(username).map(|_| username.to_lowercase())
    }

    /// The user ID of a UUID.
    #[must_use]
    pub fn user_of_uuid(&self, uuid: &str) -> Option<&str> {
        let registered = |uuid: u64| self.users.of(0, "").from(uuid.wrapping_sub(1)).iter().next();
        let (number, name) = Ids::of_uuid(uuid).find_map(|n| registered(n).filter(|(m, _)| m.wrapping_add(1) == n))?;
        (Ids::uuid(number.wrapping_add(1)) == uuid).then_some(name)
    }

    /// The user, by user ID in any case, or the platform's refusal.
    pub fn user(&self, username: &str) -> Result<&User, Refusal> {
        self.users.get(&username.to_lowercase()).ok_or_else(Refusal::no_user)
    }

    /// Takes a row out, with all that belongs to it in other tables; tells whether it was there.
    pub(crate) fn take_out(&mut self, table: &'static str, key: &str) -> bool {
        if !self.table(table).is_some_and(|rows| rows.take_out(key)) {
            return false;
        }
        let mut gone = vec![(table, key.to_owned())];
        while let Some((table, key)) = gone.pop() {
            self.each_table(&mut |name, rows| {
                if rows.belongs(table) {
                    gone.extend(rows.take_out_of(table, &key).into_iter().map(|key| (name, key)));
                }
            });
        }
        true
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

    /// An empty world of the same app that takes in what was exported or is in a file.
    #[must_use]
    pub fn blank(&self) -> Self {
        Self { loose: self.loose, history_zone: self.history_zone, ..Self::new(self.app.clone()) }
    }

    /// Replaces all rows by those of a dump, or says what does not fit.
    pub fn restore(&mut self, dump: &Map<String, Value>) -> Result<(), String> {
        for (name, rows) in dump {
            let table = self.table(name).ok_or_else(|| format!("there is no table {name}"))?;
            let rows = rows.as_object().ok_or_else(|| format!("{name} must be an object"))?;
            table.restore(rows).map_err(|e| format!("{name}: {e}"))?;
        }
        Ok(())
    }

    /// Whether every list is what the rows of its table say.
    pub fn fits(&mut self) -> Result<(), &'static str> {
        let mut outcome = Ok(());
        self.each_table(&mut |name, table| {
            if !table.fits() {
                outcome = Err(name);
            }
        });
        outcome
    }

    /// Forgets what changed, where nothing follows it.
    pub fn forget_changes(&mut self) {
        self.each_table(&mut |_, table| table.forget_changes());
    }
}

#[cfg(test)]
mod tests {
    use super::World;
    use std::collections::BTreeSet;

    #[test]
    fn rows_belong_to_tables() {
        let (mut tables, mut owners) = (BTreeSet::new(), BTreeSet::new());
        World::default().each_table(&mut |name, table| {
            tables.insert(name);
            owners.extend(table.owners());
        });
        assert!(owners.len() > 5 && owners.is_subset(&tables), "{owners:?}");
    }
}
