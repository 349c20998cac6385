//! The admins of a chat room: at most 99.

use crate::{endpoint, group, model};

group! {
    "rooms.admins", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatroom-members":
    List, Add, Remove
}

/// Lists the admins of a chat room: their user IDs.
#[endpoint(GET "/chatrooms/{chatroom_id}/admin", data = Vec<String>, limit = "100/s", users(any))]
pub struct List {
    /// The room ID.
    pub chatroom_id: String,
}

/// Makes a member of a chat room an admin.
#[endpoint(POST "/chatrooms/{chatroom_id}/admin", data = AddedRoomAdmin, limit = "100/s", safe, users(owner))]
pub struct Add {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member.
    pub newadmin: String,
}

/// Makes an admin of a chat room an ordinary member again.
#[endpoint(DELETE "/chatrooms/{chatroom_id}/admin/{oldadmin}", data = RemovedRoomAdmin, limit = "100/s", users(owner))]
pub struct Remove {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the admin.
    pub oldadmin: String,
}

/// A new admin of a chat room.
#[model]
pub struct AddedRoomAdmin {
    /// `success`.
    pub result: String,
    /// The user ID.
    pub newadmin: String,
}

/// A former admin of a chat room.
#[model]
pub struct RemovedRoomAdmin {
    /// `success`.
    pub result: String,
    /// The user ID.
    pub oldadmin: String,
}
