//! One-to-one messages, and broadcasts to the users of an app.

use crate::{
    api::messages::content::{Message, MessageContent, RouteType},
    endpoint, group, model,
    shape::BigInt,
};
use serde_json::Value;
use std::collections::BTreeMap;

group! {
    "messages.users", "https://docs.agora.io/en/agora-chat/restful-api/message-management":
    Send, Import, Broadcast, BroadcastOnline
}

/// Sends a message to up to 600 users: the user ID with the message ID.
///
/// Each user counts as one message. `body` and `ext` together may hold 5 KB (Easemob once said 3 KB). It is not checked
/// whether sender and receivers exist.
#[endpoint(POST "/messages/users", data = BTreeMap<String, String>, limit = "100/s, 6000 items/min", batch(to, 600))]
pub struct Send {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// The receivers' user IDs.
    #[limits(min = 1, max = 600)]
    pub to: Vec<String>,
    /// The message.
    #[flatten]
    pub message: Message,
    /// Who does not find this message among the roaming messages.
    #[limits(max = 20)]
    pub roam_ignore_users: Option<Vec<String>>,
    /// Whether the sender's own devices get the message too; default: no.
    pub sync_device: Option<bool>,
    /// Who gets the message; default: everyone, when they come online.
    pub routetype: Option<RouteType>,
    /// Members of the app's own, and settings of the push: with `em_ignore_notification` true there is none.
    pub ext: Option<BTreeMap<String, Value>>,
    /// When it was sent, in Unix milliseconds; default: now. Documented by Easemob alone.
    pub msg_timestamp: Option<u64>,
}

/// Imports one past message between two users: stored as if sent at its time.
#[endpoint(POST "/messages/users/import", data = ImportedMessage, limit = "100/s")]
pub struct Import {
    /// The sender's user ID.
    pub from: String,
    /// The receiver's user ID.
    pub target: String,
    /// The message.
    #[flatten]
    pub message: Message,
    /// Members of the app's own.
    pub ext: Option<BTreeMap<String, Value>>,
    /// Whether the conversation is marked as read.
    pub is_ack_read: Option<bool>,
    /// When it was sent, in Unix milliseconds; default: now.
    pub msg_timestamp: Option<u64>,
    /// Whether the platform fetches the attachment and keeps it; its address must be public. Default: no.
    pub need_download: Option<bool>,
}

/// Broadcasts a message to all users of the app.
///
/// It is delivered to at most 1000 users a second and kept for those who are offline. Easemob enables it on request.
#[endpoint(
    POST "/messages/broadcast", data = SentBroadcast, limit = "1/30min, 3/day", only = easemob,
    constant(target_type = "users"),
    docs = "https://doc.easemob.com/document/server-side/broadcast_to_all_users.html"
)]
pub struct Broadcast {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// The message.
    pub msg: MessageContent,
    /// Members of the app's own, and settings of the push.
    pub ext: Option<BTreeMap<String, Value>>,
}

/// Broadcasts a message to the users who are online now.
///
/// It is not kept for those who are offline. Easemob enables it on request.
#[endpoint(
    POST "/messages/users/broadcast", data = SentBroadcast, limit = "1/min, 50/day", only = easemob,
    docs = "https://doc.easemob.com/document/server-side/broadcast_to_online_users.html"
)]
pub struct BroadcastOnline {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// The message.
    pub msg: MessageContent,
    /// Members of the app's own, and settings of the push.
    pub ext: Option<BTreeMap<String, Value>>,
}

/// A message that was imported.
#[model]
pub struct ImportedMessage {
    /// The message ID.
    pub msg_id: String,
}

/// A broadcast that was sent. Its messages' IDs are not told.
#[model]
pub struct SentBroadcast {
    /// The broadcast's ID.
    pub id: BigInt,
}
