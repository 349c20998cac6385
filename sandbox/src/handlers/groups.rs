//! Groups: their settings and who owns them. What happens inside is in the parts.

use crate::{Call, Handle, Refusal, World, handlers::legal_id, page, state::groups::Group as Row, table::key};
use agora_chat_admin::{
    Dialect,
    api::groups::{self, CreatedGroup, DeletedGroup, Group, GroupBan, GroupChanges, GroupTransfer, JoinedGroup},
    operation::Page,
};
use serde_json::json;
use std::collections::BTreeSet;

mod announcement;
mod attributes;
mod files;
mod lists;
mod members;
mod mutes;

pub(super) const MISFITS: super::Misfits = &[
    ("groups", &["create"], |_, problem| match (problem.field.as_str(), problem.reason.as_str()) {
        ("public", "is required") => invalid("group must contain public field!"),
        (field, "is required") => invalid(format!("{field} must be provided")),
        _ => problem.into(),
    }),
    ("groups.announcement", &["set"], |_, problem| match (problem.field.as_str(), problem.reason.as_str()) {
        ("announcement", "is required") => Refusal::illegal_argument("announcement is null"),
        _ => problem.into(),
    }),
    ("groups.files", &["upload"], |_, problem| match problem.field.as_str() {
        // Neither a form nor a file in it: it comes to the same.
        "body" | "file" => files::no_file(),
        _ => problem.into(),
    }),
];

/// How many groups an app may have.
const MAX_GROUPS: usize = 100_000;
/// How many members a group has room for, unless it says otherwise.
const DEFAULT_MAX_USERS: u32 = 200;
/// The most that Agora lets a group be changed to.
const AGORA_MAX_USERS: u32 = 2000;
/// How many members the details of a group show.
const MAX_SHOWN: usize = 10_000;

impl World {
    /// The group, or the platform's refusal.
    pub fn group(&self, id: &str) -> Result<&Row, Refusal> {
        self.groups.get(id).ok_or_else(|| Refusal::no_group(id))
    }

    /// The group, to be changed.
    fn group_mut(&mut self, id: &str) -> Result<&mut Row, Refusal> {
        let now = self.now();
        let row = self.groups.get_mut(id).ok_or_else(|| Refusal::no_group(id))?;
        row.modified = now;
        Ok(row)
    }

    /// Takes a group out, with all that is in it.
    pub fn remove_group(&mut self, id: &str) -> Result<(), Refusal> {
        if self.take_out("groups", id) { Ok(()) } else { Err(Refusal::no_group(id)) }
    }

    /// The groups that a user has joined, the latest first.
    pub fn groups_of(&self, username: &str) -> impl Iterator<Item = &Row> + use<'_> {
        self.group_members.of(1, &username.to_lowercase()).firsts().filter_map(|id| self.groups.get(id))
    }

    /// The details of a group, as the platform shows them.
    fn group_details(&self, row: &Row) -> Group {
        Group {
            id: row.id.clone(),
            name: row.name.clone(),
            avatar: row.avatar.clone(),
            description: row.description.clone(),
            membersonly: row.membersonly,
            allowinvites: row.allowinvites,
            maxusers: row.maxusers,
            owner: row.owner.clone(),
            created: row.created,
            custom: row.custom.clone(),
            mute: row.mute,
            affiliations_count: self.count_group_members(&row.id),
            disabled: row.disabled,
            affiliations: Some(
                self.members_of_group(&row.id).take(MAX_SHOWN).map(|name| members::shown(row, name, None)).collect(),
            ),
            public: row.public,
            permission: None,
        }
    }
}

/// 400 `invalid_parameter`.
fn invalid(description: impl Into<String>) -> Refusal {
    Refusal::new(400, "invalid_parameter", description)
}

/// Members of a body that are not known, or whose values cannot be.
fn not_valid(fields: &[&str]) -> Refusal {
    invalid(format!("some of [{}] are not valid fields", fields.join(", ")))
}

impl World {
    /// Checks the lengths of a group's texts.
    fn check_group_texts(
        &self,
        name: Option<&str>,
        description: Option<&str>,
        avatar: Option<&str>,
        custom_fits: bool,
    ) -> Result<(), Refusal> {
        let longer = |text: Option<&str>, max: usize| text.is_some_and(|t| self.exceeds(t.chars().count(), max));
        if longer(avatar, 1024) {
            return Err(invalid("avatar length is too big"));
        }
        let wrong =
            [("groupname", longer(name, 128)), ("description", longer(description, 512)), ("custom", !custom_fits)];
        let wrong: Vec<&str> = wrong.into_iter().filter(|(_, wrong)| *wrong).map(|(field, _)| field).collect();
        if wrong.is_empty() { Ok(()) } else { Err(not_valid(&wrong)) }
    }
}

impl Handle<groups::Create> for World {
    fn handle(&mut self, r: groups::Create, _: &mut Call) -> Result<CreatedGroup, Refusal> {
        // 8 KB in the tables of this call, 1024 characters in those of the other.
        let custom_fits = r.custom.as_ref().is_none_or(|c| !self.exceeds(c.len(), 8192));
        self.check_group_texts(r.groupname.as_deref(), r.description.as_deref(), r.avatar.as_deref(), custom_fits)?;
        let maxusers = r.maxusers.unwrap_or(DEFAULT_MAX_USERS);
        if maxusers == 0 {
            return Err(not_valid(&["maxusers"]));
        }
        if self.exceeds(self.groups.len() + 1, MAX_GROUPS) {
            let text = format!("appKey:{} has create too many groups!", self.app.key());
            return Err(Refusal::new(403, "exceed_limit", text));
        }
        if let Some(id) = r.groupid.as_ref().filter(|id| self.groups.contains(id)) {
            return Err(Refusal::illegal_argument(format!("group ID {id} already exists!")));
        }
        let owner = self.registered_for_group(&r.owner)?;
        let (mut joining, mut known) = (vec![owner.clone()], BTreeSet::from([owner.clone()]));
        for name in r.members.iter().flatten() {
            let name = self.registered_for_group(name)?;
            if known.insert(name.clone()) {
                joining.push(name);
            }
        }
        if joining.len() > maxusers as usize {
            return Err(members::too_many());
        }
        joining.iter().try_for_each(|name| self.may_join_more_groups(name))?;
        let (number, now) = (self.next_number(), self.now());
        let id = match r.groupid {
            Some(id) if !id.is_empty() => {
                if !legal_id(&id, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
                    return Err(not_valid(&["groupid"]));
                }
                id
            }
            _ => self.short_id(),
        };
        let row = Row {
            id: id.clone(),
            number,
            name: r.groupname.unwrap_or_default(),
            avatar: r.avatar,
            description: r.description.unwrap_or_default(),
            public: r.public,
            membersonly: r.membersonly.unwrap_or(false),
            // A public group starts without, whatever is asked for.
            allowinvites: !r.public && r.allowinvites.unwrap_or(false),
            invite_need_confirm: r.invite_need_confirm.unwrap_or(true),
            maxusers,
            owner,
            created: now,
            modified: now,
            custom: r.custom.unwrap_or_default(),
            ..Row::default()
        };
        self.groups.insert(id.clone(), row);
        for name in &joining {
            self.join_group(&id, name);
        }
        Ok(CreatedGroup { groupid: id })
    }
}

impl Handle<groups::Disable> for World {
    fn handle(&mut self, r: groups::Disable, call: &mut Call) -> Result<GroupBan, Refusal> {
        self.group_mut(&r.group_id)?.disabled = true;
        call.member("properties", json!({}));
        Ok(GroupBan { disabled: true })
    }
}

impl Handle<groups::Enable> for World {
    fn handle(&mut self, r: groups::Enable, call: &mut Call) -> Result<GroupBan, Refusal> {
        self.group_mut(&r.group_id)?.disabled = false;
        call.member("properties", json!({}));
        Ok(GroupBan { disabled: false })
    }
}

impl Handle<groups::Get> for World {
    fn handle(&mut self, r: groups::Get, call: &mut Call) -> Result<Vec<Group>, Refusal> {
        if self.exceeds(r.group_ids.len(), 100) {
            return Err(Refusal::illegal_argument("the number of groups must be 1 to 100"));
        }
        let found: Vec<Group> =
            r.group_ids.iter().filter_map(|id| self.groups.get(id)).map(|row| self.group_details(row)).collect();
        if let (true, Some(id)) = (found.is_empty(), r.group_ids.first()) {
            return Err(Refusal::no_group(id));
        }
        call.count(found.len());
        call.member("properties", json!({}));
        Ok(found)
    }
}

impl Handle<groups::Update> for World {
    fn handle(&mut self, mut r: groups::Update, call: &mut Call) -> Result<GroupChanges, Refusal> {
        self.group(&r.group_id)?;
        let count = self.count_group_members(&r.group_id);
        if !call.strangers.is_empty() {
            return Err(not_valid(&call.strangers.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        if call.dialect == Dialect::Agora {
            for (field, text) in [("groupname", &mut r.groupname), ("description", &mut r.description)] {
                if text.as_ref().is_some_and(|t| t.contains('/')) {
                    return Err(not_valid(&[field]));
                }
                *text = text.take().map(|t| t.replace('+', " "));
            }
        }
        let custom_fits = r.custom.as_ref().is_none_or(|c| !self.exceeds(c.chars().count(), 1024));
        self.check_group_texts(r.groupname.as_deref(), r.description.as_deref(), r.avatar.as_deref(), custom_fits)?;
        let most = if call.dialect == Dialect::Agora && !self.loose { AGORA_MAX_USERS } else { u32::MAX };
        // A size that cannot be is the one thing that is told as not changed.
        let size = r.maxusers.filter(|n| (count..=most).contains(n));
        let row = self.group_mut(&r.group_id)?;
        call.member("properties", json!({}));
        Ok(GroupChanges {
            groupname: set(&mut row.name, r.groupname),
            avatar: r.avatar.map(|avatar| row.avatar.replace(avatar)).map(|_| true),
            description: set(&mut row.description, r.description),
            maxusers: set(&mut row.maxusers, size).or(r.maxusers.map(|_| false)),
            membersonly: set(&mut row.membersonly, r.membersonly),
            allowinvites: set(&mut row.allowinvites, r.allowinvites),
            invite_need_confirm: set(&mut row.invite_need_confirm, r.invite_need_confirm),
            custom: set(&mut row.custom, r.custom),
            public: set(&mut row.public, r.public),
        })
    }
}

/// Sets what was sent, and says so.
fn set<T>(place: &mut T, value: Option<T>) -> Option<bool> {
    value.map(|value| {
        *place = value;
        true
    })
}

impl Handle<groups::Delete> for World {
    fn handle(&mut self, r: groups::Delete, _: &mut Call) -> Result<DeletedGroup, Refusal> {
        self.remove_group(&r.group_id)?;
        Ok(DeletedGroup { success: true, groupid: r.group_id })
    }
}

impl Handle<groups::List> for World {
    fn handle(&mut self, r: groups::List, call: &mut Call) -> Result<Page<groups::GroupSummary>, Refusal> {
        let limit = r.limit.unwrap_or(10).clamp(1, 1000) as usize;
        let (ids, cursor) = page::of(self.groups.of(0, ""), r.cursor.as_deref(), limit)?;
        let key = self.app.key();
        let items: Vec<_> = ids
            .into_iter()
            .filter_map(|id| self.groups.get(id))
            .map(|row| groups::GroupSummary {
                owner: format!("{key}_{}", row.owner),
                groupid: row.id.clone(),
                affiliations: self.count_group_members(&row.id),
                kind: "group".into(),
                last_modified: Some(row.modified.to_string()),
                last_modified_older: None,
                groupname: row.name.clone(),
            })
            .collect();
        call.params();
        call.count(items.len());
        Ok(Page { items, cursor })
    }
}

impl Handle<groups::ListJoined> for World {
    fn handle(&mut self, r: groups::ListJoined, call: &mut Call) -> Result<Page<JoinedGroup>, Refusal> {
        let name = self.user_id(&r.username)?;
        let (skip, take) = match (call.dialect, r.pagenum, r.pagesize) {
            (Dialect::Easemob, None, None) => (0, 500),
            (Dialect::Easemob, page, size) => page::counted(page, size, 1, 10, 100),
            (Dialect::Agora, page, size) => page::counted(page, size, 1, 5, 20),
        };
        let joined = |row: &Row| JoinedGroup { groupid: row.id.clone(), groupname: row.name.clone() };
        let items: Vec<_> = self.groups_of(&name).skip(skip).take(take).map(joined).collect();
        call.params();
        call.count(items.len());
        call.member("properties", json!({}));
        Ok(Page { items, cursor: None })
    }
}

impl Handle<groups::ListJoinedDetailed> for World {
    fn handle(
        &mut self,
        r: groups::ListJoinedDetailed,
        call: &mut Call,
    ) -> Result<Page<groups::JoinedGroupDetails>, Refusal> {
        let name = self.user_id(&r.username)?;
        let (skip, take) = match (r.pagenum, r.pagesize) {
            (None, None) => (0, 500),
            (page, size) => page::counted(page, size, 0, 5, 20),
        };
        let details = |row: &Row| groups::JoinedGroupDetails {
            id: Some(row.id.clone()),
            group_id: row.id.clone(),
            name: row.name.clone(),
            avatar: row.avatar.clone(),
            owner: row.owner.clone(),
            description: row.description.clone(),
            disabled: row.disabled,
            public: row.public,
            allowinvites: row.allowinvites,
            membersonly: row.membersonly,
            maxusers: row.maxusers,
            created: row.created,
        };
        let items: Vec<_> = self.groups_of(&name).skip(skip).take(take).map(details).collect();
        call.member("total", self.group_members.of(1, &name).len());
        Ok(Page { items, cursor: None })
    }
}

impl Handle<groups::TransferOwnership> for World {
    fn handle(&mut self, r: groups::TransferOwnership, _: &mut Call) -> Result<GroupTransfer, Refusal> {
        let row = self.group(&r.group_id)?;
        let name = r.newowner.to_lowercase();
        if row.owner == name {
            return Err(Refusal::forbidden("new owner and old owner are the same"));
        }
        if !self.is_group_member(&r.group_id, &name) {
            return Err(Refusal::forbidden(members::not_in(&r.newowner, &r.group_id)));
        }
        let row = Row { owner: name.clone(), modified: self.now(), ..row.clone() };
        self.groups.insert(r.group_id.as_str(), row);
        self.group_admins.remove(&key(&[&r.group_id, &name]));
        Ok(GroupTransfer { newowner: true })
    }
}
