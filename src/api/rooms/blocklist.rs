//! The block list of a chat room: who was put out and cannot come back.

use crate::{api::rooms::RoomListOutcome, endpoint, group};

group! {
    "rooms.blocklist", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatroom-blocklist":
    List, Add, AddMany, Remove, RemoveMany
}

/// Lists the blocked users of a chat room: their user IDs.
#[endpoint(GET "/chatrooms/{chatroom_id}/blocks/users", data = Vec<String>, limit = "100/s", users(admin))]
pub struct List {
    /// The room ID.
    pub chatroom_id: String,
}

/// Blocks a member of a chat room: put out at once, and unable to join again until unblocked.
///
/// The owner cannot be blocked.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/blocks/users/{username}", data = RoomListOutcome, limit = "100/s", safe, users(admin)
)]
pub struct Add {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member.
    pub username: String,
}

/// Blocks up to 60 members of a chat room, and tells for each whether it was done.
///
/// The owner cannot be blocked.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/blocks/users", data = Vec<RoomListOutcome>, one_or_many, limit = "100/s",
    batch(usernames, 60, results), safe, users(admin)
)]
pub struct AddMany {
    /// The room ID.
    pub chatroom_id: String,
    /// The user IDs of the members.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Unblocks a user in a chat room. The user may join again but is not put back.
#[endpoint(
    DELETE "/chatrooms/{chatroom_id}/blocks/users/{username}", data = RoomListOutcome, limit = "100/s", users(admin)
)]
pub struct Remove {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID.
    pub username: String,
}

/// Unblocks up to 60 users in a chat room, and tells for each whether it was done.
#[endpoint(
    DELETE "/chatrooms/{chatroom_id}/blocks/users/{usernames}", data = Vec<RoomListOutcome>, one_or_many,
    limit = "100/s", batch(usernames, 60, results), users(admin)
)]
pub struct RemoveMany {
    /// The room ID.
    pub chatroom_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}
