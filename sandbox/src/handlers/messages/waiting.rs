//! Messages that wait for users who are offline.
//!
//! What goes to a user has a row for that user; what goes to a group, a thread or everybody has one row for all. A row
//! waits for whoever was there before it was sent, and has been offline since: identifiers count up, so that one number
//! tells both, and sending costs the same however many members there are.

use crate::{
    World,
    ids::Ids,
    parts::head,
    state::{
        messages::{Message as Row, Waiting},
        users::Device,
    },
    table::{key, last},
};
use agora_chat_admin::api::messages::content::ChatType;

/// For how long messages wait, in milliseconds: 7 days.
const KEPT: u64 = 7 * 24 * 3600 * 1000;
/// Messages to one user, to all members of a group or thread, to every user.
const USER: &str = "user";
const GROUP: &str = "group";
const ALL: &str = "all";

impl World {
    /// Lets a message wait for those whom it is for.
    pub(super) fn wait(&mut self, message: &Row) {
        match message.kind {
            ChatType::Chat => self.wait_for_user(&message.to, message),
            ChatType::Group if message.users.is_empty() => {
                if self.groups.contains(&message.to) || self.threads.contains(&message.to) {
                    self.put_waiting(&[GROUP, &message.to], &message.id, &message.from);
                }
            }
            ChatType::Group => message.users.iter().for_each(|user| self.wait_for_user(user, message)),
            // Who is offline is in no chat room.
            ChatType::Room => {}
        }
    }

    fn wait_for_user(&mut self, user: &str, message: &Row) {
        let user = user.to_lowercase();
        if self.users.get(&user).is_some_and(|u| u.devices.is_empty()) {
            self.put_waiting(&[USER, &user], &message.id, &message.from);
        }
    }

    /// Lets a broadcast wait for every user who is offline.
    pub(super) fn wait_for_all(&mut self, id: &str, from: &str) {
        self.put_waiting(&[ALL], id, from);
    }

    fn put_waiting(&mut self, parts: &[&str], id: &str, from: &str) {
        let now = self.now();
        let over: Vec<String> = self
            .messages_waiting
            .under(parts)
            .take_while(|(_, row)| row.sent.saturating_add(KEPT) <= now)
            .map(|(key, _)| key.to_owned())
            .collect();
        over.iter().for_each(|key| drop(self.messages_waiting.remove(key)));
        let at = key(&[parts, &[id][..]].concat());
        self.messages_waiting.insert(at, Waiting { sent: now, from: from.to_lowercase() });
    }

    /// Lets a message wait no longer.
    pub(super) fn stop_waiting(&mut self, message: &Row) {
        let users = match message.kind {
            ChatType::Chat => std::slice::from_ref(&message.to),
            ChatType::Group => message.users.as_slice(),
            ChatType::Room => &[],
        };
        for user in users {
            self.messages_waiting.remove(&key(&[USER, &user.to_lowercase(), &message.id]));
        }
        if message.kind == ChatType::Group {
            self.messages_waiting.remove(&key(&[GROUP, &message.to, &message.id]));
        }
    }

    /// The rows that may wait for a user: the parts of their keys, and the number behind which they do.
    fn waiting_places<'a>(&'a self, name: &'a str) -> Vec<(Vec<&'a str>, u64)> {
        let Some(row) = self.users.get(name).filter(|row| row.devices.is_empty()) else { return Vec::new() };
        let since = self.last_online.get(name).copied().unwrap_or_default();
        let joined = |member: Option<u64>| since.max(member.unwrap_or(u64::MAX));
        let member = |at: &str| self.group_members.get(at).map(|m| m.number);
        let groups = self.group_members.of(1, name).keys().map(|at| (vec![GROUP, head(at)], joined(member(at))));
        let member = |at: &str| self.thread_members.get(at).map(|m| m.number);
        let threads = self.thread_members.of(1, name).keys().map(|at| (vec![GROUP, head(at)], joined(member(at))));
        let own = [(vec![USER, name], 0), (vec![ALL], since.max(row.number))];
        own.into_iter().chain(groups).chain(threads).collect()
    }

    /// How many messages wait for a user.
    pub(crate) fn waiting(&self, user: &str) -> u64 {
        let user = user.to_lowercase();
        let places = self.waiting_places(&user);
        let count = |(parts, since): &(Vec<&str>, u64)| {
            let rows = self.messages_waiting.under_after(parts, &Ids::long(*since).to_string());
            rows.filter(|(_, row)| self.still_waits(row, &user)).count() as u64
        };
        places.iter().map(count).sum()
    }

    /// Whether that message waits for a user.
    pub(crate) fn waits(&self, user: &str, id: &str) -> bool {
        let user = user.to_lowercase();
        self.waiting_places(&user).iter().any(|(parts, since)| {
            let at = key(&[parts.as_slice(), &[id][..]].concat());
            let row = self.messages_waiting.get(&at).filter(|row| self.still_waits(row, &user));
            row.is_some() && last(&at) > Ids::long(*since).to_string().as_str()
        })
    }

    fn still_waits(&self, row: &Waiting, user: &str) -> bool {
        row.from != user && row.sent.saturating_add(KEPT) > self.now()
    }

    /// Hands a user who comes online what waits for the user alone; the rest waits for nobody who is online.
    pub(crate) fn deliver_waiting(&mut self, user: &str) {
        self.messages_waiting.remove_under(&[USER, user]);
    }

    /// Takes a user's devices offline, but for those to keep; tells how many went.
    pub(crate) fn take_offline(&mut self, user: &str, keep: impl Fn(&Device) -> bool) -> usize {
        let Some(row) = self.users.get_mut(user) else { return 0 };
        let gone: Vec<Device> = row.devices.extract_if(.., |device| !keep(device)).collect();
        let left = row.devices.len();
        for device in &gone {
            self.set_presence(user, &device.res, "0");
        }
        if !gone.is_empty() && left == 0 {
            let number = self.next_number();
            self.last_online.insert(user, number);
            self.went_offline(user);
        }
        gone.len()
    }
}
