//! Who is in a group.

use crate::{
    Call, Handle, Refusal, World, page,
    state::groups::{Group, Member},
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::groups::{
        GroupUserOutcome,
        members::{self, AddedGroupMembers, GroupMember},
    },
    operation::Page,
};

/// How many groups a user may join.
const MAX_JOINED: usize = 10_000;

impl World {
    /// Whether a user is a member of a group, as its owner, an admin or without a rank.
    #[must_use]
    pub fn is_group_member(&self, group_id: &str, username: &str) -> bool {
        self.group_members.contains(&key(&[group_id, &username.to_lowercase()]))
    }

    /// The user IDs of a group's members, in the order in which they joined.
    pub fn members_of_group(&self, group_id: &str) -> impl DoubleEndedIterator<Item = &str> + use<'_> {
        self.group_members.of(0, group_id).lasts()
    }

    /// How many those are, the owner among them.
    pub(super) fn count_group_members(&self, group_id: &str) -> u32 {
        u32::try_from(self.group_members.of(0, group_id).len()).unwrap_or(u32::MAX)
    }

    /// The user ID in lower case, if there is such a user.
    pub(super) fn registered_for_group(&self, name: &str) -> Result<String, Refusal> {
        let unknown = || Refusal::new(404, "resource_not_found", format!("username {name} doesn't exist!"));
        self.user_id(name).map_err(|_| unknown())
    }

    /// Refuses if a user is in as many groups as may be.
    pub(super) fn may_join_more_groups(&self, name: &str) -> Result<(), Refusal> {
        if self.exceeds(self.group_members.of(1, name).len() + 1, MAX_JOINED) {
            let text = format!("user {name} has joined too many groups!");
            return Err(Refusal::new(403, "exceed_limit", text));
        }
        Ok(())
    }

    /// Makes a user a member.
    pub(super) fn join_group(&mut self, group_id: &str, name: &str) {
        let (number, joined) = (self.next_number(), self.now());
        self.group_members.insert(key(&[group_id, name]), Member { number, joined });
        self.group_blocks.remove(&key(&[group_id, name]));
    }

    /// Makes a member a stranger, with all that only members have. Mutes stay: they outlast leaving and joining again.
    pub(super) fn leave_group(&mut self, group_id: &str, name: &str) {
        self.take_out("group_members", &key(&[group_id, name]));
    }

    /// These user IDs in lower case, each once; refuses if one is the owner's, or if none is a member's.
    pub(super) fn some_group_members(&self, group: &Group, names: &[String]) -> Result<Vec<String>, Refusal> {
        let names = distinct(names);
        if names.contains(&group.owner) {
            return Err(Refusal::forbidden("forbidden operation on group owner!"));
        }
        self.some_known_to_group(&names, |name| self.is_group_member(&group.id, name))?;
        Ok(names)
    }

    /// Refuses if none of these users is known to the group.
    pub(super) fn some_known_to_group(&self, names: &[String], known: impl Fn(&str) -> bool) -> Result<(), Refusal> {
        if names.iter().any(|name| known(name)) {
            return Ok(());
        }
        Err(Refusal::forbidden(format!("users [{}] are not members of this group!", names.join(", "))))
    }

    /// Adds users, or refuses if one cannot be added; those who are in already are left alone.
    fn add_group_members(&mut self, group_id: &str, names: &[String]) -> Result<Vec<String>, Refusal> {
        let group = self.group(group_id)?;
        let (count, maxusers) = (self.group_members.of(0, group_id).len(), group.maxusers as usize);
        names.iter().try_for_each(|name| self.registered_for_group(name).map(|_| ()))?;
        let names = distinct(names);
        let (known, new): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| self.is_group_member(group_id, name));
        if new.is_empty() {
            let reasons: String = known.iter().map(|n| format!("user: {n} already in group: {group_id}\n")).collect();
            return Err(Refusal::forbidden(format!("can not join this group, reason:{reasons}")));
        }
        if count + new.len() > maxusers {
            return Err(too_many());
        }
        new.iter().try_for_each(|name| self.may_join_more_groups(name))?;
        for name in &new {
            self.join_group(group_id, name);
        }
        Ok(new)
    }
}

/// User IDs in lower case, each once, in their order.
pub(super) fn distinct(names: &[String]) -> Vec<String> {
    let mut distinct = Vec::with_capacity(names.len());
    for name in names.iter().map(|n| n.to_lowercase()) {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

/// More members than a group, or a call, may take.
pub(super) fn too_many() -> Refusal {
    Refusal::new(403, "exceed_limit", "members size is greater than max user size !")
}

/// Why nothing can be done with a user who is no member.
pub(super) fn not_in(name: &str, group_id: &str) -> String {
    format!("user: {name} doesn't exist in group: {group_id}")
}

/// A member, as lists show it.
pub(super) fn shown(group: &Group, name: &str, joined_time: Option<u64>) -> GroupMember {
    let (owner, member) = if group.owner == name { (Some(name), None) } else { (None, Some(name)) };
    GroupMember { owner: owner.map(str::to_owned), member: member.map(str::to_owned), joined_time }
}

/// What became of one user.
pub(super) fn outcome(action: &str, group_id: &str, user: &str, reason: Option<String>) -> GroupUserOutcome {
    GroupUserOutcome {
        result: reason.is_none(),
        action: action.to_owned(),
        reason,
        user: user.to_owned(),
        groupid: group_id.to_owned(),
    }
}

impl Handle<members::List> for World {
    fn handle(&mut self, r: members::List, call: &mut Call) -> Result<Page<GroupMember>, Refusal> {
        let group = self.groups.get(&r.group_id).ok_or_else(|| not_found(&r.group_id))?;
        let (skip, take) = match call.dialect {
            Dialect::Agora => page::counted(r.pagenum, r.pagesize, 1, 10, 100),
            Dialect::Easemob => page::counted(r.pagenum, r.pagesize, 1, 1000, 1000),
        };
        let members = self.members_of_group(&r.group_id);
        let names: Vec<&str> = match r.sort.as_deref() {
            Some("desc") => members.rev().skip(skip).take(take).collect(),
            _ => members.skip(skip).take(take).collect(),
        };
        let joined = |name: &str| {
            let row = self.group_members.get(&key(&[&r.group_id, name]));
            row.filter(|_| r.joined_time == Some(true)).map(|m| m.joined)
        };
        let items: Vec<GroupMember> = names.into_iter().map(|name| shown(group, name, joined(name))).collect();
        call.params();
        call.count(items.len());
        Ok(Page { items, cursor: None })
    }
}

/// Listing members has words of its own for a group that does not exist.
fn not_found(group_id: &str) -> Refusal {
    Refusal::new(404, "service_resource_not_found", format!("do not find this group:{group_id}"))
}

impl Handle<members::ListByCursor> for World {
    fn handle(&mut self, r: members::ListByCursor, call: &mut Call) -> Result<Page<String>, Refusal> {
        let group = self.groups.get(&r.group_id).ok_or_else(|| not_found(&r.group_id))?;
        let (list, limit) = (self.group_members.of(0, &r.group_id), r.limit.clamp(1, 1000) as usize);
        let (backwards, members) = (r.sort.as_deref() == Some("desc"), |at: &str| last(at) != group.owner);
        let (rows, cursor) = page::some(list, r.cursor.as_deref(), limit, backwards, members)?;
        call.params();
        call.count(rows.len());
        Ok(Page { items: rows.into_iter().map(name_of).collect(), cursor })
    }
}

impl Handle<members::IsJoined> for World {
    fn handle(&mut self, r: members::IsJoined, _: &mut Call) -> Result<bool, Refusal> {
        Ok(self.is_group_member(&r.group_id, &r.username))
    }
}

impl Handle<members::Add> for World {
    fn handle(&mut self, r: members::Add, _: &mut Call) -> Result<GroupUserOutcome, Refusal> {
        let name = r.username.to_lowercase();
        self.add_group_members(&r.group_id, &[r.username])?;
        Ok(outcome("add_member", &r.group_id, &name, None))
    }
}

impl Handle<members::AddMany> for World {
    fn handle(&mut self, r: members::AddMany, _: &mut Call) -> Result<AddedGroupMembers, Refusal> {
        self.group(&r.group_id)?;
        if r.usernames.is_empty() {
            return Err(super::invalid("usernames must be provided"));
        }
        if self.exceeds(r.usernames.len(), 60) {
            return Err(too_many());
        }
        let newmembers = self.add_group_members(&r.group_id, &r.usernames)?;
        Ok(AddedGroupMembers { newmembers, groupid: r.group_id, action: "add_member".into() })
    }
}

impl Handle<members::Remove> for World {
    fn handle(&mut self, r: members::Remove, _: &mut Call) -> Result<GroupUserOutcome, Refusal> {
        let names = self.some_group_members(self.group(&r.group_id)?, &[r.username])?;
        let name = names.first().map(String::as_str).unwrap_or_default();
        self.leave_group(&r.group_id, name);
        Ok(outcome("remove_member", &r.group_id, name, None))
    }
}

impl Handle<members::RemoveMany> for World {
    fn handle(&mut self, r: members::RemoveMany, _: &mut Call) -> Result<Vec<GroupUserOutcome>, Refusal> {
        let group = self.group(&r.group_id)?;
        if self.exceeds(r.usernames.len(), 60) {
            return Err(super::invalid("kickMember: kickMembers number more than maxSize : 60"));
        }
        let names = self.some_group_members(group, &r.usernames)?;
        let outcomes = names.iter().map(|name| {
            let reason = if self.is_group_member(&r.group_id, name) {
                None
            } else if self.users.contains(name) {
                Some(not_in(name, &r.group_id))
            } else {
                Some(format!("user {name} doesn't exist."))
            };
            outcome("remove_member", &r.group_id, name, reason)
        });
        let outcomes: Vec<GroupUserOutcome> = outcomes.collect();
        for gone in outcomes.iter().filter(|o| o.result) {
            self.leave_group(&r.group_id, &gone.user);
        }
        Ok(outcomes)
    }
}

/// The user ID at the end of a key.
pub(super) fn name_of(key: &str) -> String {
    last(key).to_owned()
}
