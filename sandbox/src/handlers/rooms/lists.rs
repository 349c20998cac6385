//! The block lists and allow lists of chat rooms.

use super::{invalid, not_members, on_owner};
use crate::{
    Call, Handle, Refusal, World,
    state::rooms::RoomMark,
    table::{key, last},
};
use agora_chat_admin::api::rooms::{RoomListOutcome, allowlist, blocklist};

/// How many users one call names.
const MAX_USERS: usize = 60;

impl World {
    /// Changes what a room holds against a user, and forgets it when nothing is left.
    pub(super) fn mark(&mut self, room: &str, user: &str, change: impl FnOnce(&mut RoomMark)) {
        let at = key(&[room, user]);
        let mut mark = self.room_marks.get(&at).cloned().unwrap_or_default();
        change(&mut mark);
        if mark == RoomMark::default() {
            self.room_marks.remove(&at);
        } else {
            self.room_marks.insert(at, mark);
        }
    }

    /// Whether a user is on a room's block list.
    #[must_use]
    pub fn is_blocked_in_room(&self, room: &str, user: &str) -> bool {
        self.room_marks.get(&key(&[room, &user.to_lowercase()])).is_some_and(|m| m.blocked)
    }

    /// Blocks members of a room; who is blocked already stays so.
    fn block_in_room(&mut self, room: &str, names: &[String]) -> Result<Vec<RoomListOutcome>, Refusal> {
        let owner = self.room(room)?.owner.clone();
        let users: Vec<String> = names.iter().map(|n| n.to_lowercase()).collect();
        if users.contains(&owner) {
            return Err(on_owner());
        }
        let fits = |world: &Self, user: &str| world.is_room_member(room, user) || world.is_blocked_in_room(room, user);
        self.each(room, "add_blocks", users, fits, |world, user| {
            world.leave_room(room, user);
            world.mark(room, user, |m| m.blocked = true);
        })
    }

    fn unblock_in_room(&mut self, room: &str, names: &[String]) -> Result<Vec<RoomListOutcome>, Refusal> {
        self.room(room)?;
        let users = names.iter().map(|n| n.to_lowercase()).collect();
        let fits = |world: &Self, user: &str| world.is_blocked_in_room(room, user);
        self.each(room, "remove_blocks", users, fits, |world, user| world.mark(room, user, |m| m.blocked = false))
    }

    fn allow_in_room(&mut self, room: &str, names: &[String]) -> Result<Vec<RoomListOutcome>, Refusal> {
        self.room(room)?;
        let users = names.iter().map(|n| n.to_lowercase()).collect();
        let fits = |world: &Self, user: &str| world.is_room_member(room, user);
        self.each(room, "add_user_whitelist", users, fits, |world, user| {
            world.room_allowed.insert(key(&[room, user]), true);
        })
    }

    /// Does something to each user who fits and reports the others; an error only if none fits.
    fn each(
        &mut self,
        room: &str,
        action: &str,
        users: Vec<String>,
        fits: impl Fn(&Self, &str) -> bool,
        mut act: impl FnMut(&mut Self, &str),
    ) -> Result<Vec<RoomListOutcome>, Refusal> {
        if users.is_empty() {
            return Err(invalid("usernames must be provided"));
        }
        if !users.iter().any(|u| fits(self, u)) {
            return Err(not_members(&users));
        }
        let mut outcomes = Vec::new();
        for user in users {
            let fit = fits(self, &user);
            if fit {
                act(self, &user);
            }
            let reason = (!fit).then(|| format!("user: {user} doesn't exist in chatroom: {room}"));
            let outcome = RoomListOutcome { result: fit, action: action.into(), reason, user, chatroomid: room.into() };
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }
}

/// The one outcome of a call for one user.
fn one(outcomes: Vec<RoomListOutcome>) -> RoomListOutcome {
    outcomes.into_iter().next().unwrap_or_default()
}

/// Refuses more users than a call may name, in the call's own words.
fn check_count(world: &World, users: &[String], words: &str) -> Result<(), Refusal> {
    match world.exceeds(users.len(), MAX_USERS) {
        true => Err(invalid(format!("{words} more than max limit : {MAX_USERS}"))),
        false => Ok(()),
    }
}

impl Handle<blocklist::List> for World {
    fn handle(&mut self, r: blocklist::List, call: &mut Call) -> Result<Vec<String>, Refusal> {
        self.room(&r.chatroom_id)?;
        let marks = self.room_marks.under(&[&r.chatroom_id]);
        let blocked: Vec<String> = marks.filter(|(_, m)| m.blocked).map(|(k, _)| last(k).to_owned()).collect();
        call.count(blocked.len());
        Ok(blocked)
    }
}

impl Handle<blocklist::Add> for World {
    fn handle(&mut self, r: blocklist::Add, _: &mut Call) -> Result<RoomListOutcome, Refusal> {
        self.block_in_room(&r.chatroom_id, &[r.username]).map(one)
    }
}

impl Handle<blocklist::AddMany> for World {
    fn handle(&mut self, r: blocklist::AddMany, _: &mut Call) -> Result<Vec<RoomListOutcome>, Refusal> {
        check_count(self, &r.usernames, "userNames is")?;
        self.block_in_room(&r.chatroom_id, &r.usernames)
    }
}

impl Handle<blocklist::Remove> for World {
    fn handle(&mut self, r: blocklist::Remove, _: &mut Call) -> Result<RoomListOutcome, Refusal> {
        self.unblock_in_room(&r.chatroom_id, &[r.username]).map(one)
    }
}

impl Handle<blocklist::RemoveMany> for World {
    fn handle(&mut self, r: blocklist::RemoveMany, _: &mut Call) -> Result<Vec<RoomListOutcome>, Refusal> {
        check_count(self, &r.usernames, "removeBlacklist: list size")?;
        self.unblock_in_room(&r.chatroom_id, &r.usernames)
    }
}

impl Handle<allowlist::List> for World {
    fn handle(&mut self, r: allowlist::List, call: &mut Call) -> Result<Vec<String>, Refusal> {
        self.room(&r.chatroom_id)?;
        let allowed: Vec<String> =
            self.room_allowed.under(&[&r.chatroom_id]).map(|(k, _)| last(k).to_owned()).collect();
        call.count(allowed.len());
        Ok(allowed)
    }
}

impl Handle<allowlist::Add> for World {
    fn handle(&mut self, r: allowlist::Add, _: &mut Call) -> Result<RoomListOutcome, Refusal> {
        self.allow_in_room(&r.chatroom_id, &[r.username]).map(one)
    }
}

impl Handle<allowlist::AddMany> for World {
    fn handle(&mut self, r: allowlist::AddMany, _: &mut Call) -> Result<Vec<RoomListOutcome>, Refusal> {
        check_count(self, &r.usernames, "usernames size is")?;
        self.allow_in_room(&r.chatroom_id, &r.usernames)
    }
}

impl Handle<allowlist::Remove> for World {
    fn handle(&mut self, r: allowlist::Remove, call: &mut Call) -> Result<Vec<RoomListOutcome>, Refusal> {
        check_count(self, &r.username, "removeWhitelist size is")?;
        let room = r.chatroom_id;
        self.room(&room)?;
        let users = r.username.iter().map(|n| n.to_lowercase()).collect();
        let fits = |world: &Self, user: &str| world.room_allowed.contains(&key(&[&room, user]));
        if r.username.len() == 1 {
            call.one();
        }
        self.each(&room, "remove_user_whitelist", users, fits, |world, user| {
            world.room_allowed.remove(&key(&[&room, user]));
        })
    }
}
