//! Mutes in chat rooms.

use super::{invalid, not_members, on_owner};
use crate::{
    Call, Handle, Refusal, World,
    handlers::mutes::Channel,
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::rooms::mutes::{self, RoomMute, RoomMuteOutcome, WholeRoomMute},
};

/// How many members one call names.
const MAX_USERS: usize = 60;

/// When a mute ends, as it is printed: -1 is never.
pub(super) fn printed(until: u64) -> i64 {
    i64::try_from(until).unwrap_or(-1)
}

impl World {
    /// Whether a user may not send in a room, for whatever reason.
    #[must_use]
    pub fn is_silenced_in_room(&self, room: &str, user: &str) -> bool {
        let user = user.to_lowercase();
        let (place, now) = (key(&[room, &user]), self.now());
        let whole = self.rooms.get(room).is_some_and(|r| r.muted) && !self.room_allowed.contains(&place);
        let tags = self.room_members.get(&place).map(|m| m.tags.as_slice()).unwrap_or_default();
        whole
            || self.is_muted(&user, Channel::Room)
            || self.room_marks.get(&place).is_some_and(|m| m.muted > now)
            || tags.iter().any(|tag| self.room_tag_mutes.get(&key(&[room, tag])).is_some_and(|until| *until > now))
    }

    fn mute_room(&mut self, room: &str, muted: bool, call: &mut Call) -> Result<WholeRoomMute, Refusal> {
        self.room_mut(room)?.muted = muted;
        // Both calls are printed so, except that Easemob prints the second as it is.
        if muted || call.dialect == Dialect::Agora {
            call.action("put");
        }
        Ok(WholeRoomMute { mute: muted })
    }
}

impl Handle<mutes::List> for World {
    fn handle(&mut self, r: mutes::List, call: &mut Call) -> Result<Vec<RoomMute>, Refusal> {
        self.room(&r.chatroom_id)?;
        if call.dialect == Dialect::Agora {
            // So Agora prints it, though the call is a GET.
            call.action("post");
        }
        let now = self.now();
        let marks = self.room_marks.under(&[&r.chatroom_id]).filter(|(_, m)| m.muted > now);
        Ok(marks.map(|(k, m)| RoomMute { expire: printed(m.muted), user: last(k).to_owned() }).collect())
    }
}

impl Handle<mutes::Add> for World {
    fn handle(&mut self, r: mutes::Add, _: &mut Call) -> Result<Vec<RoomMuteOutcome>, Refusal> {
        if r.usernames.is_empty() {
            return Err(invalid("usernames must be provided"));
        }
        if self.exceeds(r.usernames.len(), MAX_USERS) {
            return Err(invalid(format!("userNames size is more than max limit : {MAX_USERS}")));
        }
        let until = match r.mute_duration {
            -1 => u64::MAX,
            0 => 0,
            n => u64::try_from(n)
                .map(|n| self.now().saturating_add(n))
                .map_err(|_| invalid("mute_duration must be -1 or more"))?,
        };
        let owner = self.room(&r.chatroom_id)?.owner.clone();
        let users: Vec<String> = r.usernames.iter().map(|n| n.to_lowercase()).collect();
        if users.contains(&owner) {
            return Err(on_owner());
        }
        let outside: Vec<&String> = users.iter().filter(|u| !self.is_room_member(&r.chatroom_id, u)).collect();
        if !outside.is_empty() {
            return Err(not_members(&outside));
        }
        for user in &users {
            self.mark(&r.chatroom_id, user, |m| m.muted = until);
        }
        let outcome = |user| RoomMuteOutcome { result: true, expire: Some(printed(until)), user };
        Ok(users.into_iter().map(outcome).collect())
    }
}

impl Handle<mutes::Remove> for World {
    fn handle(&mut self, r: mutes::Remove, _: &mut Call) -> Result<Vec<RoomMuteOutcome>, Refusal> {
        if self.exceeds(r.member.len(), MAX_USERS) {
            return Err(invalid(format!("removeMute member size more than max limit :  {MAX_USERS}")));
        }
        self.room(&r.chatroom_id)?;
        let mut outcomes = Vec::new();
        for user in r.member.iter().map(|n| n.to_lowercase()) {
            let place = key(&[&r.chatroom_id, &user]);
            let result = self.room_members.contains(&place) || self.room_marks.get(&place).is_some_and(|m| m.muted > 0);
            self.mark(&r.chatroom_id, &user, |m| m.muted = 0);
            outcomes.push(RoomMuteOutcome { result, expire: None, user });
        }
        Ok(outcomes)
    }
}

impl Handle<mutes::MuteAll> for World {
    fn handle(&mut self, r: mutes::MuteAll, call: &mut Call) -> Result<WholeRoomMute, Refusal> {
        self.mute_room(&r.chatroom_id, true, call)
    }
}

impl Handle<mutes::UnmuteAll> for World {
    fn handle(&mut self, r: mutes::UnmuteAll, call: &mut Call) -> Result<WholeRoomMute, Refusal> {
        self.mute_room(&r.chatroom_id, false, call)
    }
}
