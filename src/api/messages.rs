//! Messages: to anyone through the older endpoint, and what can be done with one that was sent.

use crate::{
    api::messages::content::{ChatType, EditedContent, MessageContent, RoomMessageLevel, RouteType},
    endpoint, group, model,
};
use serde_json::Value;
use std::collections::BTreeMap;

pub mod content;
pub mod conversations;
pub mod groups;
pub mod history;
pub mod roaming;
pub mod rooms;
pub mod users;

group! {
    "messages", "https://docs.agora.io/en/agora-chat/restful-api/message-management":
    Send, Recall, RecallMany, RecallLegacy, Edit
}

/// Sends a message to users, groups or chat rooms through the older endpoint: the target with the message ID.
///
/// Both vendors now document `messages.users.send`, `messages.groups.send` and `messages.rooms.send` in its place.
/// Without `useMsgId` each target comes with the word `success` instead. It is not checked whether senders and targets
/// exist.
#[endpoint(POST "/messages", data = BTreeMap<String, String>, limit = "100/s", batch(target, 600))]
pub struct Send {
    /// Whether to answer with message IDs; default: no.
    #[query]
    #[wire("useMsgId")]
    pub use_msg_id: Option<bool>,
    /// What the targets are.
    pub target_type: TargetType,
    /// The user, group or chat room IDs.
    #[limits(min = 1, max = 600)]
    pub target: Vec<String>,
    /// The message.
    pub msg: MessageContent,
    /// The sender's user ID; default `admin`.
    #[limits(min = 1)]
    pub from: Option<String>,
    /// Members of the app's own, and settings of the push.
    pub ext: Option<BTreeMap<String, Value>>,
    /// Who gets the message; default: everyone, when they come online.
    pub routetype: Option<RouteType>,
    /// Whether the sender's own devices get the message too; default: no.
    pub sync_device: Option<bool>,
    /// How soon chat rooms deliver it; default `normal`.
    pub chatroom_msg_level: Option<RoomMessageLevel>,
}

/// Recalls a message: receiving clients remove it, and the platform its attachment.
///
/// Possible within the recall period that is set in the console, 2 minutes unless changed and at most 7 days; with
/// `force` afterwards too. Of a message that the platform no longer keeps, only the copy on the receiving device is
/// recalled. The feature must be enabled for the app.
// Both vendors print `msgs` beside no `data` for a message that was not recalled.
#[endpoint(POST "/messages/msg_recall", data = RecalledMessage, or("msgs[0]"), limit = "100/s")]
pub struct Recall {
    /// The message ID.
    pub msg_id: String,
    /// The user, group or chat room that the message was sent to.
    pub to: String,
    /// What kind of conversation it is in.
    pub chat_type: ChatType,
    /// Who recalls it; default `admin`.
    pub from: Option<String>,
    /// Whether to recall a one-to-one message on all online devices of the sender too; default: yes. With `force`, on a
    /// message that is past the period, `from` must be the sender for it.
    pub sync_device: Option<bool>,
    /// Whether to recall it even past the recall period; default: no. Easemob requires it.
    pub force: Option<bool>,
    /// What receiving clients are told along with the recall. Documented by Easemob alone.
    #[wire("recallMessageExtensionInfo")]
    pub recall_message_extension_info: Option<String>,
}

/// Recalls up to 30 messages.
#[endpoint(
    POST "/messages/batch_recall", data = Vec<RecalledMessage>, limit = "100/s",
    batch(msgs, 30, recalled), only = easemob,
    docs = "https://doc.easemob.com/document/server-side/message_recall_batch.html"
)]
pub struct RecallMany {
    /// The messages.
    #[limits(min = 1, max = 30)]
    pub msgs: Vec<MessageToRecall>,
    /// What receiving clients are told along with the recall.
    #[wire("recallMessageExtensionInfo")]
    pub recall_message_extension_info: Option<String>,
}

/// Recalls messages through the older endpoint.
///
/// Superseded by `messages.recall` and `messages.recallMany`. No page describes its body: the request is the official
/// Java SDK's, the answer is inferred.
#[endpoint(POST "/messages/recall", at("data.msgs") = Vec<RecallResult>, limit = "100/s")]
pub struct RecallLegacy {
    /// The messages.
    #[limits(min = 1)]
    pub msgs: Vec<MessageToRecall>,
}

/// Changes a text or custom message that was sent.
///
/// At most 10 times each, up to 7 days after it was sent, and not in chat rooms. The feature must be enabled for the app.
#[endpoint(PUT "/messages/rewrite/{msg_id}", data = String, limit = "100/s", unsafe_to_repeat)]
pub struct Edit {
    /// The message ID: digits only.
    pub msg_id: String,
    /// The user who changes the message.
    pub user: Option<String>,
    /// The new content, of the message's own type.
    pub new_msg: EditedContent,
    /// The new `ext`. Agora documents it for custom messages alone.
    pub new_ext: Option<BTreeMap<String, Value>>,
    /// Whether `new_ext` is merged into the old `ext` rather than put in its place; default: yes.
    pub is_combine_ext: Option<bool>,
}

/// What a message is sent to.
#[model]
pub enum TargetType {
    /// Users.
    Users,
    /// Groups.
    #[wire("chatgroups")]
    Groups,
    /// Chat rooms.
    #[wire("chatrooms")]
    Rooms,
}

/// A message to recall.
#[model]
pub struct MessageToRecall {
    /// The message ID.
    pub msg_id: String,
    /// The user, group or chat room that the message was sent to.
    pub to: String,
    /// What kind of conversation it is in.
    pub chat_type: ChatType,
    /// Who recalls it; default `admin`.
    pub from: Option<String>,
    /// Whether to recall a one-to-one message on all online devices of the sender too; default: yes. Not documented for
    /// `messages.recallLegacy`.
    pub sync_device: Option<bool>,
    /// Whether to recall it even past the recall period; default: no. Easemob requires it.
    pub force: Option<bool>,
}

/// A message that was to be recalled.
#[model]
pub struct RecalledMessage {
    /// `yes`, or why it was not recalled.
    pub recalled: String,
    /// What kind of conversation it is in: `chat`, `chatroom`, and of a group `group_chat` (Agora) or `groupchat` (Easemob).
    #[sometimes]
    pub chattype: String,
    /// Who recalled it.
    #[sometimes]
    pub from: String,
    /// The user, group or chat room that the message was sent to.
    #[sometimes]
    pub to: String,
    /// The message ID.
    pub msg_id: String,
}

/// What became of one message, as the older endpoint tells it.
#[model]
pub struct RecallResult {
    /// The message ID.
    pub msg_id: String,
    /// `yes`, or why it was not recalled.
    pub recalled: String,
}
