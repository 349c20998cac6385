//! The members of chat rooms.

use super::{Member, affiliation, exceeds, invalid, no_such_room, not_members, on_owner, page_of};
use crate::{
    Call, Handle, Refusal, World, page,
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::rooms::{
        RoomMember,
        members::{self, AddedRoomMembers, RoomMemberOutcome},
    },
    operation::Page,
};

/// How many users one call adds.
const MAX_ADD: usize = 60;
/// How many rooms the largest plan allows a user.
const MAX_JOINED: usize = 10_000;

impl World {
    /// Whether a user is in a room, as its owner or otherwise.
    #[must_use]
    pub fn is_room_member(&self, room: &str, user: &str) -> bool {
        self.room_members.contains(&key(&[room, &user.to_lowercase()]))
    }

    pub(super) fn joined_too_many(&self, user: &str) -> bool {
        self.exceeds(self.room_members.of(1, user).len() + 1, MAX_JOINED)
    }

    /// Puts a user into a room, unless it is there already.
    pub(super) fn join_room(&mut self, room: &str, user: &str) {
        if self.is_room_member(room, user) {
            return;
        }
        let number = self.next_number();
        self.room_members.insert(key(&[room, user]), Member { number, ..Member::default() });
    }

    /// Takes a user out of a room, with what only members have; a mute stays.
    pub(super) fn leave_room(&mut self, room: &str, user: &str) {
        self.take_out("room_members", &key(&[room, user]));
    }

    /// Whether these users may join, as the platform words it where not.
    fn may_join(&self, room: &str, users: &[String]) -> Result<(), Refusal> {
        let row = self.room(room)?;
        let new: Vec<&String> = users.iter().filter(|u| !self.is_room_member(room, u)).collect();
        for user in &new {
            let why = match () {
                () if self.is_blocked_in_room(room, user) => format!("user {user} is in the blacklist!"),
                () if self.joined_too_many(user) => format!("user {user} has joined too many chatrooms!"),
                () => continue,
            };
            return Err(Refusal::forbidden(format!("can not join this group, reason:{why}")));
        }
        match self.room_members.of(0, room).len() + new.len() > row.maxusers as usize && !new.is_empty() {
            true => Err(exceeds("members size is greater than max user size !")),
            false => Ok(()),
        }
    }
}

/// What each user was told: done, or why not.
fn outcome(action: &str, room: &str, user: String, reason: Option<String>) -> RoomMemberOutcome {
    RoomMemberOutcome { result: reason.is_none(), action: action.into(), reason, user, id: room.into() }
}

impl Handle<members::List> for World {
    fn handle(&mut self, r: members::List, call: &mut Call) -> Result<Page<RoomMember>, Refusal> {
        let room = self.rooms.get(&r.chatroom_id).ok_or_else(|| no_such_room(&r.chatroom_id))?;
        let (skip, size) = page_of(r.pagenum, r.pagesize, super::MAX_PAGE)?;
        let members = self.room_members.of(0, &r.chatroom_id).lasts().skip(skip).take(size);
        let items: Vec<RoomMember> = members.map(|user| affiliation(room, user)).collect();
        call.params();
        call.count(items.len());
        Ok(Page { items, cursor: None })
    }
}

impl Handle<members::ListByCursor> for World {
    fn handle(&mut self, r: members::ListByCursor, _: &mut Call) -> Result<Page<String>, Refusal> {
        let owner = &self.rooms.get(&r.chatroom_id).ok_or_else(|| no_such_room(&r.chatroom_id))?.owner;
        let limit = r.limit.min(super::MAX_PAGE) as usize;
        if limit == 0 {
            return Err(Refusal::illegal_argument("limit must be 1 to 1000"));
        }
        let backwards = match r.sort.as_deref() {
            Some("asc") => false,
            None | Some("" | "desc") => true,
            Some(_) => return Err(Refusal::illegal_argument("sort must be asc or desc")),
        };
        let (list, members) = (self.room_members.of(0, &r.chatroom_id), |at: &str| last(at) != owner.as_str());
        let (rows, cursor) = page::some(list, r.cursor.as_deref(), limit, backwards, members)?;
        Ok(Page { items: rows.into_iter().map(|at| last(at).to_owned()).collect(), cursor })
    }
}

impl Handle<members::Add> for World {
    fn handle(&mut self, r: members::Add, _: &mut Call) -> Result<RoomMemberOutcome, Refusal> {
        self.room(&r.chatroom_id)?;
        let user = self.room_user(&r.username)?;
        self.may_join(&r.chatroom_id, std::slice::from_ref(&user))?;
        self.join_room(&r.chatroom_id, &user);
        Ok(outcome("add_member", &r.chatroom_id, user, None))
    }
}

impl Handle<members::AddMany> for World {
    fn handle(&mut self, r: members::AddMany, _: &mut Call) -> Result<AddedRoomMembers, Refusal> {
        if r.usernames.is_empty() {
            return Err(invalid("usernames must be provided"));
        }
        if self.exceeds(r.usernames.len(), MAX_ADD) {
            return Err(invalid(format!("addMembers: addMembers number more than maxSize : {MAX_ADD}")));
        }
        self.room(&r.chatroom_id)?;
        let mut users = Vec::new();
        for name in &r.usernames {
            let user = self.room_user(name)?;
            if !users.contains(&user) {
                users.push(user);
            }
        }
        self.may_join(&r.chatroom_id, &users)?;
        for user in &users {
            self.join_room(&r.chatroom_id, user);
        }
        Ok(AddedRoomMembers { newmembers: users, action: "add_member".into(), id: r.chatroom_id })
    }
}

impl Handle<members::Remove> for World {
    fn handle(&mut self, r: members::Remove, _: &mut Call) -> Result<RoomMemberOutcome, Refusal> {
        let owner = self.room(&r.chatroom_id)?.owner.clone();
        let user = self.room_user(&r.username)?;
        if user == owner {
            return Err(on_owner());
        }
        if !self.is_room_member(&r.chatroom_id, &user) {
            return Err(not_members(&[user]));
        }
        self.leave_room(&r.chatroom_id, &user);
        Ok(outcome("remove_member", &r.chatroom_id, user, None))
    }
}

impl Handle<members::RemoveMany> for World {
    fn handle(&mut self, r: members::RemoveMany, call: &mut Call) -> Result<Vec<RoomMemberOutcome>, Refusal> {
        let max = if call.dialect == Dialect::Agora { 100 } else { 60 };
        if self.exceeds(r.usernames.len(), max) {
            return Err(invalid(format!("kickMember: kickMembers number more than maxSize : {max}")));
        }
        let owner = self.room(&r.chatroom_id)?.owner.clone();
        let users = r.usernames.iter().map(|u| self.room_user(u)).collect::<Result<Vec<_>, _>>()?;
        if users.contains(&owner) {
            return Err(on_owner());
        }
        if !users.iter().any(|u| self.is_room_member(&r.chatroom_id, u)) {
            return Err(not_members(&users));
        }
        let mut outcomes = Vec::new();
        for user in users {
            let there = self.is_room_member(&r.chatroom_id, &user);
            let reason = (!there).then(|| format!("user: {user} doesn't exist in group: {}", r.chatroom_id));
            self.leave_room(&r.chatroom_id, &user);
            outcomes.push(outcome("remove_member", &r.chatroom_id, user, reason));
        }
        Ok(outcomes)
    }
}
