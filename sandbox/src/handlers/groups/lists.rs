//! Admins, block list and allow list of a group.

use super::members::{distinct, name_of, not_in, outcome};
use crate::{Call, Handle, Refusal, World, page, table::key};
use agora_chat_admin::{
    api::groups::{
        GroupUserOutcome,
        admins::{self, AddedGroupAdmin, RemovedGroupAdmin},
        allowlist, blocklist,
    },
    operation::Page,
};
use serde_json::json;

/// How many admins a group may have beside its owner.
const MAX_ADMINS: usize = 99;

impl Handle<admins::List> for World {
    fn handle(&mut self, r: admins::List, call: &mut Call) -> Result<Vec<String>, Refusal> {
        self.group(&r.group_id)?;
        let admins: Vec<String> = self.group_admins.of(0, &r.group_id).keys().map(name_of).collect();
        call.count(admins.len());
        Ok(admins)
    }
}

impl Handle<admins::Add> for World {
    fn handle(&mut self, r: admins::Add, call: &mut Call) -> Result<AddedGroupAdmin, Refusal> {
        let group = self.group(&r.group_id)?;
        let name = r.newadmin.to_lowercase();
        if !self.is_group_member(&r.group_id, &name) {
            return Err(Refusal::new(404, "resource_not_found", not_in(&r.newadmin, &r.group_id)));
        }
        if group.owner == name {
            return Err(Refusal::forbidden("forbidden operation on group owner!"));
        }
        let at = key(&[&r.group_id, &name]);
        if !self.group_admins.contains(&at) {
            if self.exceeds(self.group_admins.of(0, &r.group_id).len() + 1, MAX_ADMINS) {
                return Err(Refusal::new(403, "exceed_limit", "group admins size is greater than max admin size !"));
            }
            self.group_mut(&r.group_id)?;
            let number = self.next_number();
            self.group_admins.insert(at, number);
        }
        call.member("properties", json!({}));
        Ok(AddedGroupAdmin { result: "success".into(), newadmin: name })
    }
}

impl Handle<admins::Remove> for World {
    fn handle(&mut self, r: admins::Remove, _: &mut Call) -> Result<RemovedGroupAdmin, Refusal> {
        self.group(&r.group_id)?;
        let name = r.oldadmin.to_lowercase();
        if self.group_admins.remove(&key(&[&r.group_id, &name])).is_none() {
            let text = format!("user:{} is not admin of group:{}", r.oldadmin, r.group_id);
            return Err(Refusal::forbidden(text));
        }
        self.group_mut(&r.group_id)?;
        Ok(RemovedGroupAdmin { result: "success".into(), oldadmin: name })
    }
}

impl World {
    /// Whether a user is on a group's block list.
    #[must_use]
    pub fn is_blocked_in_group(&self, group_id: &str, username: &str) -> bool {
        self.group_blocks.contains(&key(&[group_id, &username.to_lowercase()]))
    }

    /// Puts a member out and on the block list.
    fn block_in_group(&mut self, group_id: &str, name: &str) {
        self.leave_group(group_id, name);
        let number = self.next_number();
        self.group_blocks.insert(key(&[group_id, name]), number);
    }

    /// Takes users off the block list, if at least one is on it.
    fn unblock_some_in_group(&mut self, group_id: &str, names: &[String]) -> Result<Vec<GroupUserOutcome>, Refusal> {
        let names = distinct(names);
        self.some_known_to_group(&names, |name| self.is_blocked_in_group(group_id, name))?;
        let unblock = |name: &String| GroupUserOutcome {
            result: self.group_blocks.remove(&key(&[group_id, name])).is_some(),
            ..outcome("remove_blocks", group_id, name, None)
        };
        Ok(names.iter().map(unblock).collect())
    }

    /// Puts members on the allow list, if at least one is a member.
    fn allow_some_in_group(&mut self, group_id: &str, names: &[String]) -> Result<Vec<GroupUserOutcome>, Refusal> {
        let names = distinct(names);
        self.some_known_to_group(&names, |name| self.is_group_member(group_id, name))?;
        let outcomes = names.iter().map(|name| {
            let reason = (!self.is_group_member(group_id, name)).then(|| not_in(name, group_id));
            if reason.is_none() && !self.group_allows.contains(&key(&[group_id, name])) {
                let number = self.next_number();
                self.group_allows.insert(key(&[group_id, name]), number);
            }
            outcome("add_user_whitelist", group_id, name, reason)
        });
        Ok(outcomes.collect())
    }
}

impl Handle<blocklist::List> for World {
    fn handle(&mut self, r: blocklist::List, call: &mut Call) -> Result<Page<String>, Refusal> {
        self.group(&r.group_id)?;
        let paged = r.page_size.is_some() || r.cursor.is_some();
        let limit = if paged { r.page_size.unwrap_or(50).clamp(1, 50) } else { 500 };
        let (rows, cursor) = page::of(self.group_blocks.of(0, &r.group_id), r.cursor.as_deref(), limit as usize)?;
        call.count(rows.len());
        let items = rows.into_iter().map(name_of).collect();
        Ok(Page { items, cursor: cursor.filter(|_| paged) })
    }
}

impl Handle<blocklist::Add> for World {
    fn handle(&mut self, r: blocklist::Add, _: &mut Call) -> Result<GroupUserOutcome, Refusal> {
        let names = self.some_group_members(self.group(&r.group_id)?, &[r.username])?;
        let name = names.first().map(String::as_str).unwrap_or_default();
        self.block_in_group(&r.group_id, name);
        Ok(outcome("add_blocks", &r.group_id, name, None))
    }
}

impl Handle<blocklist::AddMany> for World {
    fn handle(&mut self, r: blocklist::AddMany, call: &mut Call) -> Result<Vec<GroupUserOutcome>, Refusal> {
        call.one();
        let group = self.group(&r.group_id)?;
        if self.exceeds(r.usernames.len(), 60) {
            return Err(super::invalid("userNames is more than max limit : 60"));
        }
        let names = self.some_group_members(group, &r.usernames)?;
        let outcomes = names.iter().map(|name| {
            let reason = (!self.is_group_member(&r.group_id, name)).then(|| not_in(name, &r.group_id));
            if reason.is_none() {
                self.block_in_group(&r.group_id, name);
            }
            outcome("add_blocks", &r.group_id, name, reason)
        });
        Ok(outcomes.collect())
    }
}

impl Handle<blocklist::Remove> for World {
    fn handle(&mut self, r: blocklist::Remove, _: &mut Call) -> Result<GroupUserOutcome, Refusal> {
        self.group(&r.group_id)?;
        let outcomes = self.unblock_some_in_group(&r.group_id, &[r.username])?;
        Ok(outcomes.into_iter().next().unwrap_or_default())
    }
}

impl Handle<blocklist::RemoveMany> for World {
    fn handle(&mut self, r: blocklist::RemoveMany, _: &mut Call) -> Result<Vec<GroupUserOutcome>, Refusal> {
        self.group(&r.group_id)?;
        if self.exceeds(r.usernames.len(), 60) {
            return Err(super::invalid("removeBlacklist: list size more than max limit : 60"));
        }
        self.unblock_some_in_group(&r.group_id, &r.usernames)
    }
}

impl Handle<allowlist::List> for World {
    fn handle(&mut self, r: allowlist::List, call: &mut Call) -> Result<Vec<String>, Refusal> {
        let group = self.group(&r.group_id)?;
        // The owner and the admins are on it without being put there.
        let mut names = vec![group.owner.clone()];
        names.extend(self.group_admins.of(0, &r.group_id).keys().map(name_of));
        let put: Vec<String> = self.group_allows.of(0, &r.group_id).keys().map(name_of).collect();
        names.extend(put.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
        call.count(names.len());
        Ok(names)
    }
}

impl Handle<allowlist::Add> for World {
    fn handle(&mut self, r: allowlist::Add, _: &mut Call) -> Result<GroupUserOutcome, Refusal> {
        self.group(&r.group_id)?;
        let outcomes = self.allow_some_in_group(&r.group_id, &[r.username])?;
        Ok(outcomes.into_iter().next().unwrap_or_default())
    }
}

impl Handle<allowlist::AddMany> for World {
    fn handle(&mut self, r: allowlist::AddMany, _: &mut Call) -> Result<Vec<GroupUserOutcome>, Refusal> {
        self.group(&r.group_id)?;
        if self.exceeds(r.usernames.len(), 60) {
            return Err(super::invalid("usernames size is more than max limit : 60"));
        }
        self.allow_some_in_group(&r.group_id, &r.usernames)
    }
}

impl Handle<allowlist::Remove> for World {
    fn handle(&mut self, r: allowlist::Remove, _: &mut Call) -> Result<Vec<GroupUserOutcome>, Refusal> {
        self.group(&r.group_id)?;
        if self.exceeds(r.username.len(), 60) {
            return Err(super::invalid("removeWhitelist size is more than max limit : 60"));
        }
        let names = distinct(&r.username);
        self.some_known_to_group(&names, |name| self.group_allows.contains(&key(&[&r.group_id, name])))?;
        let outcomes = names.iter().map(|name| {
            let gone = self.group_allows.remove(&key(&[&r.group_id, name])).is_some();
            let reason = (!gone).then(|| format!("user: {name} is not in whitelist of group: {}", r.group_id));
            outcome("remove_user_whitelist", &r.group_id, name, reason)
        });
        Ok(outcomes.collect())
    }
}
