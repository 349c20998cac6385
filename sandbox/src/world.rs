//! The state of one app: its tables, its clock, its count of identifiers.

use crate::{
    Refusal,
    app::App,
    clock::Clock,
    ids::Ids,
    state::users::{Mutes, Token, User},
    table::{AnyTable, Change, Table},
};
use serde_json::{Map, Value};

/// Lists every table once: the fields of the world, and the walk over them that persistence and snapshots need.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $row:ty,)*) => {
        /// Everything that the platform would remember about one app.
        #[derive(Debug, Default)]
        pub struct World {
            /// The app.
            pub app: App,
            /// The time.
            pub clock: Clock,
            /// How many identifiers were made, under the key `n`.
            pub counters: Table<u64>,
            $($(#[$doc])* pub $name: Table<$row>,)*
        }

        impl World {
            /// Runs `f` over every table with its name.
            pub fn each_table(&mut self, f: &mut dyn FnMut(&'static str, &mut dyn AnyTable)) {
                f("counters", &mut self.counters);
                $(f(stringify!($name), &mut self.$name);)*
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
    /// Global mutes by user ID.
    mutes: Mutes,
}

impl World {
    /// A world for that app.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { app, ..Self::default() }
    }

    /// The time, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.clock.now()
    }

    /// The next number; everything that needs an identifier counts on.
    pub fn next_number(&mut self) -> u64 {
        let n = self.counters.entry("n");
        *n += 1;
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
    #[allow(clippy::unused_self)]
    pub(crate) fn user_removed(&mut self, _username: &str) {}

    /// All tables as one JSON object.
    pub fn dump(&mut self) -> Result<Map<String, Value>, serde_json::Error> {
        let mut dump = Map::new();
        let mut failed = None;
        self.each_table(&mut |name, table| match table.dump() {
            Ok(rows) => {
                if !rows.is_empty() {
                    dump.insert(name.to_owned(), Value::Object(rows));
                }
            }
            Err(e) => failed = Some(e),
        });
        failed.map_or(Ok(dump), Err)
    }

    /// Puts a row of a data file in.
    pub fn load(&mut self, table: &str, key: &str, row: &[u8]) -> Result<(), serde_json::Error> {
        let mut outcome = Ok(());
        self.each_table(&mut |name, t| {
            if name == table {
                outcome = t.load(key.to_owned(), row);
            }
        });
        outcome
    }

    /// Replaces all rows by those of a dump.
    pub fn restore(&mut self, dump: &Map<String, Value>) -> Result<(), serde_json::Error> {
        let mut failed = None;
        self.each_table(&mut |name, table| {
            table.clear();
            let rows = dump.get(name).and_then(Value::as_object);
            for (key, row) in rows.into_iter().flatten() {
                if let Err(e) = table.put(key.clone(), row) {
                    failed = Some(e);
                }
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
