//! Reactions: emoji that users put on messages.

use crate::{endpoint, group, model};

group! {
    "reactions", "https://docs.agora.io/en/agora-chat/restful-api/reaction":
    Add, List, Delete, GetDetail
}

/// Adds a user's reaction to a message.
///
/// A message has at most 20 different ones; the same by many users counts once. The user must be in the conversation
/// and cannot add the same one twice.
#[endpoint(POST "/reaction/user/{username}", data = Reaction, limit = "100/s", envelope = reaction, users("username"))]
pub struct Add {
    /// The user who reacts.
    pub username: String,
    /// The message.
    #[wire("msgId")]
    pub msg_id: String,
    /// The emoji's ID, as the clients know it.
    #[limits(max = 128)]
    pub message: String,
}

/// Lists the reactions to up to 20 messages of one conversation, as a user sees them.
#[endpoint(
    GET "/reaction/user/{username}", data = Vec<MessageReactions>, limit = "100/s", batch(msgIdList, 20),
    envelope = reaction, users("username")
)]
pub struct List {
    /// The user who looks.
    pub username: String,
    /// The messages.
    #[wire("msgIdList")]
    #[limits(min = 1, max = 20)]
    pub msg_id_list: Vec<String>,
    /// The kind of conversation they are in.
    #[wire("msgType")]
    pub msg_type: ReactionChat,
    /// The group they are in; needed for `groupchat`.
    #[wire("groupId")]
    pub group_id: Option<String>,
}

/// Takes back a user's reaction to a message.
#[endpoint(DELETE "/reaction/user/{username}", none, limit = "100/s", envelope = reaction, users("username"))]
pub struct Delete {
    /// The user who reacted.
    pub username: String,
    /// The message.
    #[wire("msgId")]
    pub msg_id: String,
    /// The emoji's ID.
    #[limits(max = 128)]
    pub message: String,
}

/// Fetches one reaction to a message with the users who added it, some at a time.
///
/// The next users come with the `cursor` of the answer. The last answer has one too: its `userList` is shorter than
/// asked for.
#[endpoint(
    GET "/reaction/user/{username}/detail", data = ReactionDetail, limit = "100/s", envelope = reaction,
    users("username")
)]
pub struct GetDetail {
    /// The user who looks.
    pub username: String,
    /// The message.
    #[wire("msgId")]
    pub msg_id: String,
    /// The emoji's ID.
    #[limits(max = 128)]
    pub message: String,
    /// How many users to fetch.
    #[limits(min = 1, max = 50, default = 50)]
    pub limit: Option<u32>,
    /// Where the previous answer ended.
    pub cursor: Option<String>,
}

/// The kind of a conversation with reactions.
#[model(open)]
pub enum ReactionChat {
    /// One-to-one.
    #[wire("chat")]
    Chat,
    /// A group.
    #[wire("groupchat")]
    Groupchat,
}

/// A reaction that was added.
#[model]
pub struct Reaction {
    /// Its ID.
    pub id: String,
    /// The message.
    #[wire("msgId")]
    pub msg_id: String,
    /// The kind of conversation.
    #[wire("msgType")]
    pub msg_type: ReactionChat,
    /// The group; `null` in one-to-one chats.
    #[wire("groupId")]
    pub group_id: Option<String>,
    /// The emoji's ID.
    pub reaction: String,
    /// When it was added: ISO 8601, in UTC, with microseconds.
    #[wire("createdAt")]
    pub created_at: String,
    /// When it was last changed: ISO 8601, in UTC, with microseconds.
    #[wire("updatedAt")]
    pub updated_at: String,
}

/// A message with its reactions.
#[model]
pub struct MessageReactions {
    /// The message.
    #[wire("msgId")]
    pub msg_id: String,
    /// Its reactions.
    #[wire("reactionList")]
    pub reaction_list: Vec<ReactionSummary>,
}

/// One reaction to a message.
#[model]
pub struct ReactionSummary {
    /// Its ID.
    #[wire("reactionId")]
    pub reaction_id: String,
    /// The emoji's ID.
    pub reaction: String,
    /// How many users added it.
    pub count: u64,
    /// Whether the user who looks added it.
    pub state: bool,
    /// The first three users who added it.
    #[wire("userList")]
    pub user_list: Vec<String>,
}

/// One reaction to a message, and who added it.
#[model]
pub struct ReactionDetail {
    /// Its ID.
    #[wire("reactionId")]
    pub reaction_id: String,
    /// The emoji's ID.
    pub reaction: String,
    /// How many users added it.
    pub count: Option<u64>,
    /// How many users added it, as Agora's example spells it.
    #[wire("userCount")]
    pub user_count: Option<u64>,
    /// Whether the user who looks added it.
    pub state: bool,
    /// The users, the first who added it first.
    #[wire("userList")]
    pub user_list: Vec<String>,
    /// Where the next users begin.
    pub cursor: Option<String>,
}
