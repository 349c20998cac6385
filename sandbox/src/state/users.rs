//! Users, tokens, global mutes.

use crate::ids::Ids;
use serde::{Deserialize, Serialize};

/// A registered user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// The number of the registration; the UUID is that of the next.
    pub number: u64,
    /// When, in Unix milliseconds.
    pub created: u64,
    /// When last changed, in Unix milliseconds.
    pub modified: u64,
    /// Whether the user may log in.
    pub activated: bool,
    /// The password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Box<str>>,
    /// The name that push notifications show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<Box<str>>,
    /// The devices that are online: resource ID, UUID, name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Device>,
}

impl User {
    /// The UUID.
    #[must_use]
    pub fn uuid(&self) -> String {
        Ids::uuid(self.number.wrapping_add(1))
    }
}

/// A device that is online.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Device {
    /// The resource ID.
    pub res: String,
    /// The UUID.
    pub device_uuid: String,
    /// The name.
    pub device_name: String,
}

/// An opaque token: whose, and until when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Token {
    /// The user, or nobody for an app token.
    pub user: Option<String>,
    /// When it ends, in Unix milliseconds; never if absent.
    pub expires: Option<u64>,
}

/// Until when a user is muted, in Unix milliseconds; `u64::MAX` is for ever. A mute that is over or lifted stays noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mutes {
    /// In one-to-one chats.
    pub chat: Option<u64>,
    /// In groups.
    pub groupchat: Option<u64>,
    /// In chat rooms.
    pub chatroom: Option<u64>,
}
