//! Messages to chat rooms.

use crate::{
    api::messages::{
        content::{Message, MessageContent, RoomMessageLevel, RouteType},
        users::SentBroadcast,
    },
    endpoint, group,
};
use serde_json::Value;
use std::collections::BTreeMap;

group! {
    "messages.rooms", "https://docs.agora.io/en/agora-chat/restful-api/message-management":
    Send, SendToMembers, Broadcast
}

/// Sends a message to up to 10 chat rooms: the chat room ID with the message ID.
///
/// Each chat room counts as one message. `body` and `ext` together may hold 5 KB (Easemob once said 3 KB).
#[endpoint(POST "/messages/chatrooms", data = BTreeMap<String, String>, limit = "100 items/s", batch(to, 10))]
pub struct Send {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// The chat room IDs.
    #[limits(min = 1, max = 10)]
    pub to: Vec<String>,
    /// How soon it is delivered; default `normal`.
    pub chatroom_msg_level: Option<RoomMessageLevel>,
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

/// Sends a message to some members of a chat room alone: the chat room ID with the message ID.
#[endpoint(
    POST "/messages/chatrooms/users", data = BTreeMap<String, String>, limit = "100/s", batch(users, 20), only = easemob,
    docs = "https://doc.easemob.com/document/server-side/message_chatroom.html"
)]
pub struct SendToMembers {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// The chat room ID, in a list of one.
    #[limits(min = 1, max = 1)]
    pub to: Vec<String>,
    /// How soon it is delivered; default `normal`.
    pub chatroom_msg_level: Option<RoomMessageLevel>,
    /// The message.
    #[flatten]
    pub message: Message,
    /// The members who get it.
    #[limits(min = 1, max = 20)]
    pub users: Vec<String>,
    /// Whether the sender's own devices get the message too; default: no.
    pub sync_device: Option<bool>,
    /// Members of the app's own, and settings of the push.
    pub ext: Option<BTreeMap<String, Value>>,
}

/// Broadcasts a message to all active chat rooms: those with a member, in which a message was sent before.
///
/// It is not kept for those who are offline, and by default it does not roam. Easemob allows one call a second. Available
/// with Agora's Pro and Enterprise plans and Easemob's flagship plan.
#[endpoint(
    POST "/messages/chatrooms/broadcast", data = SentBroadcast, limit = "10/min, 100/day",
    easemob_limit = "1/s, 10/min, 100/day"
)]
pub struct Broadcast {
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// How soon it is delivered; default `normal`.
    pub chatroom_msg_level: Option<RoomMessageLevel>,
    /// The message.
    pub msg: MessageContent,
    /// Members of the app's own, and settings of the push.
    pub ext: Option<BTreeMap<String, Value>>,
    /// Whether the sender's own devices get the message too; default: no. No current page documents it; the official
    /// Java SDK sends it.
    pub sync_device: Option<bool>,
}
