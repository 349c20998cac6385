//! Threads and their members.

use crate::{
    Call, Handle, Refusal, World,
    page::oldest,
    state::threads::{Thread as Row, ThreadMember},
    table::{Table, key, last},
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
/// The list of all threads among the lists.
const ALL: &str = "app";

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

fn list_misfit(problem: &Problem) -> Refusal {
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

/// A page of a list: the last parts of the rows' keys, which are numbers, with the rows.
///
/// Every page but an empty one carries a cursor, the last one too.
fn page<'a>(
    table: &'a Table<String>,
    parts: &[&str],
    limit: Option<u32>,
    cursor: Option<&str>,
    sort: ThreadSort,
) -> Result<(Vec<&'a String>, Option<String>), Refusal> {
    let limit = limit.unwrap_or(MAX_PAGE);
    if limit == 0 || limit > MAX_PAGE {
        return Err(error(400, "query param reaches limit."));
    }
    let from = match cursor.filter(|c| !c.is_empty() && *c != "null") {
        Some(cursor) => read_cursor(cursor)?,
        None => String::new(),
    };
    let rows: Vec<(&str, &String)> = match sort {
        ThreadSort::Ascending => table.under_after(parts, &from).take(limit as usize).collect(),
        ThreadSort::Descending => table.under_before(parts, &from).take(limit as usize).collect(),
    };
    let cursor = rows.last().map(|(key, _)| URL_SAFE_NO_PAD.encode(format!("im:thread:{}", last(key))));
    Ok((rows.into_iter().map(|(_, row)| row).collect(), cursor))
}

fn read_cursor(cursor: &str) -> Result<String, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor.trim_end_matches('=')).map_err(|_| illegal())?;
    let text = String::from_utf8(bytes).map_err(|_| illegal())?;
    let number = text.strip_prefix("im:thread:").and_then(|n| n.parse().ok()).ok_or_else(illegal)?;
    Ok(oldest(number))
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
        self.thread_members.insert(at, ThreadMember { number, listed });
        self.thread_order.insert(key(&[id, &oldest(number)]), username.to_owned());
        self.thread_lists.insert(key(&["user", username, &oldest(listed)]), id.to_owned());
        self.thread_lists.insert(key(&["group", &thread.group_id, username, &oldest(listed)]), id.to_owned());
        *self.thread_counts.entry(username) += 1;
    }

    /// Takes a user out of a thread; tells whether the user was there.
    fn leave_thread(&mut self, id: &str, username: &str) -> bool {
        let Some(member) = self.thread_members.remove(&key(&[id, username])) else { return false };
        let group = self.threads.get(id).map(|t| t.group_id.clone()).unwrap_or_default();
        self.thread_order.remove(&key(&[id, &oldest(member.number)]));
        self.thread_lists.remove(&key(&["user", username, &oldest(member.listed)]));
        self.thread_lists.remove(&key(&["group", &group, username, &oldest(member.listed)]));
        let left = self.thread_counts.get(username).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            self.thread_counts.remove(username);
        } else {
            self.thread_counts.insert(username, left);
        }
        true
    }

    /// How many threads a user is in.
    fn is_in_all_threads(&self, username: &str) -> bool {
        self.exceeds(self.thread_counts.get(username).map_or(1, |n| *n as usize + 1), MAX_THREADS)
    }

    fn delete_thread(&mut self, id: &str) {
        let members: Vec<String> = self.thread_members.under(&[id]).map(|(key, _)| last(key).to_owned()).collect();
        for member in members {
            self.leave_thread(id, &member);
        }
        if let Some(row) = self.threads.remove(id) {
            self.threads_by_message.remove(&row.msg_id);
            self.thread_lists.remove(&key(&[ALL, &oldest(row.number)]));
            self.group_threads.remove(&key(&[&row.group_id, id]));
            self.waiting_group_removed(id);
        }
    }

    /// Deletes the threads of a group that is gone.
    pub(crate) fn group_threads_removed(&mut self, group: &str) {
        let ids: Vec<String> = self.group_threads.under(&[group]).map(|(key, _)| last(key).to_owned()).collect();
        for id in ids {
            self.delete_thread(&id);
        }
    }

    /// Takes a user who left a group out of its threads.
    pub(crate) fn group_threads_left(&mut self, group: &str, username: &str) {
        let username = username.to_lowercase();
        let ids: Vec<String> =
            self.thread_lists.under(&["group", group, &username]).map(|(_, id)| id.clone()).collect();
        for id in ids {
            self.leave_thread(&id, &username);
        }
    }

    /// Takes a user who is gone out of all threads.
    pub(crate) fn threads_user_removed(&mut self, username: &str) {
        let ids: Vec<String> = self.thread_lists.under(&["user", username]).map(|(_, id)| id.clone()).collect();
        for id in ids {
            self.leave_thread(&id, username);
        }
    }

    /// The threads of a page.
    fn threads_of(
        &self,
        parts: &[&str],
        limit: Option<u32>,
        cursor: Option<&str>,
        sort: Option<ThreadSort>,
    ) -> Result<Page<Thread>, Refusal> {
        let (ids, cursor) = page(&self.thread_lists, parts, limit, cursor, sort.unwrap_or_default())?;
        let thread = |id: &String| {
            let row = self.threads.get(id)?;
            Some(Thread {
                id: id.clone(),
                name: row.name.clone(),
                owner: row.owner.clone(),
                msg_id: row.msg_id.clone(),
                group_id: row.group_id.clone(),
                created: row.created,
            })
        };
        Ok(Page { items: ids.into_iter().filter_map(thread).collect(), cursor })
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
        if self.threads_by_message.contains(msg_id) {
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
        self.threads_by_message.insert(msg_id.clone(), id.clone());
        self.group_threads.insert(key(&[&group, &id]), ());
        self.thread_lists.insert(key(&[ALL, &oldest(number)]), id.clone());
        let row = Row { name: r.name, owner: owner.clone(), msg_id, group_id: group, created, number };
        self.threads.insert(id.clone(), row);
        self.join_thread(&id, &owner);
        Ok(NewThread { thread_id: id })
    }

    fn misfit(&self, _: &Problem) -> Refusal {
        illegal()
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

    fn misfit(&self, _: &Problem) -> Refusal {
        illegal()
    }
}

impl Handle<threads::Delete> for World {
    fn handle(&mut self, r: threads::Delete, _: &mut Call) -> Result<ThreadDone, Refusal> {
        self.thread(&r.thread_id)?;
        self.delete_thread(&r.thread_id);
        Ok(done())
    }
}

impl Handle<threads::List> for World {
    fn handle(&mut self, r: threads::List, _: &mut Call) -> Result<Page<ThreadId>, Refusal> {
        let page = self.threads_of(&[ALL], r.limit, r.cursor.as_deref(), r.sort)?;
        Ok(Page { items: page.items.into_iter().map(|t| ThreadId { id: t.id }).collect(), cursor: page.cursor })
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        list_misfit(problem)
    }
}

impl Handle<threads::ListByUser> for World {
    fn handle(&mut self, r: threads::ListByUser, _: &mut Call) -> Result<Page<Thread>, Refusal> {
        let name = self.user(&r.username)?.username.clone();
        self.threads_of(&["user", &name], r.limit, r.cursor.as_deref(), r.sort)
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        list_misfit(problem)
    }
}

impl Handle<threads::ListByUserInGroup> for World {
    fn handle(&mut self, r: threads::ListByUserInGroup, _: &mut Call) -> Result<Page<Thread>, Refusal> {
        let name = self.user(&r.username)?.username.clone();
        self.threads_of(&["group", &r.group_id.to_string(), &name], r.limit, r.cursor.as_deref(), r.sort)
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        list_misfit(problem)
    }
}

impl Handle<members::List> for World {
    fn handle(&mut self, r: members::List, _: &mut Call) -> Result<Page<String>, Refusal> {
        self.thread(&r.thread_id)?;
        let (limit, cursor) = (r.limit, r.cursor.as_deref());
        let (names, cursor) = page(&self.thread_order, &[&r.thread_id], limit, cursor, ThreadSort::Ascending)?;
        Ok(Page { items: names.into_iter().cloned().collect(), cursor })
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        list_misfit(problem)
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

    fn misfit(&self, _: &Problem) -> Refusal {
        illegal()
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
            let result = self.leave_thread(&r.thread_id, &user.to_lowercase());
            ThreadRemoval { result, user }
        };
        Ok(r.usernames.into_iter().map(removal).collect())
    }

    fn misfit(&self, _: &Problem) -> Refusal {
        illegal()
    }
}
