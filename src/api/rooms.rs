//! Chat rooms.

use crate::{endpoint, group, model};

pub mod admins;
pub mod allowlist;
pub mod announcement;
pub mod attributes;
pub mod blocklist;
pub mod members;
pub mod mutes;
pub mod super_admins;
pub mod tags;

group! {
    "rooms", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatrooms":
    Create, List, ListJoined, Get, Update, TransferOwnership, Delete
}

/// Creates a chat room.
///
/// Needs no super admin, unlike a creation from a client. The plan limits how many rooms an app may have, and how many
/// members a room.
#[endpoint(POST "/chatrooms", data = CreatedRoom, limit = "50/s", users(super_admin))]
pub struct Create {
    /// The room's name.
    #[limits(max = 128)]
    pub name: String,
    /// The room's description.
    #[limits(max = 512)]
    pub description: String,
    /// The user ID of the owner, who must exist.
    pub owner: String,
    /// How many members the room may have, with its owner. Support can raise the maximum.
    #[limits(min = 1, max = 10000, default = 1000)]
    pub maxusers: Option<u32>,
    /// The user IDs of the first members, without the owner; no more than `maxusers` allows.
    #[limits(min = 1)]
    pub members: Option<Vec<String>>,
    /// Any text to keep with the room: at most 8 KB, on older servers 1,024 characters. Easemob only.
    #[limits(max = 8192)]
    pub custom: Option<String>,
    /// The ID that the room is to have, of `a-z` and `0-9`. Easemob only, where that paid feature is on.
    #[limits(max = 64)]
    #[alias("groupid")]
    pub roomid: Option<String>,
    /// Whether to have the name moderated: a paid feature that only Easemob's Java SDK shows.
    pub need_verify: Option<bool>,
    /// Always `large` from Easemob's Java SDK, which alone sends it.
    pub scale: Option<String>,
}

/// Lists the app's chat rooms, the newest first.
#[endpoint(
    GET "/chatrooms", data = Vec<RoomSummary>, one_or_many, cursor(limit, cursor, "cursor"), limit = "50/s", users(any)
)]
pub struct List {
    /// How many rooms a page holds; Easemob allows 1,000.
    #[limits(min = 1, max = 100, default = 10)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// Lists the chat rooms that a user has joined, the user's own among them.
///
/// Without a page and a page size the answer holds the 500 rooms that were joined last. It tells no total: a page with
/// fewer rooms than asked for is the last.
#[endpoint(
    GET "/users/{username}/joined_chatrooms", data = Vec<JoinedRoom>, one_or_many, pages(pagenum, pagesize, 1),
    limit = "50/s", users("username")
)]
pub struct ListJoined {
    /// The user ID.
    pub username: String,
    /// The page, from 1.
    #[limits(min = 1, default = 1)]
    pub pagenum: Option<u32>,
    /// How many rooms a page holds.
    #[limits(min = 1, max = 1000, default = 1000)]
    pub pagesize: Option<u32>,
}

/// Fetches up to 100 chat rooms with their members.
#[endpoint(
    GET "/chatrooms/{chatroom_id}", data = Vec<Room>, one_or_many, batch(chatroom_id, 100), limit = "100/s", users(any)
)]
pub struct Get {
    /// The room IDs.
    #[limits(min = 1, max = 100)]
    pub chatroom_id: Vec<String>,
}

/// Changes a chat room's name, description or size. What is left out stays as it is.
///
/// The answer tells for each member that was sent whether it was changed.
#[endpoint(PUT "/chatrooms/{chatroom_id}", data = RoomChanges, limit = "100/s", users(admin))]
pub struct Update {
    /// The room ID.
    pub chatroom_id: String,
    /// The new name.
    #[limits(max = 128)]
    pub name: Option<String>,
    /// The new description.
    #[limits(max = 512)]
    pub description: Option<String>,
    /// How many members the room may have, with its owner. Support can raise the maximum.
    #[limits(min = 1, max = 10000)]
    pub maxusers: Option<u32>,
}

/// Gives a chat room to another of its members.
#[endpoint(
    PUT "/chatrooms/{chatroom_id}", data = RoomTransfer, limit = "100/s", unsafe_to_repeat, only = easemob,
    docs = "https://doc.easemob.com/document/server-side/chatroom_manage.html", users(owner)
)]
pub struct TransferOwnership {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the new owner, a member of the room.
    pub newowner: String,
}

/// Deletes a chat room. One that does not exist is an error.
#[endpoint(DELETE "/chatrooms/{chatroom_id}", data = DeletedRoom, limit = "100/s", users(owner))]
pub struct Delete {
    /// The room ID.
    pub chatroom_id: String,
}

/// A chat room that was created.
#[model]
pub struct CreatedRoom {
    /// The room ID.
    pub id: String,
}

/// A chat room in the list of the app.
#[model]
pub struct RoomSummary {
    /// The room ID.
    pub id: String,
    /// The room's name.
    pub name: String,
    /// The owner's user ID.
    pub owner: String,
    /// How many members the room has, with its owner.
    pub affiliations_count: u32,
    /// Whether the room is disabled; no page explains it.
    pub disabled: Option<bool>,
}

/// A chat room that a user has joined.
#[model]
pub struct JoinedRoom {
    /// The room ID.
    pub id: String,
    /// The room's name.
    pub name: String,
    /// Whether the room is disabled; some servers print it as a text.
    pub disabled: Option<bool>,
}

/// A chat room.
#[model]
pub struct Room {
    /// The room ID.
    pub id: String,
    /// The room's name.
    pub name: String,
    /// The room's description.
    pub description: String,
    /// Whether joining needs approval.
    pub membersonly: bool,
    /// Whether ordinary members may invite.
    pub allowinvites: bool,
    /// Whether invited users must agree.
    pub invite_need_confirm: Option<bool>,
    /// How many members the room may have, with its owner.
    pub maxusers: u32,
    /// The owner's user ID; some answers have it among `affiliations` alone.
    pub owner: Option<String>,
    /// When the room was created, in Unix milliseconds.
    #[sometimes]
    pub created: u64,
    /// The text that is kept with the room.
    #[sometimes]
    pub custom: String,
    /// Whether the whole room is muted: see `rooms.mutes.muteAll`.
    pub mute: Option<bool>,
    /// How many members the room has, with its owner.
    #[sometimes]
    pub affiliations_count: u32,
    /// The owner and the members, each with a member of its own; admins are members here.
    pub affiliations: Vec<RoomMember>,
    /// Whether the room is disabled; no page explains it.
    pub disabled: Option<bool>,
    /// Always `true`.
    #[sometimes]
    pub public: bool,
}

/// The owner or a member of a chat room: one of the two is there.
#[model]
pub struct RoomMember {
    /// The user ID, if it is the owner.
    pub owner: Option<String>,
    /// The user ID, if it is a member or an admin.
    pub member: Option<String>,
}

/// What of a chat room was changed. Only what was sent is told.
#[model]
pub struct RoomChanges {
    /// Whether the name was changed.
    pub groupname: Option<bool>,
    /// Whether the description was changed.
    pub description: Option<bool>,
    /// Whether the size was changed.
    pub maxusers: Option<bool>,
}

/// Whether a chat room has a new owner.
#[model]
pub struct RoomTransfer {
    /// Whether it has.
    pub newowner: bool,
}

/// A chat room that was deleted.
#[model]
pub struct DeletedRoom {
    /// Whether it was deleted.
    pub success: bool,
    /// The room ID.
    pub id: String,
}

/// Whether a user was put on or taken off the block list or the allow list of a chat room.
#[model]
pub struct RoomListOutcome {
    /// Whether it was done.
    pub result: bool,
    /// What was to be done: `add_blocks`, `remove_blocks`, `add_user_whitelist` or `remove_user_whitelist`.
    #[sometimes]
    pub action: String,
    /// Why it was not done, for instance `user: amy doesn't exist in chatroom: 66213271109633`.
    pub reason: Option<String>,
    /// The user ID.
    pub user: String,
    /// The room ID.
    #[sometimes]
    pub chatroomid: String,
}
