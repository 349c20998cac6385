//! Importing past messages.

use super::{Outgoing, invalid_body};
use crate::{
    Call, Handle, Refusal, World,
    state::messages::{Conversation, Message as Row},
    table::key,
};
use agora_chat_admin::{
    api::messages::{
        content::ChatType,
        groups,
        users::{self, ImportedMessage},
    },
    shape::Problem,
};

impl World {
    /// Keeps a past message, which is read or not.
    fn import(&mut self, out: Outgoing, read: bool, call: &mut Call) -> Result<ImportedMessage, Refusal> {
        let (from, target) = (out.from.unwrap_or_default(), out.to.into_iter().next().unwrap_or_default());
        for (name, value) in [("from", &from), ("target", &target)] {
            if value.is_empty() {
                return Err(Refusal::illegal_argument(format!("{name} not allow empty")));
            }
        }
        let timestamp = out.timestamp.unwrap_or_else(|| self.now());
        // Both ends of a one-to-one chat list it; of a group the sender does, as the only member who is known here.
        let kind = if out.kind == ChatType::Chat { "chat" } else { "groupchat" };
        let mut ends = vec![(&from, &target)];
        if out.kind == ChatType::Chat {
            ends.push((&target, &from));
        }
        for (owner, channel) in ends {
            let conversation = self.conversations.entry(&key(&[&owner.to_lowercase(), kind, channel]));
            *conversation = Conversation { last: conversation.last.max(timestamp), read };
        }
        let message = self.store(Row {
            id: String::new(),
            kind: out.kind,
            from,
            to: target,
            users: Vec::new(),
            timestamp,
            content: out.content,
            ext: out.ext,
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
        let out = Outgoing::new(ChatType::Chat, Some(r.from), vec![r.target], r.message.into(), r.ext);
        self.import(Outgoing { timestamp: r.msg_timestamp, ..out }, r.is_ack_read == Some(true), call)
    }
}

impl Handle<groups::Import> for World {
    fn handle(&mut self, r: groups::Import, call: &mut Call) -> Result<ImportedMessage, Refusal> {
        let out = Outgoing::new(ChatType::Group, Some(r.from), vec![r.target], r.message.into(), r.ext);
        self.import(Outgoing { timestamp: r.msg_timestamp, ..out }, r.is_ack_read == Some(true), call)
    }
}
