//! Tags of chat room members, and mutes of all who carry one: a paid feature that Easemob's sales team switches on.

use crate::{api::users::Outcome, endpoint, group};
use std::collections::BTreeMap;

group! {
    "rooms.tags", "https://doc.easemob.com/document/server-side/chatroom_label_mute.html":
    Mute, Set, Get
}

/// Mutes or unmutes the members of a chat room that carry a tag.
#[endpoint(PUT "/chatrooms/{chatroom_id}/tag/mute", data = Outcome, limit = "100/s", only = easemob, users(admin))]
pub struct Mute {
    /// The room ID.
    pub chatroom_id: String,
    /// The tag.
    #[limits(max = 32)]
    pub tag: String,
    /// For how long, in seconds, unlike `rooms.mutes.add`; 0 unmutes, -1 is for ever.
    #[limits(min = -1)]
    pub mute_duration: i64,
}

/// Replaces the tags of a chat room member.
#[endpoint(
    PUT "/chatrooms/{chatroom_id}/users/{username}/tag", data = Outcome, limit = "100/s", only = easemob, users(admin)
)]
pub struct Set {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member.
    pub username: String,
    /// The new tags, each of at most 32 characters; an empty list removes all.
    #[limits(max = 10)]
    pub tags: Vec<String>,
}

/// Fetches the tags of a chat room member: each with the end of its mute in Unix milliseconds, in digits.
///
/// `-1` is a mute for ever.
#[endpoint(
    GET "/chatrooms/{chatroom_id}/users/{username}/tag", data = BTreeMap<String, String>, limit = "100/s",
    only = easemob, users(admin)
)]
pub struct Get {
    /// The room ID.
    pub chatroom_id: String,
    /// The user ID of the member.
    pub username: String,
}
