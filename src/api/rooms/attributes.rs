//! The custom attributes of a chat room: texts by key, each owned by the user who set it.
//!
//! A room has at most 100 of them, all rooms of an app together 10 GB.

use crate::{endpoint, group, model};
use std::collections::BTreeMap;

group! {
    "rooms.attributes", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatroom-attributes":
    Set, Get, Delete, SetForced, DeleteForced
}

/// Sets up to 10 attributes of a chat room in a member's name.
///
/// Creates attributes and changes the member's own; a key that another user owns is refused.
#[endpoint(
    PUT "/metadata/chatroom/{chatroom_id}/user/{username}", data = RoomAttributesOutcome, limit = "100/s",
    envelope = short, users("username")
)]
pub struct Set {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member who is to own the attributes.
    pub username: String,
    /// The attributes: keys of at most 128 characters (`a-z`, `A-Z`, `0-9`, `_`, `-`, `.`), values of at most 4,096.
    #[wire("metaData")]
    #[limits(max = 10)]
    pub meta_data: BTreeMap<String, String>,
    /// `DELETE`: the attributes go when their owner leaves the room; `NO_DELETE`: they stay. In any case of letters;
    /// `DELETE` if left out.
    #[wire("autoDelete")]
    pub auto_delete: Option<String>,
}

/// Reads attributes of a chat room, some or all: each key with its value.
#[endpoint(
    POST "/metadata/chatroom/{chatroom_id}", data = BTreeMap<String, String>, limit = "100/s", envelope = short, safe,
    users(any)
)]
pub struct Get {
    /// The room ID.
    pub chatroom_id: String,
    /// The keys to read; none or an empty list reads all.
    pub keys: Option<Vec<String>>,
}

/// Deletes up to 10 attributes of a chat room that a member owns. Those of others are not touched.
#[endpoint(
    DELETE "/metadata/chatroom/{chatroom_id}/user/{username}", data = RoomAttributesOutcome, limit = "100/s",
    batch(keys, 10, errors), envelope = short, users("username")
)]
pub struct Delete {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member who owns the attributes.
    pub username: String,
    /// The keys to delete. What happens without them is not documented.
    #[body]
    #[limits(max = 10)]
    pub keys: Option<Vec<String>>,
}

/// Sets up to 10 attributes of a chat room in a member's name, those of others included.
///
/// The member becomes the owner of what it sets.
#[endpoint(
    PUT "/metadata/chatroom/{chatroom_id}/user/{username}/forced", data = RoomAttributesOutcome, limit = "100/s",
    envelope = short, users("username")
)]
pub struct SetForced {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member who is to own the attributes.
    pub username: String,
    /// The attributes: keys of at most 128 characters (`a-z`, `A-Z`, `0-9`, `_`, `-`, `.`), values of at most 4,096.
    #[wire("metaData")]
    #[limits(max = 10)]
    pub meta_data: BTreeMap<String, String>,
    /// `DELETE`: the attributes go when their owner leaves the room; `NO_DELETE`: they stay. In any case of letters;
    /// `DELETE` if left out.
    #[wire("autoDelete")]
    pub auto_delete: Option<String>,
}

/// Deletes up to 10 attributes of a chat room, whoever owns them.
#[endpoint(
    DELETE "/metadata/chatroom/{chatroom_id}/user/{username}/forced", data = RoomAttributesOutcome, limit = "100/s",
    batch(keys, 10, errors), envelope = short, users("username")
)]
pub struct DeleteForced {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of who deletes them; need not be in the room.
    pub username: String,
    /// The keys to delete.
    #[body]
    #[limits(max = 10)]
    pub keys: Option<Vec<String>>,
}

/// Which attributes of a chat room were set or deleted, and which not.
#[model]
pub struct RoomAttributesOutcome {
    /// The keys that were.
    #[wire("successKeys")]
    pub success_keys: Vec<String>,
    /// The keys that were not, each with the reason.
    #[wire("errorKeys")]
    pub error_keys: BTreeMap<String, String>,
}
