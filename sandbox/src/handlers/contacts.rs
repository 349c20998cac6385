//! Contacts. The platform keeps them both ways: each of two users is in the other's list.

use crate::{Call, Handle, Refusal, World, page, state::contacts::Contact as Row, table::key};
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
    fn max_contacts(&self) -> u64 {
        match self.app.dialect {
            Dialect::Agora => 10_000,
            Dialect::Easemob => 3_000,
        }
    }

    fn has_all_contacts(&self, user: &str) -> bool {
        !self.loose && self.contact_counts.get(user).is_some_and(|n| *n >= self.max_contacts())
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
            self.contacts_by_number.insert(key(&[one, &page::newest(number)]), other.to_owned());
            *self.contact_counts.entry(one) += 1;
        }
        Ok(())
    }

    /// Parts two users, if they are contacts.
    fn part_contacts(&mut self, owner: &str, friend: &str) {
        for (one, other) in [(owner, friend), (friend, owner)] {
            let Some(row) = self.contacts.remove(&key(&[one, other])) else { continue };
            self.contacts_by_number.remove(&key(&[one, &page::newest(row.number)]));
            let count = self.contact_counts.entry(one);
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.contact_counts.remove(one);
            }
        }
    }

    pub(crate) fn contacts_user_removed(&mut self, username: &str) {
        let theirs: Vec<String> = self.contacts_by_number.under(&[username]).map(|(_, other)| other.clone()).collect();
        for other in theirs {
            self.part_contacts(username, &other);
        }
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
        let owner = self.user(&r.owner_username)?.clone();
        let friend = User::from(self.user(&r.friend_username)?);
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
        let owner = self.user(&r.username)?.username.clone();
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
        let owner = self.user(&r.owner_username)?.clone();
        let friend = User::from(self.user(&r.friend_username)?);
        self.part_contacts(&owner.username, &friend.username);
        list_of(call, &owner.uuid, "contacts");
        Ok(friend)
    }
}

impl Handle<contacts::List> for World {
    fn handle(&mut self, r: contacts::List, call: &mut Call) -> Result<Vec<String>, Refusal> {
        let owner = self.user(&r.owner_username)?.username.clone();
        let all: Vec<String> = self.contacts_by_number.under(&[&owner]).map(|(_, other)| other.clone()).collect();
        list_members(call, &format!("/users/{owner}/contacts/users"), all.len());
        Ok(all)
    }
}

impl Handle<contacts::ListPage> for World {
    fn handle(&mut self, r: contacts::ListPage, call: &mut Call) -> Result<Page<Contact>, Refusal> {
        let owner = self.user(&r.username)?.username.clone();
        let limit = r.limit.unwrap_or(10);
        if limit == 0 {
            return Err(Refusal::illegal_argument("getContacts | page size must be at least 1"));
        }
        if limit > MAX_PAGE {
            return Err(Refusal::illegal_argument(format!("getContacts | page size more than max limit : {MAX_PAGE}")));
        }
        let after = page::read_cursor(r.cursor.as_deref())?;
        let (rows, cursor) = page::first(self.contacts_by_number.under_after(&[&owner], &after), limit as usize);
        let with_remarks = r.need_return_remark.unwrap_or_default();
        let contact = |username: &String| {
            let row = self.contacts.get(&key(&[&owner, username])).filter(|_| with_remarks);
            Contact { username: username.clone(), remark: row.and_then(|row| row.remark.clone()) }
        };
        list_members(call, &format!("/users/{owner}/rostersByPage"), rows.len());
        if with_remarks {
            call.nullable("remark");
        }
        Ok(Page { items: rows.into_iter().map(|(_, name)| contact(name)).collect(), cursor })
    }
}

impl Handle<contacts::SetRemark> for World {
    fn handle(&mut self, r: contacts::SetRemark, call: &mut Call) -> Result<String, Refusal> {
        let owner = self.user(&r.owner_username)?.username.clone();
        let friend = self.user(&r.friend_username)?.username.clone();
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
