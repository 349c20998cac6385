//! Changing messages that were sent.

use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::{
    api::messages::{
        self,
        content::{ChatType, EditedContent, MessageContent},
    },
    shape::Problem,
};

/// How many times a message may be changed.
const MAX_EDITS: usize = 10;
/// For how long, in milliseconds: 7 days.
const PERIOD: u64 = 7 * 24 * 3600 * 1000;

fn unsupported() -> Refusal {
    let text = "The message is of a type that is currently not supported for modification.";
    Refusal::new(400, "UnsupportedMessageTypeException", text)
}

fn unavailable() -> Refusal {
    Refusal::new(404, "MessageUnavailableException", "The message is unavailable or has expired.")
}

pub(super) fn misfit(_: &World, problem: &Problem) -> Refusal {
    if problem.field == "new_msg.type" { unsupported() } else { problem.into() }
}

impl Handle<messages::Edit> for World {
    fn handle(&mut self, r: messages::Edit, call: &mut Call) -> Result<String, Refusal> {
        if !r.msg_id.bytes().all(|b| b.is_ascii_digit()) {
            let text = "The provided message ID is not a valid number.";
            return Err(Refusal::new(400, "InvalidMessageIdException", text));
        }
        let now = self.now();
        let row = self.messages.get(&r.msg_id).ok_or_else(unavailable)?;
        if now > row.timestamp.saturating_add(PERIOD) {
            return Err(unavailable());
        }
        let same = matches!(
            (&row.content, &r.new_msg),
            (MessageContent::Text(_), EditedContent::Text(_)) | (MessageContent::Custom(_), EditedContent::Custom(_))
        );
        if !same || row.kind == ChatType::Room {
            return Err(unsupported());
        }
        if self.exceeds(row.edits as usize + 1, MAX_EDITS) {
            let text = "The message has reached its edit limit and cannot be modified further.";
            return Err(Refusal::new(403, "EditLimitExceededException", text));
        }
        let row = self.messages.get_mut(&r.msg_id).ok_or_else(unavailable)?;
        row.content = r.new_msg.into();
        row.edits += 1;
        if let Some(ext) = r.new_ext {
            match &mut row.ext {
                Some(old) if r.is_combine_ext != Some(false) => old.extend(ext),
                old => *old = Some(ext),
            }
        }
        call.member("path", format!("/messages/rewrite/{}", r.msg_id));
        Ok("success".to_owned())
    }
}
