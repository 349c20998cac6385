//! Contacts. The platform keeps them both ways: each of two users is in the other's list.

use crate::{
    Call, Handle, Refusal, World, page,
    state::contacts::Contact as Row,
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::{
        contacts::{self, Contact, ImportedContacts},
        users::User,
    },
    operation::Page,
};

/// The most contacts that one call imports.
const MAX_IMPORT: usize = 10;
/// The most contacts on a page.
const MAX_PAGE: u32 = 50;
/// The longest remark, in characters.
const MAX_REMARK: usize = 100;

/// Whose contacts are as many as may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Full {
    Inviter,
    Invitee,
}

impl World {
    /// Whether two users are contacts.
    #[must_use]
    pub(crate) fn are_contacts(&self, one: &str, other: &str) -> bool {
        self.contacts.contains(&key(&[&one.to_lowercase(), &other.to_lowercase()]))
    }

    /// How many contacts a user may have, by the largest plan with a number.
    fn max_contacts(&self) -> usize {
        match self.app.dialect {
            Dialect::Agora => 10_000,
            Dialect::Easemob => 3_000,
        }
    }

    fn has_all_contacts(&self, user: &str) -> bool {
        self.exceeds(self.contacts.of(0, user).len() + 1, self.max_contacts())
    }

    /// Makes two users contacts, unless they are.
    fn join_contacts(&mut self, owner: &str, friend: &str) -> Result<(), Full> {
        if self.are_contacts(owner, friend) {
            return Ok(());
        }
        if self.has_all_contacts(owner) {
            return Err(Full::Inviter);
        }
        if self.has_all_contacts(friend) {
            return Err(Full::Invitee);
        }
        for (one, other) in [(owner, friend), (friend, owner)] {
            let number = self.next_number();
            self.contacts.insert(key(&[one, other]), Row { number, remark: None });
        }
        Ok(())
    }

    /// Parts two users, if they are contacts.
    fn part_contacts(&mut self, owner: &str, friend: &str) {
        self.contacts.remove(&key(&[owner, friend]));
        self.contacts.remove(&key(&[friend, owner]));
    }
}

/// The platform writes `path` and `uri` of a user's list with the user's UUID.
pub(super) fn list_of(call: &mut Call, uuid: &str, list: &str) {
    let path = format!("/users/{uuid}/{list}");
    call.member("uri", format!("{}{path}", call.base));
    call.member("path", path);
}

/// What stands around the lists of this service, beside the usual.
pub(super) fn list_members(call: &mut Call, path: &str, count: usize) {
    call.member("uri", format!("{}{path}", call.base));
    call.member("entities", Vec::<String>::new());
    call.count(count);
}

impl Handle<contacts::Add> for World {
    fn handle(&mut self, r: contacts::Add, call: &mut Call) -> Result<User, Refusal> {
        let owner = self.shown(&r.owner_username)?;
        let friend = self.shown(&r.friend_username)?;
        if owner.username == friend.username {
            return Err(Refusal::illegal_argument("users cannot be contacts of themselves"));
        }
        self.join_contacts(&owner.username, &friend.username).map_err(|full| {
            let text = match (self.app.dialect, full) {
                (Dialect::Agora, Full::Inviter) => "Inviter's contact max count",
                (Dialect::Agora, Full::Invitee) => "Invitee's contact max count",
                (Dialect::Easemob, _) => "user contact number exceed limit",
            };
            Refusal::new(403, "exceed_limit", text)
        })?;
        list_of(call, &owner.uuid, "contacts");
        Ok(friend)
    }
}

impl Handle<contacts::Import> for World {
    fn handle(&mut self, r: contacts::Import, call: &mut Call) -> Result<ImportedContacts, Refusal> {
        if self.exceeds(r.usernames.len(), MAX_IMPORT) {
            return Err(Refusal::illegal_argument(format!("request user over flow limit:{MAX_IMPORT}.")));
        }
        let owner = self.user_id(&r.username)?;
        if self.has_all_contacts(&owner) {
            return Err(Refusal::new(403, "exceed_limit", "Inviter's contact max count."));
        }
        let mut imported = ImportedContacts::default();
        for name in r.usernames {
            let friend = name.to_lowercase();
            let list = if !self.users.contains(&friend) {
                &mut imported.not_exist_failed
            } else if friend == owner {
                &mut imported.unknown_failed
            } else if self.join_contacts(&owner, &friend).is_err() {
                &mut imported.max_limit_failed
            } else {
                &mut imported.success
            };
            list.push(name);
        }
        call.member("status", "ok");
        Ok(imported)
    }
}

impl Handle<contacts::Remove> for World {
    fn handle(&mut self, r: contacts::Remove, call: &mut Call) -> Result<User, Refusal> {
        let owner = self.shown(&r.owner_username)?;
        let friend = self.shown(&r.friend_username)?;
        self.part_contacts(&owner.username, &friend.username);
        list_of(call, &owner.uuid, "contacts");
        Ok(friend)
    }
}

impl Handle<contacts::List> for World {
    fn handle(&mut self, r: contacts::List, call: &mut Call) -> Result<Vec<String>, Refusal> {
        let owner = self.user_id(&r.owner_username)?;
        let all: Vec<String> = self.contacts.of(0, &owner).lasts().map(str::to_owned).collect();
        list_members(call, &format!("/users/{owner}/contacts/users"), all.len());
        Ok(all)
    }
}

impl Handle<contacts::ListPage> for World {
    fn handle(&mut self, r: contacts::ListPage, call: &mut Call) -> Result<Page<Contact>, Refusal> {
        let owner = self.user_id(&r.username)?;
        let limit = r.limit.unwrap_or(10);
        if limit == 0 {
            return Err(Refusal::illegal_argument("getContacts | page size must be at least 1"));
        }
        if limit > MAX_PAGE {
            return Err(Refusal::illegal_argument(format!("getContacts | page size more than max limit : {MAX_PAGE}")));
        }
        let (rows, cursor) = page::of(self.contacts.of(0, &owner), r.cursor.as_deref(), limit as usize)?;
        let with_remarks = r.need_return_remark.unwrap_or_default();
        let contact = |at: &str| {
            let row = self.contacts.get(at).filter(|_| with_remarks);
            Contact { username: last(at).to_owned(), remark: row.and_then(|row| row.remark.clone()) }
        };
        list_members(call, &format!("/users/{owner}/rostersByPage"), rows.len());
        if with_remarks {
            call.nullable("remark");
        }
        Ok(Page { items: rows.into_iter().map(contact).collect(), cursor })
    }
}

impl Handle<contacts::SetRemark> for World {
    fn handle(&mut self, r: contacts::SetRemark, call: &mut Call) -> Result<String, Refusal> {
        let owner = self.user_id(&r.owner_username)?;
        let friend = self.user_id(&r.friend_username)?;
        if self.exceeds(r.remark.chars().count(), MAX_REMARK) {
            return Err(Refusal::illegal_argument(format!("remark must be at most {MAX_REMARK} characters")));
        }
        let row = self.contacts.get_mut(&key(&[&owner, &friend])).ok_or_else(|| {
            Refusal::illegal_argument("updateRemark they are not friends, please add as a friend first.")
        })?;
        row.remark = Some(r.remark).filter(|remark| !remark.is_empty());
        call.member("uri", format!("{}/user/{owner}/contacts/users/{friend}", call.base));
        Ok("ok".into())
    }
}
