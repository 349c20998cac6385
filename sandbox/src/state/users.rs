//! Users, tokens, global mutes.

use serde::{Deserialize, Serialize};

/// A registered user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// The user ID, in lower case.
    pub username: String,
    /// The UUID.
    pub uuid: String,
    /// The number of the registration.
    pub number: u64,
    /// When, in Unix milliseconds.
    pub created: u64,
    /// When last changed, in Unix milliseconds.
    pub modified: u64,
    /// Whether the user may log in.
    pub activated: bool,
    /// The password.
    pub password: Option<String>,
    /// The name that push notifications show.
    pub nickname: Option<String>,
    /// The devices that are online: resource ID, UUID, name.
    pub devices: Vec<Device>,
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
