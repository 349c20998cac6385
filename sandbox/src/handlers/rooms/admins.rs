//! The admins of chat rooms.

use super::{exceeds, on_owner};
use crate::{
    Call, Handle, Refusal, World,
    table::{key, last},
};
use agora_chat_admin::api::rooms::admins::{self, AddedRoomAdmin, RemovedRoomAdmin};

/// How many admins a room may have.
const MAX_ADMINS: usize = 99;

impl Handle<admins::List> for World {
    fn handle(&mut self, r: admins::List, call: &mut Call) -> Result<Vec<String>, Refusal> {
        self.room(&r.chatroom_id)?;
        let admins: Vec<String> = self.room_admins.under(&[&r.chatroom_id]).map(|(k, _)| last(k).to_owned()).collect();
        call.count(admins.len());
        Ok(admins)
    }
}

impl Handle<admins::Add> for World {
    fn handle(&mut self, r: admins::Add, _: &mut Call) -> Result<AddedRoomAdmin, Refusal> {
        let room = self.room(&r.chatroom_id)?;
        let user = self.room_user(&r.newadmin)?;
        if room.owner == user {
            return Err(on_owner());
        }
        if !self.is_room_member(&r.chatroom_id, &user) {
            let text = format!("user: {user} doesn't exist in group: {}", r.chatroom_id);
            return Err(Refusal::new(404, "resource_not_found", text));
        }
        if !self.room_admins.contains(&key(&[&r.chatroom_id, &user])) {
            if self.exceeds(self.room_admins.of(0, &r.chatroom_id).len() + 1, MAX_ADMINS) {
                return Err(exceeds(format!("admins cannot exceed {MAX_ADMINS}")));
            }
            self.room_admins.insert(key(&[&r.chatroom_id, &user]), true);
        }
        Ok(AddedRoomAdmin { result: "success".into(), newadmin: user })
    }
}

impl Handle<admins::Remove> for World {
    fn handle(&mut self, r: admins::Remove, _: &mut Call) -> Result<RemovedRoomAdmin, Refusal> {
        self.room(&r.chatroom_id)?;
        let user = self.room_user(&r.oldadmin)?;
        if self.room_admins.remove(&key(&[&r.chatroom_id, &user])).is_none() {
            return Err(Refusal::forbidden(format!("user:{user} is not admin of group:{}", r.chatroom_id)));
        }
        Ok(RemovedRoomAdmin { result: "success".into(), oldadmin: user })
    }
}
