//! Tags of chat room members, a paid feature of Easemob's.

use super::{exceeds, invalid, mutes::printed, not_members};
use crate::{Call, Handle, Refusal, World, table::key};
use agora_chat_admin::{
    Dialect,
    api::{rooms::tags, users::Outcome},
};
use serde_json::json;
use std::collections::BTreeMap;

/// How many tags a member may have.
const MAX_TAGS: usize = 10;
/// The longest tag.
const MAX_TAG: usize = 32;

fn check_tag(world: &World, tag: &str) -> Result<(), Refusal> {
    match world.exceeds(tag.chars().count(), MAX_TAG) {
        true => Err(exceeds("tag length exceeds limit!")),
        false => Ok(()),
    }
}

impl World {
    /// Checks that the feature is on and the room exists.
    fn tags_of(&self, room: &str, call: &mut Call) -> Result<(), Refusal> {
        if call.dialect == Dialect::Agora {
            return Err(Refusal::forbidden("Group tag mute is disabled"));
        }
        call.member("properties", json!({}));
        self.room(room).map(|_| ())
    }
}

impl Handle<tags::Mute> for World {
    fn handle(&mut self, r: tags::Mute, call: &mut Call) -> Result<Outcome, Refusal> {
        self.tags_of(&r.chatroom_id, call)?;
        check_tag(self, &r.tag)?;
        let place = key(&[&r.chatroom_id, &r.tag]);
        if !self.room_members.under(&[&r.chatroom_id]).any(|(_, member)| member.tags.contains(&r.tag)) {
            return Err(Refusal::new(404, "resource_not_found", "group tag not found"));
        }
        match r.mute_duration {
            0 => {
                self.room_tag_mutes.remove(&place);
            }
            -1 => {
                self.room_tag_mutes.insert(place, u64::MAX);
            }
            n => {
                let seconds = u64::try_from(n).map_err(|_| invalid("mute_duration must be -1 or more"))?;
                let until = self.now().saturating_add(seconds.saturating_mul(1000));
                self.room_tag_mutes.insert(place, until);
            }
        }
        Ok(Outcome { result: true })
    }
}

impl Handle<tags::Set> for World {
    fn handle(&mut self, r: tags::Set, call: &mut Call) -> Result<Outcome, Refusal> {
        self.tags_of(&r.chatroom_id, call)?;
        let (room, user) = (r.chatroom_id, r.username.to_lowercase());
        if !self.is_room_member(&room, &user) {
            return Err(not_members(&[user]));
        }
        if self.exceeds(r.tags.len(), MAX_TAGS) {
            return Err(exceeds("user group tag count exceed limit"));
        }
        r.tags.iter().try_for_each(|tag| check_tag(self, tag))?;
        if let Some(member) = self.room_members.get_mut(&key(&[&room, &user])) {
            member.tags = r.tags;
        }
        Ok(Outcome { result: true })
    }
}

impl Handle<tags::Get> for World {
    fn handle(&mut self, r: tags::Get, call: &mut Call) -> Result<BTreeMap<String, String>, Refusal> {
        self.tags_of(&r.chatroom_id, call)?;
        let user = r.username.to_lowercase();
        let Some(member) = self.room_members.get(&key(&[&r.chatroom_id, &user])) else {
            return Err(not_members(&[user]));
        };
        let end = |tag: &String| {
            let until = self.room_tag_mutes.get(&key(&[&r.chatroom_id, tag])).copied().filter(|u| *u > self.now());
            (tag.clone(), printed(until.unwrap_or(0)).to_string())
        };
        Ok(member.tags.iter().map(end).collect())
    }
}
