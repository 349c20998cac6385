//! Files with the messages of an hour.

use crate::{api::messages::content::MessageContent, endpoint, group, model};
use serde_json::Value;
use std::collections::BTreeMap;

group! {
    "messages.history", "https://docs.agora.io/en/agora-chat/restful-api/message-management":
    Get
}

/// Tells where the messages of one hour can be downloaded.
///
/// The file is gzip, each line a message in JSON. Its address is signed and soon ends; fetch it without a token, and ask
/// again when it has ended. An hour's file is there an hour later, after heavy traffic up to a day; it is kept for three
/// days unless the app's plan says otherwise.
#[endpoint(GET "/chatmessages/{time}", data = Vec<HistoryFile>, limit = "10/min")]
pub struct Get {
    /// The hour, in UTC: `yyyyMMddHH`.
    #[limits(min = 10, max = 10)]
    pub time: String,
}

/// A file of messages.
#[model]
pub struct HistoryFile {
    /// Where to download it.
    pub url: String,
}

/// One line of a file of messages.
#[model]
pub struct HistoryMessage {
    /// The message ID.
    pub msg_id: String,
    /// When it was sent, in Unix milliseconds.
    pub timestamp: u64,
    /// `outgoing` or `incoming`.
    pub direction: Option<String>,
    /// The user, group or chat room that it was sent to.
    pub to: String,
    /// The sender's user ID.
    pub from: String,
    /// What kind of conversation it is in: `chat`, `groupchat` or `chatroom`.
    pub chat_type: String,
    /// The message.
    pub payload: HistoryPayload,
}

/// A message in a file of messages.
#[model]
pub struct HistoryPayload {
    /// Its content, in a list of one.
    pub bodies: Vec<MessageContent>,
    /// Members of the app's own.
    pub ext: Option<BTreeMap<String, Value>>,
    /// The sender's user ID.
    pub from: Option<String>,
    /// The user, group or chat room that it was sent to.
    pub to: Option<String>,
}
