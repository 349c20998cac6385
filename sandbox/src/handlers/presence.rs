//! Presence. This service knows no users: anybody can be subscribed to, and an unknown user has an empty status.

use crate::{
    Call, Handle, Refusal, World,
    state::presence::Presence as Row,
    table::{key, last},
};
use agora_chat_admin::{
    api::presence::{self, Presence, PresenceSubscription},
    operation::Page,
    shape::Problem,
};

/// The most users that one call names.
const MAX_BATCH: usize = 100;
/// The longest `ext`, in bytes.
const MAX_EXT: usize = 1024;
/// The longest subscription, in seconds: 30 days.
const MAX_EXPIRY: usize = 2_592_000;
/// The most users to whom a user is subscribed, and the most subscribers of a user.
const MAX_SUBSCRIPTIONS: usize = 3_000;
/// The most subscriptions on a page.
const MAX_PAGE: u32 = 500;

pub(super) const MISFITS: super::Misfits = &[
    ("presence", &["setStatus"], |_, problem| missing(problem, "ext", "ext cannot be null")),
    ("presence", &["subscribe"], |_, problem| missing(problem, "usernames", "usernames is empty")),
    ("presence", &["unsubscribe"], |_, problem| missing(problem, "usernames", "usernames cannot be null")),
    ("presence", &["countOnlineInGroup"], |_, problem| match problem.field.as_str() {
        "query_type" => Refusal::illegal_argument("Type must be 0 or 1."),
        _ => problem.into(),
    }),
];

impl World {
    fn unix_seconds(&self) -> u64 {
        self.now() / 1000
    }

    /// What is known about a user: what was set, and what became of the devices since.
    fn presence_of(&self, username: &str) -> Presence {
        let set = self.presences.get(username).cloned().unwrap_or_default();
        let (last_time, status) = (set.last_time.to_string(), set.status);
        Presence { uid: username.to_owned(), last_time, expiry: None, ext: set.ext, status }
    }

    /// Notes the status of a user's device.
    pub(crate) fn set_presence(&mut self, username: &str, resource: &str, status: &str) -> &mut Row {
        let now = self.unix_seconds();
        let row = self.presences.entry(username);
        row.last_time = now;
        row.status.insert(resource.to_owned(), status.to_owned());
        row
    }

    fn subscribe_to(&mut self, subscriber: &str, username: &str, expiry: u64) {
        if !self.presence_subscriptions.contains(&key(&[subscriber, username])) {
            let mut full = Vec::new();
            // Whose subscription ends first makes room.
            for list in [self.presence_subscriptions.of(0, subscriber), self.presence_subscriptions.of(1, username)] {
                let first = list.keys().next().filter(|_| self.exceeds(list.len() + 1, MAX_SUBSCRIPTIONS));
                full.extend(first.map(str::to_owned));
            }
            for first in full {
                self.presence_subscriptions.remove(&first);
            }
        }
        self.presence_subscriptions.insert(key(&[subscriber, username]), expiry);
    }

    /// Forgets a user's subscriptions whose time is over.
    fn end_subscriptions(&mut self, subscriber: &str) {
        let now = self.unix_seconds();
        let over = self.presence_subscriptions.of(0, subscriber).before(now.saturating_add(1)).keys();
        let over: Vec<String> = over.map(str::to_owned).collect();
        for at in over {
            self.presence_subscriptions.remove(&at);
        }
    }
}

/// The words for a parameter that is missing; other misfits keep the general ones.
fn missing(problem: &Problem, field: &str, text: &str) -> Refusal {
    let null = problem.field == field && matches!(problem.reason.as_str(), "is required" | "must be a string");
    if null { Refusal::illegal_argument(text) } else { problem.into() }
}

impl Handle<presence::SetStatus> for World {
    fn handle(&mut self, r: presence::SetStatus, _: &mut Call) -> Result<String, Refusal> {
        if self.exceeds(r.ext.len(), MAX_EXT) {
            return Err(Refusal::illegal_argument("ext is too big"));
        }
        if r.status.is_empty() || !r.status.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Refusal::illegal_argument("set presence failed"));
        }
        self.set_presence(&r.username.to_lowercase(), &r.resource, &r.status).ext = r.ext;
        Ok("ok".into())
    }
}

impl Handle<presence::Subscribe> for World {
    fn handle(&mut self, r: presence::Subscribe, _: &mut Call) -> Result<Vec<Presence>, Refusal> {
        let subscriber = r.username.to_lowercase();
        let names: Vec<String> = r.usernames.iter().map(|n| n.to_lowercase()).collect();
        if names.is_empty() {
            return Err(Refusal::illegal_argument("usernames is empty"));
        }
        if self.exceeds(names.len(), MAX_BATCH) {
            return Err(Refusal::illegal_argument("too many sub presence"));
        }
        if names.contains(&subscriber) {
            return Err(Refusal::illegal_argument("you can't sub yourself"));
        }
        if self.exceeds(r.expiry as usize, MAX_EXPIRY) {
            return Err(Refusal::illegal_argument(format!("expiry must be at most {MAX_EXPIRY}")));
        }
        self.end_subscriptions(&subscriber);
        let expiry = self.unix_seconds() + u64::from(r.expiry);
        for name in &names {
            self.subscribe_to(&subscriber, name, expiry);
        }
        let with_expiry = |name: &String| Presence { expiry: Some(expiry.to_string()), ..self.presence_of(name) };
        Ok(names.iter().map(with_expiry).collect())
    }
}

impl Handle<presence::Unsubscribe> for World {
    fn handle(&mut self, r: presence::Unsubscribe, _: &mut Call) -> Result<String, Refusal> {
        if r.usernames.is_empty() {
            return Err(Refusal::illegal_argument("usernames cannot be null"));
        }
        if self.exceeds(r.usernames.len(), MAX_BATCH) {
            return Err(Refusal::illegal_argument("too many unsub presences"));
        }
        for name in &r.usernames {
            self.presence_subscriptions.remove(&key(&[&r.username.to_lowercase(), &name.to_lowercase()]));
        }
        Ok("ok".into())
    }
}

impl Handle<presence::ListSubscriptions> for World {
    fn handle(
        &mut self,
        r: presence::ListSubscriptions,
        call: &mut Call,
    ) -> Result<Page<PresenceSubscription>, Refusal> {
        if r.page_num == 0 || r.page_size == 0 {
            return Err(Refusal::illegal_argument("pageNum and pageSize must be at least 1"));
        }
        if r.page_size > MAX_PAGE {
            return Err(Refusal::illegal_argument("too many queries"));
        }
        let subscriber = r.username.to_lowercase();
        self.end_subscriptions(&subscriber);
        let all: Vec<PresenceSubscription> = self
            .presence_subscriptions
            .under(&[&subscriber])
            .map(|(key, expiry)| PresenceSubscription { uid: last(key).to_owned(), expiry: expiry.to_string() })
            .collect();
        call.data_member("totalnum", all.len().to_string());
        let skip = (r.page_num as usize - 1).saturating_mul(r.page_size as usize);
        Ok(Page { items: all.into_iter().skip(skip).take(r.page_size as usize).collect(), cursor: None })
    }
}

impl Handle<presence::GetBatch> for World {
    fn handle(&mut self, r: presence::GetBatch, _: &mut Call) -> Result<Vec<Presence>, Refusal> {
        if self.exceeds(r.usernames.len(), MAX_BATCH) {
            return Err(Refusal::illegal_argument("too many get presences"));
        }
        Ok(r.usernames.iter().map(|name| self.presence_of(&name.to_lowercase())).collect())
    }
}

impl Handle<presence::CountOnlineInGroup> for World {
    fn handle(&mut self, r: presence::CountOnlineInGroup, _: &mut Call) -> Result<u64, Refusal> {
        if r.query_type > 1 {
            return Err(Refusal::illegal_argument("Type must be 0 or 1."));
        }
        // There are no community servers here.
        if r.query_type == 0 {
            return Ok(0);
        }
        let online = |member: &str| self.users.get(last(member)).is_some_and(|user| !user.devices.is_empty());
        Ok(self.group_members.under(&[&r.group_id]).filter(|(member, _)| online(member)).count() as u64)
    }
}
