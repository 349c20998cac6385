//! Threads and their members.

use crate::{
    Call, Handle, Refusal, World,
    page::behind,
    parts::{List, head},
    state::threads::{Thread as Row, ThreadMember},
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::{
        messages::content::ChatType,
        threads::{
            self, NewThread, Thread, ThreadDone, ThreadId, ThreadName, ThreadSort,
            members::{self, ThreadRemoval},
        },
    },
    operation::Page,
    shape::Problem,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The longest name.
const MAX_NAME: usize = 64;
/// How many threads an app has, and how many a user is in.
const MAX_THREADS: usize = 100_000;
/// How many threads or members a page holds.
const MAX_PAGE: u32 = 50;
/// How many members one call adds or removes.
const MAX_MEMBERS: usize = 10;

pub(super) const MISFITS: super::Misfits = &[
    ("threads", &["create", "update"], |_, _| illegal()),
    ("threads.members", &["add", "remove"], |_, _| illegal()),
    ("threads", &["list", "listByUser", "listByUserInGroup"], list_misfit),
    ("threads.members", &["list"], list_misfit),
];

fn error(status: u16, text: &str) -> Refusal {
    Refusal::new(status, "group_error", text)
}

fn no_thread() -> Refusal {
    error(404, "thread not found.")
}

/// A parameter that cannot be read.
fn illegal() -> Refusal {
    Refusal::new(400, "param_illegal", "Failed to read HTTP message")
}

fn list_misfit(_: &World, problem: &Problem) -> Refusal {
    if problem.field == "limit" { error(400, "query param reaches limit.") } else { illegal() }
}

fn done() -> ThreadDone {
    ThreadDone { status: "ok".into() }
}

/// A name that a thread may have.
fn check_name(world: &World, name: &str) -> Result<(), Refusal> {
    match name.chars().count() {
        0 => Err(illegal()),
        n if world.exceeds(n, MAX_NAME) => Err(error(400, "thread name limit reached.")),
        _ => Ok(()),
    }
}

/// A page of a list: keys in the order of their numbers.
///
/// Every page but an empty one carries a cursor, the last one too.
fn page<'a>(
    list: List<'a>,
    limit: Option<u32>,
    cursor: Option<&str>,
    sort: ThreadSort,
) -> Result<(Vec<&'a str>, Option<String>), Refusal> {
    let limit = limit.unwrap_or(MAX_PAGE);
    if limit == 0 || limit > MAX_PAGE {
        return Err(error(400, "query param reaches limit."));
    }
    let from = cursor.filter(|c| !c.is_empty() && *c != "null").map(read_cursor).transpose()?;
    let backwards = sort == ThreadSort::Descending;
    let rest = behind(list, from, backwards);
    let rows: Vec<(u64, &str)> = match backwards {
        false => rest.iter().take(limit as usize).collect(),
        true => rest.iter().rev().take(limit as usize).collect(),
    };
    let cursor = rows.last().map(|(number, _)| URL_SAFE_NO_PAD.encode(format!("im:thread:{number:020}")));
    Ok((rows.into_iter().map(|(_, key)| key).collect(), cursor))
}

fn read_cursor(cursor: &str) -> Result<u64, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor.trim_end_matches('=')).map_err(|_| illegal())?;
    let text = String::from_utf8(bytes).map_err(|_| illegal())?;
    text.strip_prefix("im:thread:").and_then(|n| n.parse().ok()).ok_or_else(illegal)
}

impl World {
    fn thread(&self, id: &str) -> Result<&Row, Refusal> {
        self.threads.get(id).ok_or_else(no_thread)
    }

    /// Puts a user into a thread, if the user is not there yet.
    fn join_thread(&mut self, id: &str, username: &str) {
        let Some(thread) = self.threads.get(id).cloned() else { return };
        let at = key(&[id, username]);
        if self.thread_members.contains(&at) {
            return;
        }
        let number = self.next_number();
        // Agora lists a user's threads by their making, Easemob by the joining.
        let listed = if self.app.dialect == Dialect::Agora { thread.number } else { number };
        self.thread_members.insert(at, ThreadMember { number, listed, group: thread.group_id });
    }

    /// How many threads a user is in.
    fn is_in_all_threads(&self, username: &str) -> bool {
        self.exceeds(self.thread_members.of(1, username).len() + 1, MAX_THREADS)
    }

    /// The threads of a page.
    fn threads_of(
        &self,
        list: List<'_>,
        limit: Option<u32>,
        cursor: Option<&str>,
        sort: Option<ThreadSort>,
    ) -> Result<Page<Thread>, Refusal> {
        let (keys, cursor) = page(list, limit, cursor, sort.unwrap_or_default())?;
        let thread = |key: &str| {
            let id = head(key);
            let row = self.threads.get(id)?;
            Some(Thread {
                id: id.to_owned(),
                name: row.name.clone(),
                owner: row.owner.clone(),
                msg_id: row.msg_id.clone(),
                group_id: row.group_id.clone(),
                created: row.created,
            })
        };
        Ok(Page { items: keys.into_iter().filter_map(thread).collect(), cursor })
    }

    /// Checks that a thread can be made of a message of a group.
    fn check_parent(&self, group: &str, msg_id: &str) -> Result<(), Refusal> {
        let message = self.message(msg_id).ok_or_else(|| error(404, "msg not exist."))?;
        if message.kind != ChatType::Group {
            return Err(error(400, "thread must on group message to create."));
        }
        if self.threads.contains(&message.to) {
            return Err(error(400, "thread not nested."));
        }
        if message.to != group {
            return Err(error(400, "msg not belong to group ."));
        }
        if !self.threads.of(1, msg_id).is_empty() {
            return Err(error(403, "msg already create thread.not allow to create."));
        }
        Ok(())
    }
}

impl Handle<threads::Create> for World {
    fn handle(&mut self, r: threads::Create, _: &mut Call) -> Result<NewThread, Refusal> {
        let (group, msg_id, owner) = (r.group_id.to_string(), r.msg_id.to_string(), r.owner.to_lowercase());
        check_name(self, &r.name)?;
        if !self.groups.contains(&group) {
            return Err(error(404, "group not found."));
        }
        if !self.is_group_member(&group, &owner) {
            return Err(error(404, "user not in group."));
        }
        self.check_parent(&group, &msg_id)?;
        if self.exceeds(self.threads.len() + 1, MAX_THREADS) {
            return Err(error(403, "thread number has reached limit."));
        }
        if self.is_in_all_threads(&owner) {
            return Err(error(403, "user join thread reach limit."));
        }
        let (id, number, created) = (self.short_id(), self.next_number(), self.now());
        let row = Row { name: r.name, owner: owner.clone(), msg_id, group_id: group, created, number };
        self.threads.insert(id.clone(), row);
        self.join_thread(&id, &owner);
        Ok(NewThread { thread_id: id })
    }
}

impl Handle<threads::Update> for World {
    fn handle(&mut self, r: threads::Update, _: &mut Call) -> Result<ThreadName, Refusal> {
        self.thread(&r.thread_id)?;
        check_name(self, &r.name)?;
        if let Some(row) = self.threads.get_mut(&r.thread_id) {
            row.name.clone_from(&r.name);
        }
        Ok(ThreadName { name: r.name })
    }
}

impl Handle<threads::Delete> for World {
    fn handle(&mut self, r: threads::Delete, _: &mut Call) -> Result<ThreadDone, Refusal> {
        self.thread(&r.thread_id)?;
        self.take_out("threads", &r.thread_id);
        Ok(done())
    }
}

impl Handle<threads::List> for World {
    fn handle(&mut self, r: threads::List, _: &mut Call) -> Result<Page<ThreadId>, Refusal> {
        let page = self.threads_of(self.threads.of(0, ""), r.limit, r.cursor.as_deref(), r.sort)?;
        Ok(Page { items: page.items.into_iter().map(|t| ThreadId { id: t.id }).collect(), cursor: page.cursor })
    }
}

impl Handle<threads::ListByUser> for World {
    fn handle(&mut self, r: threads::ListByUser, _: &mut Call) -> Result<Page<Thread>, Refusal> {
        let name = self.user_id(&r.username)?;
        self.threads_of(self.thread_members.of(1, &name), r.limit, r.cursor.as_deref(), r.sort)
    }
}

impl Handle<threads::ListByUserInGroup> for World {
    fn handle(&mut self, r: threads::ListByUserInGroup, _: &mut Call) -> Result<Page<Thread>, Refusal> {
        let name = self.user_id(&r.username)?;
        let list = self.thread_members.of(2, &key(&[&r.group_id.to_string(), &name]));
        self.threads_of(list, r.limit, r.cursor.as_deref(), r.sort)
    }
}

impl Handle<members::List> for World {
    fn handle(&mut self, r: members::List, _: &mut Call) -> Result<Page<String>, Refusal> {
        self.thread(&r.thread_id)?;
        let (limit, cursor) = (r.limit, r.cursor.as_deref());
        let (rows, cursor) = page(self.thread_members.of(0, &r.thread_id), limit, cursor, ThreadSort::Ascending)?;
        Ok(Page { items: rows.into_iter().map(|at| last(at).to_owned()).collect(), cursor })
    }
}

impl Handle<members::Add> for World {
    fn handle(&mut self, r: members::Add, call: &mut Call) -> Result<ThreadDone, Refusal> {
        let group = self.thread(&r.thread_id)?.group_id.clone();
        if r.usernames.is_empty() {
            return Err(illegal());
        }
        if self.exceeds(r.usernames.len(), MAX_MEMBERS) {
            return Err(error(400, "request body reaches limit."));
        }
        let names: Vec<String> = r.usernames.iter().map(|name| name.to_lowercase()).collect();
        if names.iter().any(|name| !self.is_group_member(&group, name)) {
            return Err(error(404, "user not in group."));
        }
        if names.iter().any(|name| self.is_in_all_threads(name)) {
            return Err(error(403, "user join thread reach limit."));
        }
        for name in names {
            self.join_thread(&r.thread_id, &name);
        }
        // The documented address is not the one that was called.
        call.member("uri", format!("{}/thread/{}/joined_thread", call.base, r.thread_id));
        Ok(done())
    }
}

impl Handle<members::Remove> for World {
    fn handle(&mut self, r: members::Remove, _: &mut Call) -> Result<Vec<ThreadRemoval>, Refusal> {
        self.thread(&r.thread_id)?;
        if r.usernames.is_empty() {
            return Err(illegal());
        }
        if self.exceeds(r.usernames.len(), MAX_MEMBERS) {
            return Err(error(400, "request body reaches limit."));
        }
        let removal = |user: String| {
            let result = self.thread_members.remove(&key(&[&r.thread_id, &user.to_lowercase()])).is_some();
            ThreadRemoval { result, user }
        };
        Ok(r.usernames.into_iter().map(removal).collect())
    }
}
