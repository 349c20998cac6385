//! The allow list of a chat room.
//!
//! Its members may send while the whole room is muted, and stay in the room when they are offline for long; a mute of
//! their own still holds. The owner is on it from the start.

use crate::{api::rooms::RoomListOutcome, endpoint, group};

group! {
    "rooms.allowlist", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatrooms-allowlist":
    List, Add, AddMany, Remove
}

/// Lists the users on the allow list of a chat room: their user IDs.
#[endpoint(GET "/chatrooms/{chatroom_id}/white/users", data = Vec<String>, limit = "100/s", users(admin))]
pub struct List {
    /// The room ID.
    pub chatroom_id: String,
}

/// Puts a member on the allow list of a chat room.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/white/users/{username}", data = RoomListOutcome, limit = "100/s", safe, users(admin)
)]
pub struct Add {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member.
    pub username: String,
}

/// Puts up to 60 members on the allow list of a chat room, and tells for each whether it was done.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/white/users", data = Vec<RoomListOutcome>, one_or_many, limit = "100/s",
    batch(usernames, 60, results), safe, users(admin)
)]
pub struct AddMany {
    /// The room ID.
    pub chatroom_id: String,
    /// The user IDs of the members.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Takes up to 60 users off the allow list of a chat room, and tells for each whether it was done.
#[endpoint(
    DELETE "/chatrooms/{chatroom_id}/white/users/{username}", data = Vec<RoomListOutcome>, one_or_many, limit = "100/s",
    batch(username, 60, results), users(admin)
)]
pub struct Remove {
    /// The room ID.
    pub chatroom_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub username: Vec<String>,
}
