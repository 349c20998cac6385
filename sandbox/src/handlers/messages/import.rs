//! Importing past messages.

use super::{Ext, content, invalid_body};
use crate::{
    Call, Handle, Refusal, World,
    state::messages::{Conversation, Message as Row},
    table::key,
};
use agora_chat_admin::{
    api::messages::{
        content::{ChatType, MessageContent},
        groups,
        users::{self, ImportedMessage},
    },
    shape::Problem,
};

/// A message to import.
struct Import {
    kind: ChatType,
    from: String,
    target: String,
    content: MessageContent,
    ext: Ext,
    timestamp: Option<u64>,
    read: bool,
}

impl World {
    fn import(&mut self, import: Import, call: &mut Call) -> Result<ImportedMessage, Refusal> {
        for (name, value) in [("from", &import.from), ("target", &import.target)] {
            if value.is_empty() {
                return Err(Refusal::illegal_argument(format!("{name} not allow empty")));
            }
        }
        let timestamp = import.timestamp.unwrap_or_else(|| self.now());
        // Both ends of a one-to-one chat list it; of a group the sender does, as the only member who is known here.
        let kind = if import.kind == ChatType::Chat { "chat" } else { "groupchat" };
        let mut ends = vec![(&import.from, &import.target)];
        if import.kind == ChatType::Chat {
            ends.push((&import.target, &import.from));
        }
        for (owner, channel) in ends {
            let conversation = self.conversations.entry(&key(&[&owner.to_lowercase(), kind, channel]));
            *conversation = Conversation { last: conversation.last.max(timestamp), read: import.read };
        }
        let message = self.store(Row {
            id: String::new(),
            kind: import.kind,
            from: import.from,
            to: import.target,
            users: Vec::new(),
            timestamp,
            content: import.content,
            ext: import.ext,
            edits: 0,
        });
        // Group imports name the other path too.
        call.member("path", "/messages/users/import");
        Ok(ImportedMessage { msg_id: message.id })
    }
}

pub(super) fn misfit(world: &World, problem: &Problem) -> Refusal {
    match (problem.field.split('.').next(), problem.reason.as_str()) {
        (Some("body"), "is required") => Refusal::illegal_argument("message body not allow empty"),
        (Some(name), "is required") => Refusal::illegal_argument(format!("{name} not allow empty")),
        _ => invalid_body(world.app.dialect, problem),
    }
}

impl Handle<users::Import> for World {
    fn handle(&mut self, r: users::Import, call: &mut Call) -> Result<ImportedMessage, Refusal> {
        let import = Import {
            kind: ChatType::Chat,
            from: r.from,
            target: r.target,
            content: content(r.message),
            ext: r.ext,
            timestamp: r.msg_timestamp,
            read: r.is_ack_read == Some(true),
        };
        self.import(import, call)
    }
}

impl Handle<groups::Import> for World {
    fn handle(&mut self, r: groups::Import, call: &mut Call) -> Result<ImportedMessage, Refusal> {
        let import = Import {
            kind: ChatType::Group,
            from: r.from,
            target: r.target,
            content: content(r.message),
            ext: r.ext,
            timestamp: r.msg_timestamp,
            read: r.is_ack_read == Some(true),
        };
        self.import(import, call)
    }
}
