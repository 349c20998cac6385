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
        let admins = self.group(&r.group_id)?.admins.clone();
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
        if !group.admins.contains(&name) {
            if self.exceeds(group.admins.len() + 1, MAX_ADMINS) {
                return Err(Refusal::new(403, "exceed_limit", "group admins size is greater than max admin size !"));
            }
            self.group_mut(&r.group_id)?.admins.push(name.clone());
        }
        call.member("properties", json!({}));
        Ok(AddedGroupAdmin { result: "success".into(), newadmin: name })
    }
}

impl Handle<admins::Remove> for World {
    fn handle(&mut self, r: admins::Remove, _: &mut Call) -> Result<RemovedGroupAdmin, Refusal> {
        let group = self.group(&r.group_id)?;
        let name = r.oldadmin.to_lowercase();
        if !group.admins.contains(&name) {
            let text = format!("user:{} is not admin of group:{}", r.oldadmin, r.group_id);
            return Err(Refusal::forbidden(text));
        }
        self.group_mut(&r.group_id)?.admins.retain(|admin| *admin != name);
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
        self.group_blocks_by_number.insert(key(&[group_id, &page::newest(number)]), name.to_owned());
        self.note_group_mark(group_id, name);
    }

    /// Takes a user off the block list; tells whether the user was on it.
    pub(super) fn unblock_in_group(&mut self, group_id: &str, name: &str) -> bool {
        let Some(number) = self.group_blocks.remove(&key(&[group_id, name])) else { return false };
        self.group_blocks_by_number.remove(&key(&[group_id, &page::newest(number)]));
        self.note_group_mark(group_id, name);
        true
    }

    /// Takes users off the block list, if at least one is on it.
    fn unblock_some_in_group(&mut self, group_id: &str, names: &[String]) -> Result<Vec<GroupUserOutcome>, Refusal> {
        let names = distinct(names);
        self.some_known_to_group(&names, |name| self.is_blocked_in_group(group_id, name))?;
        let unblock = |name: &String| GroupUserOutcome {
            result: self.unblock_in_group(group_id, name),
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
        let at = page::read_cursor(r.cursor.as_deref())?;
        let paged = r.page_size.is_some() || r.cursor.is_some();
        let limit = if paged { r.page_size.unwrap_or(50).clamp(1, 50) } else { 500 };
        let rows = self.group_blocks_by_number.under_after(&[&r.group_id], &at);
        let (rows, cursor) = page::first(rows, limit as usize);
        call.count(rows.len());
        let items = rows.into_iter().map(|(_, name)| name.clone()).collect();
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
        names.extend(group.admins.iter().cloned());
        let mut rows: Vec<(u64, String)> =
            self.group_allows.under(&[&r.group_id]).map(|(k, n)| (*n, name_of(k))).collect();
        rows.retain(|(_, name)| !names.contains(name));
        rows.sort_unstable();
        names.extend(rows.into_iter().map(|(_, name)| name));
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
