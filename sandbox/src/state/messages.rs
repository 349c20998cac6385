//! Messages, who they wait for, broadcasts, what users deleted for themselves.

use agora_chat_admin::api::messages::content::{ChatType, MessageContent};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A message that was sent or imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The message ID.
    pub id: String,
    /// What kind of conversation it is in.
    pub kind: ChatType,
    /// The sender.
    pub from: String,
    /// The user, group or chat room.
    pub to: String,
    /// The members who alone got it; none for everyone.
    pub users: Vec<String>,
    /// When it was sent, in Unix milliseconds.
    pub timestamp: u64,
    /// Its content.
    pub content: MessageContent,
    /// Its `ext`.
    pub ext: Option<BTreeMap<String, Value>>,
    /// How many times it was changed.
    pub edits: u32,
}

/// That a message waits for users who are offline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Waiting {
    /// When it was sent, in Unix milliseconds.
    pub sent: u64,
    /// The sender, for whom it does not wait.
    pub from: String,
}

/// A broadcast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Broadcast {
    /// The path that it was sent to.
    pub path: String,
    /// The sender.
    pub from: String,
    /// When, in Unix milliseconds.
    pub timestamp: u64,
    /// Its content.
    pub content: MessageContent,
    /// Its `ext`.
    pub ext: Option<BTreeMap<String, Value>>,
}

/// A conversation in a user's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    /// When its last message was sent, in Unix milliseconds.
    pub last: u64,
    /// Whether it is read.
    pub read: bool,
}
