//! Push labels and who has them.

use super::limit;
use crate::{
    Call, Handle, Refusal, World, page,
    parts::newest,
    state::push::{PushLabel as Row, PushLabelUser as Member},
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::push::labels::{self, PushLabel, PushLabelChange, PushLabelMembership, PushLabelUser},
    operation::Page,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// How many labels an app has.
const MAX_LABELS: usize = 100;
/// How many users a label has.
const MAX_MEMBERS: usize = 20_000;
/// How many users one call adds or removes; how many a page holds.
const MAX_USERS: usize = 100;
/// The longest name.
const MAX_NAME: usize = 64;
/// The longest description.
const MAX_DESCRIPTION: usize = 255;
/// What stands before the number in a cursor.
const CURSOR: &str = "easemob:push:label:cursor:";

fn write_cursor(number: u64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{CURSOR}{number}"))
}

fn read_cursor(cursor: Option<&str>) -> Result<Option<u64>, Refusal> {
    let Some(cursor) = cursor.filter(|c| !c.is_empty()) else { return Ok(None) };
    let bytes = URL_SAFE_NO_PAD.decode(cursor.trim_end_matches('=')).ok();
    let text = bytes.and_then(|b| String::from_utf8(b).ok());
    let number = text.as_deref().and_then(|t| t.strip_prefix(CURSOR)).and_then(|n| n.parse().ok());
    number.map(Some).ok_or_else(|| super::illegal("cursor"))
}

fn page_size(limit: Option<u32>) -> Result<usize, Refusal> {
    match limit {
        None => Ok(MAX_USERS),
        Some(0) => Err(super::illegal("limit")),
        Some(n) => Some(n as usize).filter(|n| *n <= MAX_USERS).ok_or_else(super::limit),
    }
}

impl World {
    /// A label, as the platform shows it.
    fn shown_label(&self, key: &str) -> Option<PushLabel> {
        let row = self.push_labels.get(key)?;
        Some(PushLabel {
            name: row.name.clone(),
            description: row.description.clone(),
            count: Some(self.push_label_users.of(0, key).len() as u64),
            created_at: row.created,
        })
    }

    /// The key of a label: Agora takes `Aa` and `aa` for one, Easemob for two.
    fn label_key(&self, name: &str) -> String {
        if self.app.dialect == Dialect::Agora { name.to_lowercase() } else { name.to_owned() }
    }

    /// The key of a label that exists.
    pub(super) fn label(&self, name: &str) -> Result<String, Refusal> {
        let key = self.label_key(name);
        if self.push_labels.contains(&key) {
            return Ok(key);
        }
        let text = format!("push label not exists of {name}");
        Err(Refusal::new(400, "ResourceNotFoundException", text).exception("ResourceNotFoundException"))
    }

    /// Gives a user a label, or says why not.
    fn give_label(&mut self, label: &str, username: &str) -> Result<(), &'static str> {
        let name = username.to_lowercase();
        if !self.users.contains(&name) {
            return Err("appUser not exists");
        }
        let member = key(&[label, &name]);
        if self.push_label_users.contains(&member) {
            return Ok(());
        }
        let (number, created) = (self.next_number(), self.now());
        if self.exceeds(self.push_label_users.of(0, label).len() + 1, MAX_MEMBERS) {
            return Err("push label user reach limit");
        }
        self.push_label_users.insert(member, Member { number, created });
        Ok(())
    }

    /// Does something for each of a list of users, and reports for whom it was done.
    fn change_label(
        &mut self,
        name: &str,
        usernames: Vec<String>,
        change: impl Fn(&mut Self, &str, &str) -> Result<(), &'static str>,
    ) -> Result<PushLabelChange, Refusal> {
        let label = self.label(name)?;
        if usernames.is_empty() {
            return Err(super::illegal("usernames"));
        }
        if self.exceeds(usernames.len(), MAX_USERS) {
            return Err(limit());
        }
        let mut report = PushLabelChange::default();
        for username in usernames {
            match change(self, &label, &username) {
                Ok(()) => report.success.push(username),
                Err(why) => {
                    report.fail.insert(username, why.to_owned());
                }
            }
        }
        Ok(report)
    }
}

impl Handle<labels::Create> for World {
    fn handle(&mut self, r: labels::Create, _: &mut Call) -> Result<PushLabel, Refusal> {
        let legal = r.name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if r.name.is_empty() || self.exceeds(r.name.len(), MAX_NAME) || !legal {
            return Err(super::illegal("name"));
        }
        if r.description.as_ref().is_some_and(|d| self.exceeds(d.chars().count(), MAX_DESCRIPTION)) {
            return Err(super::illegal("description"));
        }
        let key = self.label_key(&r.name);
        if self.push_labels.contains(&key) {
            return Err(Refusal::illegal_argument(format!("push label already exists of {}", r.name)));
        }
        if self.exceeds(self.push_labels.len() + 1, MAX_LABELS) {
            return Err(limit());
        }
        let (number, created) = (self.next_number(), self.now());
        let row = Row { name: r.name, description: r.description, created, number };
        self.push_labels.insert(key.as_str(), row);
        Ok(PushLabel { count: None, ..self.shown_label(&key).unwrap_or_default() })
    }
}

impl Handle<labels::Get> for World {
    fn handle(&mut self, r: labels::Get, _: &mut Call) -> Result<PushLabel, Refusal> {
        let key = self.label(&r.labelname)?;
        self.shown_label(&key).ok_or_else(limit)
    }
}

impl Handle<labels::List> for World {
    fn handle(&mut self, r: labels::List, _: &mut Call) -> Result<Page<PushLabel>, Refusal> {
        let (size, before) = (page_size(r.limit)?, read_cursor(r.cursor.as_deref())?);
        // The latest first: what is behind stands by the number turned round.
        let rest = page::behind(self.push_labels.of(0, ""), before.map(newest), false);
        let page: Vec<(u64, &str)> = rest.iter().take(size).collect();
        let cursor = rest.iter().nth(size).and(page.last()).map(|(number, _)| write_cursor(newest(*number)));
        Ok(Page { items: page.into_iter().filter_map(|(_, key)| self.shown_label(key)).collect(), cursor })
    }
}

impl Handle<labels::Delete> for World {
    fn handle(&mut self, r: labels::Delete, _: &mut Call) -> Result<String, Refusal> {
        let key = self.label(&r.labelname)?;
        self.take_out("push_labels", &key);
        Ok("success".into())
    }
}

impl Handle<labels::AddUsers> for World {
    fn handle(&mut self, r: labels::AddUsers, _: &mut Call) -> Result<PushLabelChange, Refusal> {
        self.change_label(&r.labelname, r.usernames, Self::give_label)
    }
}

impl Handle<labels::RemoveUsers> for World {
    fn handle(&mut self, r: labels::RemoveUsers, _: &mut Call) -> Result<PushLabelChange, Refusal> {
        self.change_label(&r.labelname, r.usernames, |world, label, username| {
            let member = key(&[label, &username.to_lowercase()]);
            world.push_label_users.remove(&member).map(drop).ok_or("user not exists in push label")
        })
    }
}

impl Handle<labels::GetUser> for World {
    fn handle(&mut self, r: labels::GetUser, _: &mut Call) -> Result<PushLabelMembership, Refusal> {
        let label = self.label(&r.labelname)?;
        let username = r.username.to_lowercase();
        let member = self.push_label_users.get(&key(&[&label, &username]));
        Ok(PushLabelMembership { username: member.map(|_| username), created: member.map(|m| m.created) })
    }
}

impl Handle<labels::ListUsers> for World {
    fn handle(&mut self, r: labels::ListUsers, _: &mut Call) -> Result<Page<PushLabelUser>, Refusal> {
        let label = self.label(&r.labelname)?;
        let (size, after) = (page_size(r.limit)?, read_cursor(r.cursor.as_deref())?);
        let rest = page::behind(self.push_label_users.of(0, &label), after, false);
        let page: Vec<(u64, &str)> = rest.iter().take(size).collect();
        let cursor = rest.iter().nth(size).and(page.last()).map(|(number, _)| write_cursor(*number));
        let user = |at: &str| PushLabelUser {
            username: last(at).to_owned(),
            created: self.push_label_users.get(at).map_or(0, |m| m.created),
        };
        Ok(Page { items: page.into_iter().map(|(_, at)| user(at)).collect(), cursor })
    }
}
