//! What the app notes about the members of a group.

use crate::{Call, Handle, Refusal, World, table::key};
use agora_chat_admin::{
    Dialect,
    api::groups::members::{self, GroupAttributesOutcome, GroupMemberAttributes},
};
use serde_json::json;
use std::collections::BTreeMap;

/// The longest name of an attribute, the longest value, and the most of all, in bytes.
const MAX_KEY: usize = 16;
const MAX_VALUE: usize = 512;
const MAX_ALL: usize = 4096;

type Attributes = BTreeMap<String, String>;

fn error(status: u16, description: impl Into<String>) -> Refusal {
    Refusal::new(status, "metadata_error", description)
}

/// One who is no member has words of their own where one member is named.
fn not_in_group() -> Refusal {
    Refusal::new(404, "MetadataException", "user not in group")
}

impl World {
    fn known_group(&self, id: &str) -> Result<(), Refusal> {
        if self.groups.contains(id) { Ok(()) } else { Err(error(404, "group not exists")) }
    }

    /// Checks names and values by themselves.
    fn check_group_attributes(&self, attributes: &Attributes) -> Result<(), Refusal> {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        for (name, value) in attributes {
            if self.exceeds(name.len(), MAX_KEY) {
                return Err(error(400, "exceeds chatgroup user metadata single key limit"));
            }
            if name.is_empty() || (self.app.dialect == Dialect::Agora && !name.chars().all(word)) {
                return Err(error(400, "chatgroup user metadata key is illegal"));
            }
            if self.exceeds(value.len(), MAX_VALUE) {
                return Err(error(400, "exceeds chatgroup user metadata single value limit"));
            }
        }
        Ok(())
    }

    /// Merges attributes into a member's, unless they become too many.
    fn merge_group_attributes(&mut self, group_id: &str, name: &str, new: &Attributes) -> Result<(), Refusal> {
        let row = key(&[group_id, name]);
        let mut all = self.group_attributes.get(&row).cloned().unwrap_or_default();
        for (name, value) in new {
            if value.is_empty() {
                all.remove(name);
            } else {
                all.insert(name.clone(), value.clone());
            }
        }
        if self.exceeds(all.iter().map(|(name, value)| name.len() + value.len()).sum(), MAX_ALL) {
            return Err(error(400, "exceeds chatgroup user metadata total limit"));
        }
        if all.is_empty() {
            self.group_attributes.remove(&row);
        } else {
            self.group_attributes.insert(row, all);
        }
        Ok(())
    }

    fn group_attributes_of(&self, group_id: &str, name: &str) -> Attributes {
        self.group_attributes.get(&key(&[group_id, name])).cloned().unwrap_or_default()
    }
}

impl Handle<members::SetAttributes> for World {
    fn handle(&mut self, r: members::SetAttributes, _: &mut Call) -> Result<Attributes, Refusal> {
        self.known_group(&r.group_id)?;
        if !self.is_group_member(&r.group_id, &r.username) {
            return Err(not_in_group());
        }
        self.check_group_attributes(&r.meta_data)?;
        self.merge_group_attributes(&r.group_id, &r.username.to_lowercase(), &r.meta_data)?;
        Ok(r.meta_data.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }
}

impl Handle<members::SetAttributesMany> for World {
    fn handle(&mut self, r: members::SetAttributesMany, _: &mut Call) -> Result<GroupAttributesOutcome, Refusal> {
        if self.exceeds(r.members.len(), 20) {
            return Err(error(400, "exceeds chatgroup metadata batch put users limit"));
        }
        self.known_group(&r.group_id)?;
        let strangers: Vec<&str> = r
            .members
            .iter()
            .map(|m| m.username.as_str())
            .filter(|name| !self.is_group_member(&r.group_id, name))
            .collect();
        if !strangers.is_empty() {
            return Err(error(400, format!("Some users are not in the group: {}", strangers.join(","))));
        }
        r.members.iter().try_for_each(|m| self.check_group_attributes(&m.metadata))?;
        // Who is named twice gets both.
        let (mut order, mut wanted) = (Vec::new(), BTreeMap::<String, Attributes>::new());
        for member in r.members {
            let name = member.username.to_lowercase();
            if !wanted.contains_key(&name) {
                order.push(name.clone());
            }
            wanted.entry(name).or_default().extend(member.metadata);
        }
        let (mut failed, mut succeeded) = (Vec::new(), Vec::new());
        for name in order {
            let new = wanted.remove(&name).unwrap_or_default();
            match self.merge_group_attributes(&r.group_id, &name, &new) {
                Ok(()) => {
                    let metadata = self.group_attributes_of(&r.group_id, &name);
                    succeeded.push(GroupMemberAttributes { username: name, metadata });
                }
                Err(refusal) => failed.push(json!({ name: refusal.description })),
            }
        }
        // As the documented example prints the names, with a colon at the end.
        Ok(GroupAttributesOutcome {
            failed_colon: Some(failed),
            succeeded_colon: Some(succeeded),
            ..GroupAttributesOutcome::default()
        })
    }
}

impl Handle<members::GetAttributes> for World {
    fn handle(&mut self, r: members::GetAttributes, _: &mut Call) -> Result<Attributes, Refusal> {
        self.known_group(&r.group_id)?;
        if !self.is_group_member(&r.group_id, &r.username) {
            return Err(not_in_group());
        }
        Ok(self.group_attributes_of(&r.group_id, &r.username.to_lowercase()))
    }
}

impl Handle<members::GetAttributesMany> for World {
    fn handle(&mut self, r: members::GetAttributesMany, _: &mut Call) -> Result<BTreeMap<String, Attributes>, Refusal> {
        if self.exceeds(r.targets.len(), 10) {
            return Err(error(400, "query param reaches limit."));
        }
        self.known_group(&r.group_id)?;
        let wanted = |name: &String| r.properties.is_empty() || r.properties.contains(name);
        let of = |name: &String| {
            let all = self.group_attributes_of(&r.group_id, name);
            (name.clone(), all.into_iter().filter(|(k, _)| wanted(k)).collect())
        };
        let names = r.targets.iter().map(|name| name.to_lowercase());
        Ok(names.filter(|name| self.is_group_member(&r.group_id, name)).map(|name| of(&name)).collect())
    }
}
