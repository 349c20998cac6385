//! Reactions.

use crate::{
    Call, Handle, Refusal, World,
    handlers::dates,
    page::behind,
    state::reactions::Reaction as Row,
    table::{key, last, most},
};
use agora_chat_admin::{
    Dialect,
    api::{
        messages::content::ChatType,
        reactions::{self, MessageReactions, Reaction, ReactionChat, ReactionDetail, ReactionSummary},
    },
};

/// How many different reactions a message has.
const MAX_REACTIONS: usize = 20;
/// How many messages one call asks about.
const MAX_MESSAGES: usize = 20;
/// How many users a page holds.
const MAX_USERS: usize = 50;
/// How many users a summary names.
const SUMMARY: usize = 3;
/// The longest emoji ID.
const MAX_EMOJI: usize = 128;

pub(super) const MISFITS: super::Misfits = &[("reactions", &[], |_, problem| bad(&problem.to_string()))];

fn bad(text: &str) -> Refusal {
    Refusal::new(400, "Bad Request", text)
}

/// The user may not do this.
fn illegal() -> Refusal {
    bad("the user operation is illegal!")
}

/// Where a message was sent.
struct Place {
    chat: ReactionChat,
    group: Option<String>,
}

impl World {
    /// Where a message was sent, if the user is in that conversation.
    fn reaction_place(&self, username: &str, msg_id: &str) -> Result<Place, Refusal> {
        let message = self.message(msg_id).ok_or_else(illegal)?;
        match message.kind {
            ChatType::Chat => {
                let party = [&message.from, &message.to].into_iter().any(|name| name.eq_ignore_ascii_case(username));
                party.then_some(Place { chat: ReactionChat::Chat, group: None }).ok_or_else(illegal)
            }
            ChatType::Group => {
                // A message in a thread belongs to the thread's group.
                let group = self.threads.get(&message.to).map_or(&message.to, |thread| &thread.group_id).clone();
                let party = self.is_group_member(&group, username);
                party.then_some(Place { chat: ReactionChat::Groupchat, group: Some(group) }).ok_or_else(illegal)
            }
            ChatType::Room => Err(illegal()),
        }
    }

    /// The users who added a reaction, the first first, from behind a number, with theirs.
    fn reacted(&self, reaction: &str, after: Option<u64>, count: usize) -> Vec<(u64, String)> {
        let rest = behind(self.reaction_users.of(0, reaction), after, false);
        rest.iter().map(|(number, at)| (number, last(at).to_owned())).take(count).collect()
    }

    fn has_reacted(&self, reaction: &str, username: &str) -> bool {
        self.reaction_users.contains(&key(&[reaction, username]))
    }

    /// Takes a user's reaction back; tells whether there was one.
    fn take_reaction(&mut self, reaction: &str, username: &str) -> bool {
        let now = self.now();
        if self.reaction_users.remove(&key(&[reaction, username])).is_none() {
            return false;
        }
        if self.reaction_users.of(0, reaction).is_empty() {
            self.reactions.remove(reaction);
        } else if let Some(row) = self.reactions.get_mut(reaction) {
            row.updated = now;
        }
        true
    }

    /// Takes all of a user's reactions back.
    pub(crate) fn take_reactions(&mut self, username: &str) {
        let theirs: Vec<String> = self.reaction_users.of(1, username).keys().map(|at| most(at).to_owned()).collect();
        for reaction in theirs {
            self.take_reaction(&reaction, username);
        }
    }

    fn summary(&self, at: &str, username: &str) -> ReactionSummary {
        ReactionSummary {
            reaction_id: self.reactions.get(at).map(|row| row.id.clone()).unwrap_or_default(),
            reaction: last(at).to_owned(),
            count: self.reaction_users.of(0, at).len() as u64,
            state: self.has_reacted(at, username),
            user_list: self.reacted(at, None, SUMMARY).into_iter().map(|(_, name)| name).collect(),
        }
    }
}

impl Handle<reactions::Add> for World {
    fn handle(&mut self, r: reactions::Add, call: &mut Call) -> Result<Reaction, Refusal> {
        let name = self.user_id(&r.username)?;
        let place = self.reaction_place(&name, &r.msg_id)?;
        let legal = !r.message.is_empty() && !self.exceeds(r.message.chars().count(), MAX_EMOJI);
        if !legal || r.message.contains(crate::table::SEPARATOR) {
            return Err(bad("message is illegal"));
        }
        let at = key(&[&r.msg_id, &r.message]);
        let row = match self.reactions.get(&at) {
            Some(_) if self.has_reacted(&at, &name) => {
                return Err(bad("the user is already operation this message"));
            }
            Some(row) => row.clone(),
            None if self.exceeds(self.reactions.of(0, &r.msg_id).len() + 1, MAX_REACTIONS) => {
                return Err(bad("The quantity has exceeded the limit!"));
            }
            None => Row {
                id: self.long_id().to_string(),
                number: self.next_number(),
                created: self.now(),
                ..Row::default()
            },
        };
        let (number, now) = (self.next_number(), self.now());
        let row = Row { updated: now, ..row };
        self.reaction_users.insert(key(&[&at, &name]), number);
        self.reactions.insert(at, row.clone());
        if place.group.is_none() {
            call.data_member("groupId", serde_json::Value::Null);
        }
        Ok(Reaction {
            id: row.id,
            msg_id: r.msg_id,
            msg_type: place.chat,
            group_id: place.group,
            reaction: r.message,
            created_at: dates::iso(row.created),
            updated_at: dates::iso(row.updated),
        })
    }
}

impl Handle<reactions::List> for World {
    fn handle(&mut self, r: reactions::List, _: &mut Call) -> Result<Vec<MessageReactions>, Refusal> {
        let name = self.user_id(&r.username)?;
        if self.exceeds(r.msg_id_list.len(), MAX_MESSAGES) {
            return Err(bad("msgIdList exceeds the maximum number limit"));
        }
        let group = r.group_id.filter(|g| !g.is_empty());
        if r.msg_type == ReactionChat::Groupchat && group.is_none() {
            return Err(bad("groupId can not be null!"));
        }
        let mut all = Vec::new();
        for msg_id in r.msg_id_list {
            let asked = |place: Place| place.chat == r.msg_type && (group.is_none() || place.group == group);
            if !self.reaction_place(&name, &msg_id).is_ok_and(asked) {
                continue;
            }
            let list: Vec<_> = self.reactions.of(0, &msg_id).keys().map(|at| self.summary(at, &name)).collect();
            if !list.is_empty() {
                all.push(MessageReactions { msg_id, reaction_list: list });
            }
        }
        Ok(all)
    }
}

impl Handle<reactions::Delete> for World {
    fn handle(&mut self, r: reactions::Delete, _: &mut Call) -> Result<(), Refusal> {
        let name = self.user_id(&r.username)?;
        if self.take_reaction(&key(&[&r.msg_id, &r.message]), &name) { Ok(()) } else { Err(illegal()) }
    }
}

impl Handle<reactions::GetDetail> for World {
    fn handle(&mut self, r: reactions::GetDetail, _: &mut Call) -> Result<ReactionDetail, Refusal> {
        let name = self.user_id(&r.username)?;
        let limit = r.limit.map_or(MAX_USERS, |n| n as usize);
        if limit > MAX_USERS {
            return Err(bad("Limit exceeds the maximum quantity limit"));
        }
        if limit == 0 {
            return Err(bad("limit is illegal"));
        }
        let after = match r.cursor.as_deref().filter(|c| !c.is_empty()) {
            Some(cursor) => Some(cursor.parse().map_err(|_| bad("cursor is illegal"))?),
            None => None,
        };
        self.reaction_place(&name, &r.msg_id)?;
        let at = key(&[&r.msg_id, &r.message]);
        let row = self.reactions.get(&at).cloned().unwrap_or_default();
        let (users, count) = (self.reacted(&at, after, limit), self.reaction_users.of(0, &at).len() as u64);
        let cursor = users.last().map(|(number, _)| number.to_string());
        Ok(ReactionDetail {
            reaction: r.message,
            count: Some(count),
            // Agora's table says `count`, its example `userCount`.
            user_count: (self.app.dialect == Dialect::Agora).then_some(count),
            state: self.has_reacted(&at, &name),
            user_list: users.into_iter().map(|(_, name)| name).collect(),
            reaction_id: row.id,
            cursor,
        })
    }
}
