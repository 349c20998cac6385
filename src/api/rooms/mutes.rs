//! Mutes in a chat room: of single members, and of the whole room.

use crate::{endpoint, group, model};

group! {
    "rooms.mutes", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatroom-mutelist":
    List, Add, Remove, MuteAll, UnmuteAll
}

/// Lists the muted members of a chat room. A mute of the whole room does not show here.
#[endpoint(GET "/chatrooms/{chatroom_id}/mute", data = Vec<RoomMute>, limit = "100/s", users(admin))]
pub struct List {
    /// The room ID.
    pub chatroom_id: String,
}

/// Mutes up to 60 members of a chat room for a time. A mute outlives leaving and joining again.
///
/// One user who is not in the room fails the whole call.
#[endpoint(
    POST "/chatrooms/{chatroom_id}/mute", data = Vec<RoomMuteOutcome>, limit = "100/s",
    batch(usernames, 60, results), safe, users(admin)
)]
pub struct Add {
    /// The room ID.
    pub chatroom_id: String,
    /// For how long, in milliseconds; -1 is for ever. 0 unmutes, which only Easemob documents.
    #[limits(min = -1)]
    pub mute_duration: i64,
    /// The user IDs of the members.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Unmutes up to 60 members of a chat room, and tells for each whether it was done.
#[endpoint(
    DELETE "/chatrooms/{chatroom_id}/mute/{member}", data = Vec<RoomMuteOutcome>, limit = "100/s",
    batch(member, 60, results), users(admin)
)]
pub struct Remove {
    /// The room ID.
    pub chatroom_id: String,
    /// The user IDs of the members.
    #[limits(min = 1, max = 60)]
    pub member: Vec<String>,
}

/// Mutes a whole chat room until `rooms.mutes.unmuteAll`: only those on the allow list may send.
///
/// Who joins later is muted too. The mutes of single members are not touched.
#[endpoint(POST "/chatrooms/{chatroom_id}/ban", data = WholeRoomMute, limit = "100/s", safe, users(admin))]
pub struct MuteAll {
    /// The room ID.
    pub chatroom_id: String,
}

/// Ends the mute of a whole chat room. Members with a mute of their own stay muted.
#[endpoint(
    DELETE "/chatrooms/{chatroom_id}/ban", data = WholeRoomMute, limit = "100/s",
    forms("PUT /chatrooms/{chatroom_id}/ban"), users(admin)
)]
pub struct UnmuteAll {
    /// The room ID.
    pub chatroom_id: String,
}

/// A muted member of a chat room.
#[model]
pub struct RoomMute {
    /// When the mute ends, in Unix milliseconds.
    pub expire: i64,
    /// The user ID.
    pub user: String,
}

/// Whether a member of a chat room was muted or unmuted.
#[model]
pub struct RoomMuteOutcome {
    /// Whether it was done.
    pub result: bool,
    /// When the mute ends, in Unix milliseconds; not there when unmuted.
    pub expire: Option<i64>,
    /// The user ID.
    pub user: String,
}

/// Whether a whole chat room is muted.
#[model]
pub struct WholeRoomMute {
    /// Whether it is.
    pub mute: bool,
}
