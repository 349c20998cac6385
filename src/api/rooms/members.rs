//! The members of a chat room.
//!
//! A member who is offline for more than two minutes leaves the room, unless it is on the allow list.

use crate::{api::rooms::RoomMember, endpoint, group, model};

group! {
    "rooms.members", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatroom-members":
    List, ListByCursor, Add, AddMany, Remove, RemoveMany
}

/// Lists the members of a chat room, its owner included, in no certain order.
///
/// The answer tells no total: a page with fewer members than asked for is the last.
#[endpoint(
    GET "/chatrooms/{chatroom_id}/users", data = Vec<RoomMember>, pages(pagenum, pagesize, 1), limit = "100/s",
    users(any)
)]
pub struct List {
    /// The room ID.
    pub chatroom_id: String,
    /// The page, from 1.
    #[limits(min = 1, default = 1)]
    pub pagenum: Option<u32>,
    /// How many members a page holds; more is cut to 1,000.
    #[limits(min = 0, max = 1000, default = 1000)]
    pub pagesize: Option<u32>,
}

/// Lists the members of a chat room, the last to join first: user IDs, without the owner.
///
/// Only Easemob's Java SDK shows this form.
#[endpoint(
    GET "/chatrooms/{chatroom_id}/users", data = Vec<String>, cursor(limit, cursor, "cursor"), limit = "100/s",
    constant(query version = "v3"), only = easemob, docs = "https://doc.easemob.com/document/server-side/chatroom.html",
    users(any)
)]
pub struct ListByCursor {
    /// The room ID.
    pub chatroom_id: String,
    /// How many members a page holds.
    pub limit: u32,
    /// Where the previous page ended.
    pub cursor: Option<String>,
    /// `asc`: who joined first comes first; `desc`: who joined last, as without it.
    pub sort: Option<String>,
}

/// Adds a user to a chat room. One who is a member already is no error.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/users/{username}", data = RoomMemberOutcome, limit = "100/s", safe,
    users(admin, "username")
)]
pub struct Add {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID.
    pub username: String,
}

/// Adds up to 60 users to a chat room.
///
/// Those who are members already count as added. One unknown user fails the whole call.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/users", data = AddedRoomMembers, limit = "100/s", batch(usernames, 60), safe,
    users(admin)
)]
pub struct AddMany {
    /// The room ID.
    pub chatroom_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Removes a member from a chat room.
#[endpoint(
    DELETE "/chatrooms/{chatroom_id}/users/{username}", data = RoomMemberOutcome, limit = "100/s",
    users(admin, "username")
)]
pub struct Remove {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID.
    pub username: String,
}

/// Removes members from a chat room, and tells for each whether it was done.
#[endpoint(
    DELETE "/chatrooms/{chatroom_id}/users/{usernames}", data = Vec<RoomMemberOutcome>, one_or_many, limit = "100/s",
    batch(usernames, 100, results), users(admin)
)]
pub struct RemoveMany {
    /// The room ID.
    pub chatroom_id: String,
    /// The user IDs: at most 100; some servers stop at 60.
    #[limits(min = 1, max = 100)]
    pub usernames: Vec<String>,
}

/// Whether a user was added to or removed from a chat room.
#[model]
pub struct RoomMemberOutcome {
    /// Whether it was done.
    pub result: bool,
    /// What was to be done: `add_member` or `remove_member`.
    #[sometimes]
    pub action: String,
    /// Why it was not done, for instance `user: amy doesn't exist in group: 66213271109633`.
    pub reason: Option<String>,
    /// The user ID.
    #[sometimes]
    pub user: String,
    /// The room ID.
    #[sometimes]
    pub id: String,
}

/// The users that were added to a chat room.
#[model]
pub struct AddedRoomMembers {
    /// The user IDs.
    pub newmembers: Vec<String>,
    /// Always `add_member`.
    pub action: String,
    /// The room ID.
    pub id: String,
}
