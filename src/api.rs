//! Every operation of the platform: one file per resource, one struct per operation.

use crate::operation::Operation;

/// Names every resource once: the modules, the table and the visits all come from this list.
macro_rules! resources {
    ($($module:ident $(:: $part:ident)*),* $(,)?) => {
        /// The whole table, one slice per resource.
        pub static TABLE: &[&[Operation]] = &[$($module$(::$part)*::OPERATIONS),*];

        /// Runs `$visit!(resource)` for every resource.
        #[macro_export]
        macro_rules! each_resource {
            ($visit:ident) => { $($visit!($module$(::$part)*);)* };
        }
    };
}

pub mod attributes;
pub mod blocks;
pub mod contacts;
pub mod files;
pub mod groups;
pub mod messages;
pub mod mutes;
pub mod presence;
pub mod push;
pub mod reactions;
pub mod rooms;
pub mod threads;
pub mod tokens;
pub mod users;

resources! {
    users, users::devices, users::status, users::offline_messages, mutes, tokens, tokens::app, tokens::user,
    groups, groups::announcement, groups::files, groups::members, groups::admins, groups::blocklist, groups::allowlist,
    groups::mutes,
    messages, messages::users, messages::groups, messages::rooms, messages::history, messages::conversations,
    messages::roaming, files,
    contacts, blocks, attributes, presence,
    rooms, rooms::announcement, rooms::attributes, rooms::super_admins, rooms::members, rooms::admins, rooms::blocklist,
    rooms::allowlist, rooms::mutes, rooms::tags,
    push::settings, push::templates, push::bindings, push::labels, push::send, reactions, threads, threads::members,
}

/// Every operation.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    TABLE.iter().copied().flatten()
}

/// The operation of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Operation> {
    let (group, name) = id.rsplit_once('.')?;
    let resource = TABLE.iter().find(|resource| resource.first().is_some_and(|o| o.group == group))?;
    resource.iter().find(|o| o.name == name)
}
