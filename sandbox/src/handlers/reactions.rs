//! Reactions.

use crate::{
    Call, Handle, Refusal, World,
    handlers::dates,
    page::oldest,
    state::reactions::Reaction as Row,
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::{
        messages::content::ChatType,
        reactions::{self, MessageReactions, Reaction, ReactionChat, ReactionDetail, ReactionSummary},
    },
    shape::Problem,
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

    /// The users who added a reaction, the first first, from behind a number.
    fn reacted(&self, reaction: &str, after: &str, count: usize) -> Vec<(&str, &String)> {
        self.reaction_order.under_after(&[reaction], after).take(count).collect()
    }

    fn has_reacted(&self, reaction: &str, username: &str) -> bool {
        self.reaction_users.contains(&key(&[reaction, username]))
    }

    /// Takes a user's reaction back; tells whether there was one.
    fn take_reaction(&mut self, msg_id: &str, emoji: &str, username: &str) -> bool {
        let (at, now) = (key(&[msg_id, emoji]), self.now());
        let Some(row) = self.reactions.get(&at).cloned() else { return false };
        let Some(number) = self.reaction_users.remove(&key(&[&row.id, username])) else { return false };
        self.reaction_order.remove(&key(&[&row.id, &oldest(number)]));
        self.user_reactions.remove(&key(&[username, msg_id, emoji]));
        if row.count <= 1 {
            self.reactions.remove(&at);
        } else if let Some(row) = self.reactions.get_mut(&at) {
            row.count -= 1;
            row.updated = now;
        }
        true
    }

    /// Forgets the reactions to a message that is gone.
    pub(crate) fn reactions_message_removed(&mut self, msg_id: &str) {
        let rows: Vec<(String, Row)> =
            self.reactions.under(&[msg_id]).map(|(at, row)| (last(at).to_owned(), row.clone())).collect();
        for (emoji, row) in rows {
            let users: Vec<String> = self.reaction_order.under(&[&row.id]).map(|(_, name)| name.clone()).collect();
            for name in users {
                self.take_reaction(msg_id, &emoji, &name);
            }
        }
    }

    /// Forgets a user's reactions.
    pub(crate) fn reactions_user_removed(&mut self, username: &str) {
        let theirs: Vec<String> = self.user_reactions.under(&[username]).map(|(key, _)| key.to_owned()).collect();
        for at in theirs {
            let mut parts = at.split(crate::table::SEPARATOR).skip(1);
            if let (Some(msg_id), Some(emoji)) = (parts.next(), parts.next()) {
                self.take_reaction(msg_id, emoji, username);
            }
        }
    }

    fn summary(&self, emoji: &str, row: &Row, username: &str) -> ReactionSummary {
        ReactionSummary {
            reaction_id: row.id.clone(),
            reaction: emoji.to_owned(),
            count: row.count,
            state: self.has_reacted(&row.id, username),
            user_list: self.reacted(&row.id, "", SUMMARY).into_iter().map(|(_, name)| name.clone()).collect(),
        }
    }
}

impl Handle<reactions::Add> for World {
    fn handle(&mut self, r: reactions::Add, call: &mut Call) -> Result<Reaction, Refusal> {
        let name = self.user(&r.username)?.username.clone();
        let place = self.reaction_place(&name, &r.msg_id)?;
        let legal = !r.message.is_empty() && !self.exceeds(r.message.chars().count(), MAX_EMOJI);
        if !legal || r.message.contains(crate::table::SEPARATOR) {
            return Err(bad("message is illegal"));
        }
        let at = key(&[&r.msg_id, &r.message]);
        let row = match self.reactions.get(&at) {
            Some(row) if self.has_reacted(&row.id, &name) => {
                return Err(bad("the user is already operation this message"));
            }
            Some(row) => row.clone(),
            None if self.exceeds(self.reactions.under(&[&r.msg_id]).count() + 1, MAX_REACTIONS) => {
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
        let row = Row { count: row.count + 1, updated: now, ..row };
        self.reaction_users.insert(key(&[&row.id, &name]), number);
        self.reaction_order.insert(key(&[&row.id, &oldest(number)]), name.clone());
        self.user_reactions.insert(key(&[&name, &r.msg_id, &r.message]), ());
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

    fn misfit(&self, problem: &Problem) -> Refusal {
        bad(&problem.to_string())
    }
}

impl Handle<reactions::List> for World {
    fn handle(&mut self, r: reactions::List, _: &mut Call) -> Result<Vec<MessageReactions>, Refusal> {
        let name = self.user(&r.username)?.username.clone();
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
            let mut rows: Vec<(&str, &Row)> = self.reactions.under(&[&msg_id]).collect();
            rows.sort_by_key(|(_, row)| row.number);
            let list: Vec<_> = rows.into_iter().map(|(key, row)| self.summary(last(key), row, &name)).collect();
            if !list.is_empty() {
                all.push(MessageReactions { msg_id, reaction_list: list });
            }
        }
        Ok(all)
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        bad(&problem.to_string())
    }
}

impl Handle<reactions::Delete> for World {
    fn handle(&mut self, r: reactions::Delete, _: &mut Call) -> Result<(), Refusal> {
        let name = self.user(&r.username)?.username.clone();
        if self.take_reaction(&r.msg_id, &r.message, &name) { Ok(()) } else { Err(illegal()) }
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        bad(&problem.to_string())
    }
}

impl Handle<reactions::GetDetail> for World {
    fn handle(&mut self, r: reactions::GetDetail, _: &mut Call) -> Result<ReactionDetail, Refusal> {
        let name = self.user(&r.username)?.username.clone();
        let limit = r.limit.map_or(MAX_USERS, |n| n as usize);
        if limit > MAX_USERS {
            return Err(bad("Limit exceeds the maximum quantity limit"));
        }
        if limit == 0 {
            return Err(bad("limit is illegal"));
        }
        let after = match r.cursor.as_deref().filter(|c| !c.is_empty()) {
            Some(cursor) => oldest(cursor.parse().map_err(|_| bad("cursor is illegal"))?),
            None => String::new(),
        };
        self.reaction_place(&name, &r.msg_id)?;
        let row = self.reactions.get(&key(&[&r.msg_id, &r.message])).cloned().unwrap_or_default();
        let users = self.reacted(&row.id, &after, limit);
        let cursor = users.last().map(|(at, _)| last(at).trim_start_matches('0').to_owned());
        Ok(ReactionDetail {
            reaction: r.message,
            count: Some(row.count),
            // Agora's table says `count`, its example `userCount`.
            user_count: (self.app.dialect == Dialect::Agora).then_some(row.count),
            state: self.has_reacted(&row.id, &name),
            user_list: users.into_iter().map(|(_, name)| name.clone()).collect(),
            reaction_id: row.id,
            cursor,
        })
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        bad(&problem.to_string())
    }
}
