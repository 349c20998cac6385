//! Chat rooms.

use crate::table::{key, most};
use serde::{Deserialize, Serialize};

/// A chat room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Room {
    /// The ID.
    pub id: String,
    /// The number of the creation.
    pub number: u64,
    /// The name.
    pub name: String,
    /// The description.
    pub description: String,
    /// The owner's user ID.
    pub owner: String,
    /// How many members it may have, with its owner.
    pub maxusers: u32,
    /// The text that is kept with it.
    pub custom: String,
    /// When it was created, in Unix milliseconds.
    pub created: u64,
    /// The announcement.
    pub announcement: String,
    /// Whether the whole room is muted.
    pub muted: bool,
}

/// A member of a chat room, its owner among them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomMember {
    /// The number of the joining.
    pub number: u64,
    /// The tags.
    pub tags: Vec<String>,
}

/// What a chat room holds against a user, member or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomMark {
    /// Whether the user is on the block list.
    pub blocked: bool,
    /// Until when the user is muted, in Unix milliseconds; `u64::MAX` is for ever, 0 not at all.
    pub muted: u64,
}

/// An attribute of a chat room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomAttribute {
    /// The value.
    pub value: String,
    /// The user ID of who owns it.
    pub owner: String,
    /// Whether it goes when its owner leaves the room.
    pub auto_delete: bool,
}

impl RoomAttribute {
    /// The member with whom it goes, as the key of the membership, by its own key; nobody's stays.
    pub(crate) fn goes_with(&self, at: &str) -> String {
        if self.auto_delete { key(&[most(at), &self.owner]) } else { String::new() }
    }
}
