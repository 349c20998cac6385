//! The custom attributes of chat rooms.

use crate::{
    Call, Handle, Refusal, World,
    state::rooms::RoomAttribute,
    table::{key, last},
};
use agora_chat_admin::api::rooms::attributes::{self, RoomAttributesOutcome};
use serde_json::json;
use std::collections::BTreeMap;

/// How many attributes a room may have.
const MAX_ATTRIBUTES: usize = 100;
/// How many of them one call changes.
const MAX_KEYS: usize = 10;
/// The longest key.
const MAX_KEY: usize = 128;
/// The longest value.
const MAX_VALUE: usize = 4096;

/// An error of the attribute service, which has its own.
fn metadata(status: u16, description: impl Into<String>) -> Refusal {
    Refusal::new(status, "MetadataException", description).exception("MetadataException")
}

/// Whose attributes a call may touch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Own,
    All,
}

/// One of the two words, in any case of letters.
fn auto_delete(word: Option<&str>) -> Result<bool, Refusal> {
    match word.map(str::to_ascii_uppercase).as_deref() {
        None | Some("DELETE") => Ok(true),
        Some("NO_DELETE") => Ok(false),
        Some(_) => Err(metadata(400, "autoDelete must be DELETE or NO_DELETE")),
    }
}

/// Why an attribute cannot be.
fn flaw(world: &World, name: &str, value: &str) -> Option<String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if world.exceeds(name.chars().count(), MAX_KEY) {
        Some(format!("properties key '{name}' is exceeding maximum limit {MAX_KEY}"))
    } else if name.is_empty() || !name.chars().all(legal) {
        Some(format!("properties key '{name}' is illegal"))
    } else if world.exceeds(value.chars().count(), MAX_VALUE) {
        Some(format!("properties value of key '{name}' is exceeding maximum limit {MAX_VALUE}"))
    } else {
        None
    }
}

impl World {
    /// The user in lower case, who must be in the room.
    fn attribute_owner(&self, room: &str, username: &str) -> Result<String, Refusal> {
        self.room(room)?;
        match self.is_room_member(room, username) {
            true => Ok(username.to_lowercase()),
            false => Err(metadata(401, "user is not in chatroom")),
        }
    }

    fn set_attributes(
        &mut self,
        room: &str,
        user: &str,
        attributes: BTreeMap<String, String>,
        word: Option<&str>,
        reach: Reach,
    ) -> Result<RoomAttributesOutcome, Refusal> {
        check_batch(self, attributes.len())?;
        let user = self.attribute_owner(room, user)?;
        let auto_delete = auto_delete(word)?;
        let taken = |world: &Self, name: &str| {
            let old = world.room_attributes.get(&key(&[room, name]));
            reach == Reach::Own && old.is_some_and(|a| a.owner != user)
        };
        if !attributes.is_empty() && attributes.keys().all(|name| taken(self, name)) {
            return Err(metadata(400, OTHERS));
        }
        let mut outcome = RoomAttributesOutcome::default();
        for (name, value) in attributes {
            let place = key(&[room, &name]);
            let new = !self.room_attributes.contains(&place);
            let full = new && self.exceeds(self.room_attributes.of(0, room).len() + 1, MAX_ATTRIBUTES);
            let why = match flaw(self, &name, &value) {
                None if taken(self, &name) => Some(OTHERS.to_owned()),
                None if full => Some(format!("properties are exceeding maximum limit {MAX_ATTRIBUTES}")),
                flaw => flaw,
            };
            if let Some(why) = why {
                outcome.error_keys.insert(name, why);
                continue;
            }
            self.room_attributes.insert(place, RoomAttribute { value, owner: user.clone(), auto_delete });
            outcome.success_keys.push(name);
        }
        Ok(outcome)
    }

    fn delete_attributes(&mut self, room: &str, names: &[String], of: Option<&str>) -> RoomAttributesOutcome {
        let mut outcome = RoomAttributesOutcome::default();
        for name in names {
            let why = match self.room_attributes.get(&key(&[room, name])) {
                None => format!("properties key '{name}' does not exist"),
                Some(a) if of.is_some_and(|user| user != a.owner) => "others are not allowed to be deleted".to_owned(),
                Some(_) => {
                    self.room_attributes.remove(&key(&[room, name]));
                    outcome.success_keys.push(name.clone());
                    continue;
                }
            };
            outcome.error_keys.insert(name.clone(), why);
        }
        outcome
    }
}

/// What is said of a key that is another user's.
const OTHERS: &str = "others are not allowed to be set";

fn check_batch(world: &World, keys: usize) -> Result<(), Refusal> {
    match world.exceeds(keys, MAX_KEYS) {
        true => Err(metadata(400, format!("exceed allowed batch size {MAX_KEYS}"))),
        false => Ok(()),
    }
}

/// These calls print a URL that ends before the room.
fn short_uri(call: &mut Call) {
    let uri = format!("{}/metadata/chatroom", call.base);
    call.member("uri", uri);
}

impl Handle<attributes::Set> for World {
    fn handle(&mut self, r: attributes::Set, call: &mut Call) -> Result<RoomAttributesOutcome, Refusal> {
        short_uri(call);
        self.set_attributes(&r.chatroom_id, &r.username, r.meta_data, r.auto_delete.as_deref(), Reach::Own)
    }
}

impl Handle<attributes::SetForced> for World {
    fn handle(&mut self, r: attributes::SetForced, call: &mut Call) -> Result<RoomAttributesOutcome, Refusal> {
        short_uri(call);
        self.set_attributes(&r.chatroom_id, &r.username, r.meta_data, r.auto_delete.as_deref(), Reach::All)
    }
}

impl Handle<attributes::Get> for World {
    fn handle(&mut self, r: attributes::Get, call: &mut Call) -> Result<BTreeMap<String, String>, Refusal> {
        short_uri(call);
        self.room(&r.chatroom_id)?;
        let keys = r.keys.unwrap_or_default();
        let wanted = |name: &str| keys.is_empty() || keys.iter().any(|k| k == name);
        let rows = self.room_attributes.under(&[&r.chatroom_id]).filter(|(k, _)| wanted(last(k)));
        Ok(rows.map(|(k, a)| (last(k).to_owned(), a.value.clone())).collect())
    }
}

impl Handle<attributes::Delete> for World {
    fn handle(&mut self, r: attributes::Delete, call: &mut Call) -> Result<RoomAttributesOutcome, Refusal> {
        let keys = r.keys.unwrap_or_default();
        check_batch(self, keys.len())?;
        let user = self.attribute_owner(&r.chatroom_id, &r.username)?;
        short_uri(call);
        call.member("status", json!("ok"));
        Ok(self.delete_attributes(&r.chatroom_id, &keys, Some(&user)))
    }
}

impl Handle<attributes::DeleteForced> for World {
    fn handle(&mut self, r: attributes::DeleteForced, call: &mut Call) -> Result<RoomAttributesOutcome, Refusal> {
        let keys = r.keys.unwrap_or_default();
        check_batch(self, keys.len())?;
        self.room(&r.chatroom_id)?;
        short_uri(call);
        Ok(self.delete_attributes(&r.chatroom_id, &keys, None))
    }
}
