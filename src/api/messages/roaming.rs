//! Roaming messages: what a user finds of past messages on a new device. Deleting them touches one user alone.

use crate::{endpoint, group};

group! {
    "messages.roaming", "https://doc.easemob.com/document/server-side/message_delete.html":
    DeleteFromChat, DeleteFromGroup, Clear, ClearChatBefore, ClearGroupBefore
}

/// Deletes up to 50 roaming messages of a one-to-one chat, for one user.
///
/// A conversation of which nothing is left disappears from the user's list.
#[endpoint(
    DELETE "/rest/message/roaming/chat/user/{username}", none, limit = "100/s", batch(msgIdList, 50), only = easemob,
    envelope = reaction, users("username")
)]
pub struct DeleteFromChat {
    /// The user whose messages they are.
    pub username: String,
    /// The other user.
    #[wire("userId")]
    pub user_id: String,
    /// The message IDs.
    #[wire("msgIdList")]
    #[limits(min = 1, max = 50)]
    pub msg_id_list: Vec<String>,
    /// Whether the user's online devices delete them too; default: yes.
    #[wire("isNotify")]
    pub is_notify: Option<bool>,
}

/// Deletes up to 50 roaming messages of a group, for one user.
///
/// A conversation of which nothing is left disappears from the user's list.
#[endpoint(
    DELETE "/rest/message/roaming/group/user/{username}", none, limit = "100/s", batch(msgIdList, 50), only = easemob,
    envelope = reaction, users("username")
)]
pub struct DeleteFromGroup {
    /// The user whose messages they are.
    pub username: String,
    /// The group ID.
    #[wire("groupId")]
    pub group_id: String,
    /// The message IDs.
    #[wire("msgIdList")]
    #[limits(min = 1, max = 50)]
    pub msg_id_list: Vec<String>,
    /// Whether the user's online devices delete them too; default: yes.
    #[wire("isNotify")]
    pub is_notify: Option<bool>,
}

/// Deletes all roaming messages and conversations of a user.
#[endpoint(
    POST "/rest/message/roaming/user/{username}/delete/all", none, limit = "100/s", only = easemob, envelope = reaction, safe,
    users("username")
)]
pub struct Clear {
    /// The user ID.
    pub username: String,
}

/// Deletes the roaming messages of a one-to-one chat up to a time, for one user.
#[endpoint(
    DELETE "/rest/message/roaming/chat/user/{username}/time", none, limit = "100/s", only = easemob, envelope = reaction,
    users("username")
)]
pub struct ClearChatBefore {
    /// The user whose messages they are.
    pub username: String,
    /// The other user.
    #[wire("userId")]
    pub user_id: String,
    /// Up to when, in Unix milliseconds.
    #[wire("delTime")]
    pub del_time: u64,
    /// Whether the user's online devices delete them too; default: yes.
    #[wire("isNotify")]
    pub is_notify: Option<bool>,
}

/// Deletes the roaming messages of a group or chat room up to a time, for one user.
#[endpoint(
    DELETE "/rest/message/roaming/group/user/{username}/time", none, limit = "100/s", only = easemob, envelope = reaction,
    users("username")
)]
pub struct ClearGroupBefore {
    /// The user whose messages they are.
    pub username: String,
    /// The group or chat room ID.
    #[wire("groupId")]
    pub group_id: String,
    /// Up to when, in Unix milliseconds.
    #[wire("delTime")]
    pub del_time: u64,
    /// Whether the user's online devices delete them too; default: yes.
    #[wire("isNotify")]
    pub is_notify: Option<bool>,
}
