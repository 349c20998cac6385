//! What users delete for themselves: roaming messages and conversations.

use crate::{Call, Handle, Refusal, World, table::key};
use agora_chat_admin::{
    api::{
        messages::{
            conversations::{self, ConversationType},
            roaming,
        },
        mutes::Done,
    },
    shape::Problem,
};

impl World {
    /// Deletes roaming messages by ID, for one user.
    fn delete_roaming(&mut self, user: &str, ids: &[String]) -> Result<(), Refusal> {
        if ids.is_empty() {
            return Err(bad_request());
        }
        if self.exceeds(ids.len(), 50) {
            return Err(Refusal::new(400, "param exception", "delete msg list limit can not greater than 50"));
        }
        let (user, now) = (user.to_lowercase(), self.now());
        for id in ids {
            self.roaming_deleted.insert(key(&[&user, id]), now);
        }
        Ok(())
    }

    /// Deletes roaming messages up to a time, for one user.
    fn clear_roaming(&mut self, user: &str, kind: &str, channel: &str, until: u64) {
        let cleared = self.roaming_cleared.entry(&key(&[&user.to_lowercase(), kind, channel]));
        *cleared = until.max(*cleared);
    }
}

fn bad_request() -> Refusal {
    Refusal::new(400, "Bad Request", "Bad Request")
}

pub(super) fn misfit(_: &World, problem: &Problem) -> Refusal {
    if problem.reason == "is required" { bad_request() } else { problem.into() }
}

impl Handle<roaming::DeleteFromChat> for World {
    fn handle(&mut self, r: roaming::DeleteFromChat, _: &mut Call) -> Result<(), Refusal> {
        self.delete_roaming(&r.username, &r.msg_id_list)
    }
}

impl Handle<roaming::DeleteFromGroup> for World {
    fn handle(&mut self, r: roaming::DeleteFromGroup, _: &mut Call) -> Result<(), Refusal> {
        self.delete_roaming(&r.username, &r.msg_id_list)
    }
}

impl Handle<roaming::Clear> for World {
    fn handle(&mut self, r: roaming::Clear, _: &mut Call) -> Result<(), Refusal> {
        let user = r.username.to_lowercase();
        self.conversations.remove_under(&[&user]);
        self.roaming_deleted.remove_under(&[&user]);
        self.roaming_cleared.remove_under(&[&user]);
        let now = self.now();
        self.clear_roaming(&user, "all", "", now);
        Ok(())
    }
}

impl Handle<roaming::ClearChatBefore> for World {
    fn handle(&mut self, r: roaming::ClearChatBefore, _: &mut Call) -> Result<(), Refusal> {
        self.clear_roaming(&r.username, "chat", &r.user_id, r.del_time);
        Ok(())
    }
}

impl Handle<roaming::ClearGroupBefore> for World {
    fn handle(&mut self, r: roaming::ClearGroupBefore, _: &mut Call) -> Result<(), Refusal> {
        self.clear_roaming(&r.username, "groupchat", &r.group_id, r.del_time);
        Ok(())
    }
}

impl Handle<conversations::Delete> for World {
    fn handle(&mut self, r: conversations::Delete, call: &mut Call) -> Result<Done, Refusal> {
        let user = self.user_id(&r.username)?;
        let kind = match r.kind {
            ConversationType::Chat => "chat",
            ConversationType::Group => "groupchat",
        };
        self.conversations.remove(&key(&[&user, kind, &r.channel]));
        if r.delete_roam {
            let now = self.now();
            self.clear_roaming(&user, kind, &r.channel, now);
        }
        call.member("path", "/users/user_channel");
        Ok(Done { result: "ok".to_owned() })
    }
}
