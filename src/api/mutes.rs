//! Global mutes: what a user may not send, in the whole app.

use crate::{endpoint, group, model};

group! {
    "mutes", "https://docs.agora.io/en/agora-chat/restful-api/global-mute":
    Set, Get, List
}

/// Mutes or unmutes a user in one-to-one chats, groups and chat rooms.
///
/// There is no other way to unmute: send 0. What is left out stays as it is. A mute ends by itself.
#[endpoint(POST "/mutes", data = Done, limit = "100/s", safe)]
pub struct Set {
    /// The user ID.
    #[limits(min = 1, max = 64)]
    pub username: String,
    /// For how many seconds in one-to-one chats; 0 unmutes, -1 is for ever.
    #[limits(max = 2147483647)]
    pub chat: Option<i64>,
    /// For how many seconds in groups; 0 unmutes, -1 is for ever.
    #[limits(max = 2147483647)]
    pub groupchat: Option<i64>,
    /// For how many seconds in chat rooms; 0 unmutes, -1 is for ever.
    #[limits(max = 2147483647)]
    pub chatroom: Option<i64>,
}

/// Tells how long a user is still muted.
#[endpoint(GET "/mutes/{username}", data = UserMutes, limit = "100/s")]
pub struct Get {
    /// The user ID.
    pub username: String,
}

/// Lists the muted users of the app: an entry for each user and kind of chat.
///
/// Mutes that are over or lifted are listed too, with 0. The answer tells no total: a page with fewer entries than asked for
/// is the last.
#[endpoint(GET "/mutes", at("data.data") = Vec<MutedUser>, pages(pageNum, pageSize, 1), limit = "100/s")]
pub struct List {
    /// The page, from 1.
    #[wire("pageNum")]
    #[limits(min = 1)]
    pub page_num: Option<u32>,
    /// How many entries a page holds.
    #[wire("pageSize")]
    #[limits(min = 1, max = 50)]
    pub page_size: Option<u32>,
}

/// That it was done.
#[model]
pub struct Done {
    /// `ok`.
    pub result: String,
}

/// How long a user is still muted, in seconds; 0 is unmuted, -1 is for ever.
#[model]
pub struct UserMutes {
    /// The user, in some answers with the app key before it.
    pub userid: String,
    /// In one-to-one chats.
    pub chat: i64,
    /// In groups.
    pub groupchat: i64,
    /// In chat rooms.
    pub chatroom: i64,
    /// The time of the answer, in Unix seconds.
    pub unixtime: u64,
}

/// A muted user, and for how many seconds in one kind of chat; -1 is for ever, 0 is over.
#[model]
pub struct MutedUser {
    /// The user ID.
    pub username: String,
    /// The user ID under its older name, in some answers instead of `username`.
    pub userid: Option<String>,
    /// In one-to-one chats.
    pub chat: Option<i64>,
    /// In groups.
    pub groupchat: Option<i64>,
    /// In chat rooms.
    pub chatroom: Option<i64>,
}
