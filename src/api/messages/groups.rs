//! Messages to groups.

use crate::{
    api::messages::{
        content::{Message, RouteType},
        users::ImportedMessage,
    },
    endpoint, group,
};
use serde_json::Value;
use std::collections::BTreeMap;

group! {
    "messages.groups", "https://docs.agora.io/en/agora-chat/restful-api/message-management":
    Send, SendToMembers, Import
}

/// Sends a message to up to 3 groups: the group ID with the message ID.
///
/// Each group counts as one message. `body` and `ext` together may hold 5 KB (Easemob once said 3 KB).
#[endpoint(POST "/messages/chatgroups", data = BTreeMap<String, String>, limit = "20/s, 20 items/s", batch(to, 3))]
pub struct Send {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// The group IDs.
    #[limits(min = 1, max = 3)]
    pub to: Vec<String>,
    /// The message.
    #[flatten]
    pub message: Message,
    /// Whether receivers are asked for read receipts; default: no.
    pub need_group_ack: Option<bool>,
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

/// Sends a message to some members of a group alone: the group ID with the message ID.
///
/// It neither enters the conversation list nor counts as unread, and by default it does not roam.
#[endpoint(
    POST "/messages/chatgroups/users", data = BTreeMap<String, String>, limit = "100/s", batch(users, 20), only = easemob,
    docs = "https://doc.easemob.com/document/server-side/message_group.html"
)]
pub struct SendToMembers {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// The group ID, in a list of one.
    #[limits(min = 1, max = 1)]
    pub to: Vec<String>,
    /// The message.
    #[flatten]
    pub message: Message,
    /// The members who get it.
    #[limits(min = 1, max = 20)]
    pub users: Vec<String>,
    /// Whether receivers are asked for read receipts; default: no.
    pub need_group_ack: Option<bool>,
    /// Who does not find this message among the roaming messages.
    #[limits(max = 20)]
    pub roam_ignore_users: Option<Vec<String>>,
    /// Whether the sender's own devices get the message too; default: no.
    pub sync_device: Option<bool>,
    /// Who gets the message; default: all of them, when they come online.
    pub routetype: Option<RouteType>,
    /// Members of the app's own, and settings of the push: with `em_ignore_notification` true there is none.
    pub ext: Option<BTreeMap<String, Value>>,
}

/// Imports one past message to a group: stored as if sent at its time.
#[endpoint(POST "/messages/chatgroups/import", data = ImportedMessage)]
pub struct Import {
    /// The sender's user ID.
    pub from: String,
    /// The group ID.
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
