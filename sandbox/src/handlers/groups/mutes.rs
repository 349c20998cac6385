//! Who may not send in a group.

use super::members::{distinct, name_of};
use crate::{Call, Handle, Refusal, World, handlers::mutes::Channel, table::key};
use agora_chat_admin::{
    Dialect,
    api::groups::mutes::{self, GroupMute, GroupMuteOutcome, MutedGroupMember},
};

/// When a mute for ever ends: 2117-01-01.
const FOR_EVER: u64 = 4_638_873_600_000;

impl World {
    /// Whether a user may not send in a group: muted there, muted with all the others, or muted in the whole app.
    #[must_use]
    pub fn is_muted_in_group(&self, group_id: &str, username: &str) -> bool {
        let name = username.to_lowercase();
        let row = key(&[group_id, &name]);
        if self.is_muted(&name, Channel::Group) || self.group_mutes.get(&row).is_some_and(|until| *until > self.now()) {
            return true;
        }
        let free = |g: &crate::state::groups::Group| {
            g.owner == name || self.group_admins.contains(&row) || self.group_allows.contains(&row)
        };
        self.groups.get(group_id).is_some_and(|g| g.mute && !free(g))
    }

    fn mute_all_in_group(&mut self, group_id: &str, mute: bool, call: &mut Call) -> Result<GroupMute, Refusal> {
        self.group_mut(group_id)?.mute = mute;
        if call.dialect == Dialect::Agora {
            // Agora's answers name the method that an older form had.
            call.action("put");
        }
        Ok(GroupMute { mute })
    }
}

fn printed(until: u64) -> i64 {
    i64::try_from(until).unwrap_or(i64::MAX)
}

impl Handle<mutes::List> for World {
    fn handle(&mut self, r: mutes::List, call: &mut Call) -> Result<Vec<MutedGroupMember>, Refusal> {
        self.group(&r.group_id)?;
        if call.dialect == Dialect::Agora {
            // So Agora prints it, though the call is a GET.
            call.action("post");
        }
        let now = self.now();
        let muted = self.group_mutes.under(&[&r.group_id]).filter(|(_, until)| **until > now);
        Ok(muted.map(|(k, until)| MutedGroupMember { expire: printed(*until), user: name_of(k) }).collect())
    }
}

impl Handle<mutes::Add> for World {
    fn handle(&mut self, r: mutes::Add, _: &mut Call) -> Result<Vec<GroupMuteOutcome>, Refusal> {
        let group = self.group(&r.group_id)?;
        if self.exceeds(r.usernames.len(), 60) {
            return Err(super::invalid("userNames size is more than max limit : 60"));
        }
        let names = self.some_group_members(group, &r.usernames)?;
        let until = match r.mute_duration {
            -1 => FOR_EVER,
            n => u64::try_from(n)
                .map(|n| self.now().saturating_add(n).min(FOR_EVER))
                .map_err(|_| Refusal::illegal_argument("mute_duration must be -1 or at least 0"))?,
        };
        let outcomes = names.into_iter().map(|user| {
            let result = self.is_group_member(&r.group_id, &user);
            if result && r.mute_duration == 0 {
                self.group_mutes.remove(&key(&[&r.group_id, &user]));
            } else if result {
                self.group_mutes.insert(key(&[&r.group_id, &user]), until);
            }
            GroupMuteOutcome { result, expire: result.then(|| printed(until)), user }
        });
        Ok(outcomes.collect())
    }
}

impl Handle<mutes::Remove> for World {
    fn handle(&mut self, r: mutes::Remove, _: &mut Call) -> Result<Vec<GroupMuteOutcome>, Refusal> {
        self.group(&r.group_id)?;
        if self.exceeds(r.member_id.len(), 60) {
            return Err(super::invalid("removeMute member size more than max limit : 60"));
        }
        let now = self.now();
        let outcomes = distinct(&r.member_id).into_iter().map(|user| {
            let until = self.group_mutes.remove(&key(&[&r.group_id, &user]));
            GroupMuteOutcome { result: until.is_some_and(|until| until > now), expire: None, user }
        });
        Ok(outcomes.collect())
    }
}

impl Handle<mutes::MuteAll> for World {
    fn handle(&mut self, r: mutes::MuteAll, call: &mut Call) -> Result<GroupMute, Refusal> {
        self.mute_all_in_group(&r.group_id, true, call)
    }
}

impl Handle<mutes::UnmuteAll> for World {
    fn handle(&mut self, r: mutes::UnmuteAll, call: &mut Call) -> Result<GroupMute, Refusal> {
        self.mute_all_in_group(&r.group_id, false, call)
    }
}
