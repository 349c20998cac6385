//! Recalling messages.

use super::{ADMIN, uuid_of};
use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::{
    Dialect,
    api::messages::{
        self, MessageToRecall, RecallResult, RecalledMessage,
        content::{ChatType, MessageContent},
    },
    shape::Problem,
};

/// For how long a message can be recalled without force, in milliseconds: 2 minutes.
const PERIOD: u64 = 2 * 60 * 1000;

fn wrong(status: u16, text: impl Into<String>) -> Refusal {
    Refusal::new(status, "message_recall_error", text)
}

pub(super) fn misfit(_: &World, problem: &Problem) -> Refusal {
    let name = problem.field.rsplit('.').next().unwrap_or_default();
    match problem.reason.as_str() {
        "is required" => wrong(400, format!("param {name} can't be empty")),
        _ => problem.into(),
    }
}

/// Checks what can be checked without the message.
fn check(dialect: Dialect, message: &MessageToRecall) -> Result<(), Refusal> {
    for (name, value) in [("msg_id", &message.msg_id), ("to", &message.to)] {
        if value.is_empty() {
            return Err(wrong(400, format!("param {name} can't be empty")));
        }
    }
    if dialect == Dialect::Easemob && message.force.is_none() {
        return Err(wrong(400, "param force can't be empty"));
    }
    Ok(())
}

/// The UUIDs of the files that a message refers to.
fn attachments(content: &MessageContent) -> Vec<&str> {
    let urls = match content {
        MessageContent::Image(body) => vec![&body.url],
        MessageContent::Audio(body) => vec![&body.url],
        MessageContent::Video(body) => std::iter::once(&body.url).chain(&body.thumb).collect(),
        MessageContent::File(body) => vec![&body.url],
        _ => Vec::new(),
    };
    urls.into_iter().filter_map(|url| uuid_of(url)).collect()
}

impl World {
    /// Recalls a message and its attachments.
    fn recall(&mut self, message: &MessageToRecall) -> Result<(), Refusal> {
        let force = message.force == Some(true);
        let Some(row) = self.messages.get(&message.msg_id).filter(|m| m.kind == message.chat_type) else {
            return Err(wrong(403, "not_found msg"));
        };
        let agora = self.app.dialect == Dialect::Agora;
        if !row.to.eq_ignore_ascii_case(&message.to) {
            return Err(wrong(400, if agora { "can't find message to" } else { "can't find msg to" }));
        }
        if !force && self.now() > row.timestamp.saturating_add(PERIOD) {
            return Err(wrong(403, if agora { "exceed call time limit" } else { "exceed recall time limit" }));
        }
        if let Some(row) = self.forget_message(&message.msg_id) {
            for uuid in attachments(&row.content) {
                self.forget_file(uuid);
            }
        }
        Ok(())
    }

    /// Recalls a message; with force also one that is no longer here, since a device may still show it.
    fn recall_anyhow(&mut self, message: &MessageToRecall) -> Result<(), Refusal> {
        match self.recall(message) {
            Err(refusal) if message.force == Some(true) && refusal.description == "not_found msg" => Ok(()),
            outcome => outcome,
        }
    }

    fn recalled(&self, message: MessageToRecall, recalled: &str) -> RecalledMessage {
        let chattype = match (message.chat_type, self.app.dialect) {
            (ChatType::Chat, _) => "chat",
            (ChatType::Group, Dialect::Agora) => "group_chat",
            (ChatType::Group, Dialect::Easemob) => "groupchat",
            (ChatType::Room, _) => "chatroom",
        };
        RecalledMessage {
            recalled: recalled.to_owned(),
            chattype: chattype.to_owned(),
            from: message.from.unwrap_or_else(|| ADMIN.to_owned()),
            to: message.to,
            msg_id: message.msg_id,
        }
    }
}

impl Handle<messages::Recall> for World {
    fn handle(&mut self, r: messages::Recall, call: &mut Call) -> Result<RecalledMessage, Refusal> {
        let message = MessageToRecall {
            msg_id: r.msg_id,
            to: r.to,
            chat_type: r.chat_type,
            from: r.from,
            sync_device: r.sync_device,
            force: r.force,
        };
        check(call.dialect, &message)?;
        self.recall_anyhow(&message)?;
        call.member("path", "/messages/msg_recall");
        Ok(self.recalled(message, "yes"))
    }
}

impl Handle<messages::RecallMany> for World {
    fn handle(&mut self, r: messages::RecallMany, call: &mut Call) -> Result<Vec<RecalledMessage>, Refusal> {
        if r.msgs.is_empty() {
            return Err(wrong(400, "param msgs can't be empty"));
        }
        if self.exceeds(r.msgs.len(), 30) {
            return Err(wrong(400, "params msgs's size can't exceed limit 30"));
        }
        r.msgs.iter().try_for_each(|message| check(call.dialect, message))?;
        call.member("path", "/messages/batch_recall");
        let one = |message: MessageToRecall| {
            let outcome = self.recall_anyhow(&message);
            let recalled = outcome.map_or_else(|refusal| refusal.description, |()| "yes".to_owned());
            self.recalled(message, &recalled)
        };
        Ok(r.msgs.into_iter().map(one).collect())
    }
}

impl Handle<messages::RecallLegacy> for World {
    fn handle(&mut self, r: messages::RecallLegacy, call: &mut Call) -> Result<Vec<RecallResult>, Refusal> {
        call.member("path", "/messages/recall");
        let one = |message: MessageToRecall| {
            let recalled = self.recall(&message).map_or_else(|refusal| refusal.description, |()| "yes".to_owned());
            RecallResult { msg_id: message.msg_id, recalled }
        };
        Ok(r.msgs.into_iter().map(one).collect())
    }
}
