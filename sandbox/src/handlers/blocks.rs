//! Block lists.

use super::contacts::{list_members, list_of};
use crate::{Call, Handle, Refusal, World, page, table::key};
use agora_chat_admin::{
    Dialect,
    api::{blocks, users::User},
    operation::Page,
};
use std::collections::BTreeSet;

/// The most users that one call blocks; Agora alone documents it.
const MAX_BATCH: usize = 50;
/// The most users on a block list, and in an answer that is not paged.
const MAX_BLOCKED: usize = 500;
/// The most users on a page.
const MAX_PAGE: u32 = 50;

impl World {
    /// Whether `owner` blocks `other`.
    #[must_use]
    pub(crate) fn has_blocked(&self, owner: &str, other: &str) -> bool {
        self.blocks.contains(&key(&[&owner.to_lowercase(), &other.to_lowercase()]))
    }

    fn lift_block(&mut self, owner: &str, other: &str) {
        let Some(number) = self.blocks.remove(&key(&[owner, other])) else { return };
        self.blocks_by_number.remove(&key(&[owner, &page::newest(number)]));
        self.blocked_by.remove(&key(&[other, owner]));
        let count = self.block_counts.entry(owner);
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.block_counts.remove(owner);
        }
    }

    pub(crate) fn blocks_user_removed(&mut self, username: &str) {
        let theirs: Vec<String> = self.blocks_by_number.under(&[username]).map(|(_, other)| other.clone()).collect();
        for other in theirs {
            self.lift_block(username, &other);
        }
        let owners: Vec<String> = self.blocked_by.under(&[username]).map(|(_, owner)| owner.clone()).collect();
        for owner in owners {
            self.lift_block(&owner, username);
        }
    }
}

impl Handle<blocks::Add> for World {
    fn handle(&mut self, r: blocks::Add, call: &mut Call) -> Result<Vec<String>, Refusal> {
        let owner = self.user(&r.owner_username)?.username.clone();
        if self.exceeds(r.usernames.len(), MAX_BATCH) && self.app.dialect == Dialect::Agora {
            return Err(Refusal::illegal_argument(format!("usernames must be at most {MAX_BATCH}")));
        }
        // One who does not exist fails the call, and nobody is blocked.
        let known = |name: &String| self.user(name).map(|user| user.username.clone());
        let names = r.usernames.iter().map(known).collect::<Result<Vec<_>, _>>()?;
        if names.contains(&owner) {
            return Err(Refusal::illegal_argument("users cannot block themselves"));
        }
        let new: BTreeSet<&String> = names.iter().filter(|n| !self.has_blocked(&owner, n)).collect();
        let blocked = self.block_counts.get(&owner).copied().unwrap_or_default();
        if !self.loose && blocked + new.len() as u64 > MAX_BLOCKED as u64 {
            return Err(Refusal::new(403, "exceed_limit", format!("a user can block at most {MAX_BLOCKED} users")));
        }
        for name in &names {
            if self.has_blocked(&owner, name) {
                continue;
            }
            let number = self.next_number();
            self.blocks.insert(key(&[&owner, name]), number);
            self.blocks_by_number.insert(key(&[&owner, &page::newest(number)]), name.clone());
            self.blocked_by.insert(key(&[name, &owner]), owner.clone());
            *self.block_counts.entry(&owner) += 1;
        }
        call.member("uri", call.base.clone());
        Ok(names)
    }
}

impl Handle<blocks::Remove> for World {
    fn handle(&mut self, r: blocks::Remove, call: &mut Call) -> Result<User, Refusal> {
        let owner = self.user(&r.owner_username)?.clone();
        let blocked = User::from(self.user(&r.blocked_username)?);
        self.lift_block(&owner.username, &blocked.username);
        list_of(call, &owner.uuid, "blocks");
        Ok(blocked)
    }
}

impl Handle<blocks::List> for World {
    fn handle(&mut self, r: blocks::List, call: &mut Call) -> Result<Page<String>, Refusal> {
        let owner = self.user(&r.owner_username)?.username.clone();
        let size = match (r.page_size, &r.cursor) {
            (Some(size), _) if size == 0 || size > MAX_PAGE => {
                return Err(Refusal::illegal_argument(format!("pageSize must be 1 to {MAX_PAGE}")));
            }
            (Some(size), _) => size as usize,
            (None, Some(_)) => MAX_PAGE as usize,
            (None, None) => MAX_BLOCKED,
        };
        let after = page::read_cursor(r.cursor.as_deref())?;
        let (rows, cursor) = page::first(self.blocks_by_number.under_after(&[&owner], &after), size);
        list_members(call, &format!("/users/{owner}/blocks/users"), rows.len());
        Ok(Page { items: rows.into_iter().map(|(_, name)| name.clone()).collect(), cursor })
    }
}
