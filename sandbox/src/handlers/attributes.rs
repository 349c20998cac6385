//! User attributes. This service knows no users: it keeps what it is given for any user ID.

use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::api::attributes;
use std::collections::BTreeMap;

/// The most bytes that a user's attributes take, names and texts.
const MAX_USER: usize = 2 * 1024;
/// The most bytes that all attributes of the app take.
const MAX_APP: u64 = 10 * 1024 * 1024 * 1024;
/// The most users that one call asks for.
const MAX_TARGETS: usize = 100;
/// The counter of the bytes that all attributes of the app take.
const BYTES: &str = "attribute_bytes";
/// The longest texts of the attributes that client SDKs know, in characters.
const LENGTHS: [(&str, usize); 6] =
    [("nickname", 64), ("avatarurl", 256), ("phone", 32), ("mail", 64), ("sign", 256), ("birth", 64)];

impl World {
    fn count_attribute_bytes(&mut self, before: usize, after: usize) {
        let all = self.counters.entry(BYTES);
        *all = all.saturating_sub(before as u64) + after as u64;
    }

    /// Forgets a user's attributes.
    pub(crate) fn forget_attributes(&mut self, username: &str) {
        if let Some(gone) = self.attributes.remove(username) {
            self.count_attribute_bytes(bytes(&gone), 0);
        }
    }
}

fn bytes(attributes: &BTreeMap<String, String>) -> usize {
    attributes.iter().map(|(name, text)| name.len() + text.len()).sum()
}

fn too_large(what: &str, max: impl std::fmt::Display) -> Refusal {
    Refusal::new(403, "FORBIDDEN", format!("{what}, {max}Bytes"))
}

impl Handle<attributes::Set> for World {
    fn handle(&mut self, r: attributes::Set, _: &mut Call) -> Result<BTreeMap<String, String>, Refusal> {
        let username = r.username.to_lowercase();
        for (name, max) in LENGTHS {
            if r.attributes.get(name).is_some_and(|text| self.exceeds(text.chars().count(), max)) {
                let what = "size of metadata for this single user exceeds the current mysql column size";
                return Err(too_large(what, max));
            }
        }
        if r.attributes.get("gender").is_some_and(|g| !matches!(g.as_str(), "0" | "1" | "2")) {
            return Err(Refusal::new(400, "BAD_REQUEST", "gender must be 0, 1 or 2"));
        }
        let old = self.attributes.get(&username).cloned().unwrap_or_default();
        let mut new = old.clone();
        new.extend(r.attributes.clone());
        let (before, after) = (bytes(&old), bytes(&new));
        if self.exceeds(after, MAX_USER) {
            let what = "size of metadata for this single user exceeds the user defined limit";
            return Err(too_large(what, MAX_USER));
        }
        let all = self.counters.get(BYTES).copied().unwrap_or_default();
        if !self.loose && all.saturating_sub(before as u64) + after as u64 > MAX_APP {
            return Err(too_large("total size of user metadata for this app exceeds the user defined limit", MAX_APP));
        }
        self.count_attribute_bytes(before, after);
        self.attributes.insert(username, new);
        Ok(r.attributes)
    }
}

impl Handle<attributes::Get> for World {
    fn handle(&mut self, r: attributes::Get, _: &mut Call) -> Result<BTreeMap<String, String>, Refusal> {
        let username = r.username.to_lowercase();
        Ok(self.attributes.get(&username).cloned().unwrap_or_default())
    }
}

impl Handle<attributes::GetBatch> for World {
    fn handle(
        &mut self,
        r: attributes::GetBatch,
        _: &mut Call,
    ) -> Result<BTreeMap<String, BTreeMap<String, String>>, Refusal> {
        if self.exceeds(r.targets.len(), MAX_TARGETS) {
            return Err(Refusal::new(400, "BAD_REQUEST", format!("exceed allowed batch size {MAX_TARGETS}")));
        }
        let of = |target: String| {
            let all = self.attributes.get(&target.to_lowercase());
            let wanted = r.properties.iter().filter_map(|name| Some((name.clone(), all?.get(name)?.clone())));
            (target, wanted.collect())
        };
        Ok(r.targets.into_iter().map(of).collect())
    }
}

impl Handle<attributes::Delete> for World {
    fn handle(&mut self, r: attributes::Delete, _: &mut Call) -> Result<bool, Refusal> {
        let username = r.username.to_lowercase();
        self.forget_attributes(&username);
        Ok(true)
    }
}

impl Handle<attributes::GetCapacity> for World {
    fn handle(&mut self, _: attributes::GetCapacity, _: &mut Call) -> Result<u64, Refusal> {
        Ok(self.counters.get(BYTES).copied().unwrap_or_default())
    }
}
