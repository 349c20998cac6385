//! Block lists.

use super::contacts::{list_members, list_of};
use crate::{
    Call, Handle, Refusal, World, page,
    table::{key, last},
};
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
}

impl Handle<blocks::Add> for World {
    fn handle(&mut self, r: blocks::Add, call: &mut Call) -> Result<Vec<String>, Refusal> {
        let owner = self.user_id(&r.owner_username)?;
        if self.exceeds(r.usernames.len(), MAX_BATCH) && self.app.dialect == Dialect::Agora {
            return Err(Refusal::illegal_argument(format!("usernames must be at most {MAX_BATCH}")));
        }
        // One who does not exist fails the call, and nobody is blocked.
        let names = r.usernames.iter().map(|name| self.user_id(name)).collect::<Result<Vec<_>, _>>()?;
        if names.contains(&owner) {
            return Err(Refusal::illegal_argument("users cannot block themselves"));
        }
        let new: BTreeSet<&String> = names.iter().filter(|n| !self.has_blocked(&owner, n)).collect();
        if self.exceeds(self.blocks.of(0, &owner).len() + new.len(), MAX_BLOCKED) {
            return Err(Refusal::new(403, "exceed_limit", format!("a user can block at most {MAX_BLOCKED} users")));
        }
        for name in &names {
            if self.has_blocked(&owner, name) {
                continue;
            }
            let number = self.next_number();
            self.blocks.insert(key(&[&owner, name]), number);
        }
        call.member("uri", call.base.clone());
        Ok(names)
    }
}

impl Handle<blocks::Remove> for World {
    fn handle(&mut self, r: blocks::Remove, call: &mut Call) -> Result<User, Refusal> {
        let owner = self.shown(&r.owner_username)?;
        let blocked = self.shown(&r.blocked_username)?;
        self.blocks.remove(&key(&[&owner.username, &blocked.username]));
        list_of(call, &owner.uuid, "blocks");
        Ok(blocked)
    }
}

impl Handle<blocks::List> for World {
    fn handle(&mut self, r: blocks::List, call: &mut Call) -> Result<Page<String>, Refusal> {
        let owner = self.user_id(&r.owner_username)?;
        let size = match (r.page_size, &r.cursor) {
            (Some(size), _) if size == 0 || size > MAX_PAGE => {
                return Err(Refusal::illegal_argument(format!("pageSize must be 1 to {MAX_PAGE}")));
            }
            (Some(size), _) => size as usize,
            (None, Some(_)) => MAX_PAGE as usize,
            (None, None) => MAX_BLOCKED,
        };
        let (rows, cursor) = page::of(self.blocks.of(0, &owner), r.cursor.as_deref(), size)?;
        list_members(call, &format!("/users/{owner}/blocks/users"), rows.len());
        Ok(Page { items: rows.into_iter().map(|at| last(at).to_owned()).collect(), cursor })
    }
}
