//! Messages: what sending, importing and broadcasting have in common.

use crate::{
    Call, Refusal, World,
    state::messages::{Broadcast, Message as Row},
};
use agora_chat_admin::{
    Dialect,
    api::messages::{
        content::{ChatType, MessageContent, RouteType},
        users::SentBroadcast,
    },
    shape::{BigInt, Problem},
};
use serde_json::Value;
use std::collections::BTreeMap;

mod broadcast;
mod edit;
pub(crate) mod history;
mod import;
mod recall;
mod roaming;
mod send;
mod waiting;

pub(super) const MISFITS: super::Misfits = &[
    ("messages", &["send"], send::older_misfit),
    ("messages", &["edit"], edit::misfit),
    ("messages.users", &["send"], misfit),
    ("messages.groups", &["send", "sendToMembers"], misfit),
    ("messages.rooms", &["send", "sendToMembers"], misfit),
    ("messages.users", &["broadcast", "broadcastOnline"], broadcast::misfit),
    ("messages.rooms", &["broadcast"], broadcast::misfit),
    ("messages.users", &["import"], import::misfit),
    ("messages.groups", &["import"], import::misfit),
    ("messages", &["recall", "recallMany", "recallLegacy"], recall::misfit),
    (
        "messages.roaming",
        &["deleteFromChat", "deleteFromGroup", "clearChatBefore", "clearGroupBefore"],
        roaming::misfit,
    ),
];

/// How much `body` and `ext` may hold together, in bytes.
const MAX_SIZE: usize = 5 * 1024;
/// Who sends what has no sender.
const ADMIN: &str = "admin";
/// Members of the app's own.
type Ext = Option<BTreeMap<String, Value>>;

/// A message to several targets.
struct Outgoing {
    kind: ChatType,
    from: Option<String>,
    to: Vec<String>,
    /// The members who alone get it; where there can be such, they must be named.
    users: Option<Vec<String>>,
    content: MessageContent,
    ext: Ext,
    routetype: Option<RouteType>,
    timestamp: Option<u64>,
    /// In whose roaming messages it is not to be.
    ignore: Option<Vec<String>>,
}

impl Outgoing {
    fn new(kind: ChatType, from: Option<String>, to: Vec<String>, content: MessageContent, ext: Ext) -> Self {
        Self { kind, from, to, users: None, content, ext, routetype: None, timestamp: None, ignore: None }
    }
}

impl World {
    /// The message of that ID, unless it was recalled.
    #[must_use]
    pub fn message(&self, id: &str) -> Option<&Row> {
        self.messages.get(id)
    }

    /// Sends a message: each target with the ID of its message.
    fn deliver(&mut self, out: Outgoing) -> BTreeMap<String, String> {
        let now = self.now();
        let mut sent = BTreeMap::new();
        for to in out.to {
            let message = self.store(Row {
                id: String::new(),
                kind: out.kind,
                from: out.from.clone().unwrap_or_else(|| ADMIN.to_owned()),
                to: to.clone(),
                users: out.users.clone().unwrap_or_default(),
                timestamp: out.timestamp.unwrap_or(now),
                content: out.content.clone(),
                ext: out.ext.clone(),
                edits: 0,
            });
            if out.routetype.is_none() {
                self.wait(&message);
            }
            sent.insert(to, message.id);
        }
        sent
    }

    /// Keeps a message under a new ID.
    fn store(&mut self, row: Row) -> Row {
        let row = Row { id: self.long_id().to_string(), ..row };
        self.messages.insert(row.id.clone(), row.clone());
        row
    }

    /// Takes a message out.
    fn forget_message(&mut self, id: &str) -> Option<Row> {
        let row = self.messages.get(id)?.clone();
        self.take_out("messages", id);
        self.stop_waiting(&row);
        Some(row)
    }

    /// Keeps a broadcast.
    fn broadcast(
        &mut self,
        path: &str,
        from: Option<String>,
        content: MessageContent,
        ext: Ext,
        call: &mut Call,
    ) -> Result<SentBroadcast, Refusal> {
        if from.as_deref() == Some("") {
            return Err(Refusal::illegal_argument("from can't be empty"));
        }
        let row = Broadcast {
            path: path.to_owned(),
            from: from.unwrap_or_else(|| ADMIN.to_owned()),
            timestamp: self.now(),
            content,
            ext,
        };
        let id = self.long_id();
        self.broadcasts.insert(id.to_string(), row);
        call.member("path", path);
        Ok(SentBroadcast { id: BigInt(id) })
    }
}

/// A refusal to send: the current Easemob pages and the older ones, which Agora's follow, differ in code and words.
fn wrong(dialect: Dialect, text: &str) -> Refusal {
    match dialect {
        Dialect::Agora => Refusal::illegal_argument(text.strip_prefix("param ").unwrap_or(text)),
        Dialect::Easemob => Refusal::new(400, "message_send_error", text),
    }
}

/// How a parameter of a send that does not fit is refused.
fn misfit(world: &World, problem: &Problem) -> Refusal {
    sent_misfit(world.app.dialect, problem)
}

/// The same in the words of a vendor.
fn sent_misfit(dialect: Dialect, problem: &Problem) -> Refusal {
    let (field, reason) = (problem.field.as_str(), problem.reason.as_str());
    let name = field.split(['.', '[']).next().unwrap_or(field);
    if reason == "is required" {
        wrong(dialect, &format!("param {name} can't be empty"))
    } else if field == "ext" {
        wrong(dialect, "param ext must be JSONObject")
    } else if reason.starts_with("must be one of") {
        wrong(dialect, &format!("param {field} {reason}"))
    } else {
        invalid_body(dialect, problem)
    }
}

/// A value of another JSON type than the documented one.
fn invalid_body(dialect: Dialect, problem: &Problem) -> Refusal {
    match dialect {
        Dialect::Agora => problem.into(),
        Dialect::Easemob => {
            Refusal::new(400, "invalid_request_body", "Request body is invalid. Please check body is correct.")
        }
    }
}

/// How Easemob words that so many messages are too many, where it is no matter of calls; Agora has but one way.
fn throttled(messages: bool, world: &World, error: &str, text: &str) -> Refusal {
    match world.app.dialect {
        Dialect::Easemob if messages => Refusal::new(403, error, text),
        dialect => Refusal::too_fast(dialect),
    }
}

/// Checks what `body` and `ext` hold.
fn check_content(world: &World, dialect: Dialect, content: &MessageContent, ext: &Ext) -> Result<(), Refusal> {
    if let MessageContent::Custom(custom) = content {
        if custom.custom_event.is_none() && custom.custom_exts.is_none() {
            return Err(wrong(dialect, "param body can't be empty"));
        }
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
        let event = custom.custom_event.as_deref();
        if event.is_some_and(|e| e.is_empty() || world.exceeds(e.len(), 32) || !e.chars().all(legal)) {
            return Err(wrong(dialect, "param customEvent is illegal"));
        }
        if custom.custom_exts.as_ref().is_some_and(|e| world.exceeds(e.len(), 16)) {
            return Err(wrong(dialect, "params customExts's size can't exceed limit 16"));
        }
    }
    let length = |value: serde_json::Result<String>| value.map_or(0, |text| text.len());
    let ext = ext.as_ref().map_or(0, |e| length(serde_json::to_string(e)));
    // What stands in `body`, without the type beside it.
    let mut size = length(serde_json::to_string(content)) + ext;
    if world.exceeds(size, MAX_SIZE)
        && let Ok(Value::Object(mut body)) = serde_json::to_value(content)
    {
        body.remove("type");
        size = Value::Object(body).to_string().len() + ext;
    }
    if world.exceeds(size, MAX_SIZE) {
        return Err(match dialect {
            Dialect::Agora => Refusal::new(413, "Request Entity Too Large", "Request Entity Too Large"),
            Dialect::Easemob => wrong(dialect, "message is too large"),
        });
    }
    Ok(())
}

/// Checks a list's length.
fn check_list(
    world: &World,
    dialect: Dialect,
    name: &str,
    list: &[String],
    max: usize,
    told: &str,
) -> Result<(), Refusal> {
    if list.is_empty() {
        return Err(wrong(dialect, &format!("param {name} can't be empty")));
    }
    if world.exceeds(list.len(), max) {
        return Err(wrong(dialect, &format!("params {name}'s size can't exceed limit{told}")));
    }
    Ok(())
}

/// What all sends check alike, and refuse in that vendor's words.
fn check_send(world: &World, dialect: Dialect, out: &Outgoing) -> Result<(), Refusal> {
    if out.from.as_ref().is_some_and(String::is_empty) {
        return Err(wrong(dialect, "param from can't be empty"));
    }
    if out.ignore.as_ref().is_some_and(|i| world.exceeds(i.len(), 20)) {
        return Err(wrong(dialect, "params roam_ignore_users's size can't exceed limit 20"));
    }
    check_content(world, dialect, &out.content, &out.ext)
}

/// The UUID of the file that an address names.
fn uuid_of(url: &str) -> Option<&str> {
    url.rsplit_once("/chatfiles/").map(|(_, uuid)| uuid.split('?').next().unwrap_or(uuid))
}
