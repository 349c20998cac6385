//! The conversations that the platform lists for a user.

use crate::{api::mutes::Done, endpoint, group, model};

group! {
    "messages.conversations", "https://docs.agora.io/en/agora-chat/restful-api/message-management":
    Delete
}

/// Deletes a conversation from a user's list; the others in it keep theirs.
///
/// Easemob allows 5 calls a minute for one user.
#[endpoint(DELETE "/users/{username}/user_channel", data = Done, limit = "100/s", users("username"))]
pub struct Delete {
    /// The user ID.
    #[limits(min = 1, max = 64)]
    pub username: String,
    /// The conversation: the other user's ID, or the group ID.
    #[body]
    pub channel: String,
    /// What kind of conversation it is.
    #[body]
    #[wire("type")]
    pub kind: ConversationType,
    /// Whether its roaming messages are deleted for the user too.
    #[body]
    pub delete_roam: bool,
}

/// What kind of conversation can be deleted.
#[model]
pub enum ConversationType {
    /// A one-to-one chat.
    Chat,
    /// A group.
    #[wire("groupchat")]
    Group,
}
