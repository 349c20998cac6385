//! The announcement of a chat room.

use crate::{endpoint, group, model};

group! {
    "rooms.announcement", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatrooms":
    Get, Set
}

/// Fetches the announcement of a chat room.
#[endpoint(GET "/chatrooms/{chatroom_id}/announcement", data = RoomAnnouncement, limit = "100/s", users(any))]
pub struct Get {
    /// The room ID.
    pub chatroom_id: String,
}

/// Replaces the announcement of a chat room.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/announcement", data = RoomAnnouncementOutcome, limit = "100/s", safe, users(admin)
)]
pub struct Set {
    /// The room ID.
    pub chatroom_id: String,
    /// The new text.
    #[limits(max = 512)]
    pub announcement: String,
}

/// The announcement of a chat room.
#[model]
pub struct RoomAnnouncement {
    /// The text.
    pub announcement: String,
}

/// Whether the announcement of a chat room was replaced.
#[model]
pub struct RoomAnnouncementOutcome {
    /// The room ID.
    pub id: String,
    /// Whether it was replaced.
    pub result: bool,
}
