//! Groups, their members, their files.

use super::blob::Blob;
use serde::{Deserialize, Serialize};

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Group {
    /// The group ID.
    pub id: String,
    /// The number of the creation.
    pub number: u64,
    /// The name.
    pub name: String,
    /// The URL of the picture.
    pub avatar: Option<String>,
    /// What it is about.
    pub description: String,
    /// Whether it can be found.
    pub public: bool,
    /// Whether a request to join needs approval.
    pub membersonly: bool,
    /// Whether ordinary members may invite others.
    pub allowinvites: bool,
    /// Whether an invited user must accept before joining.
    pub invite_need_confirm: bool,
    /// How many members it may have, the owner included.
    pub maxusers: u32,
    /// The user ID of the owner.
    pub owner: String,
    /// When it was created, in Unix milliseconds.
    pub created: u64,
    /// When it was last changed, in Unix milliseconds.
    pub modified: u64,
    /// Data of the app's own.
    pub custom: String,
    /// Whether all members are muted.
    pub mute: bool,
    /// Whether it is banned.
    pub disabled: bool,
    /// The announcement.
    pub announcement: String,
}

/// That a user is a member of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Member {
    /// The number of the joining.
    pub number: u64,
    /// When, in Unix milliseconds.
    pub joined: u64,
}

/// A file that the members of a group share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupFile {
    /// The number of the upload.
    pub number: u64,
    /// The name.
    pub name: String,
    /// Who uploaded it.
    pub owner: String,
    /// When, in Unix milliseconds.
    pub created: u64,
    /// The media type.
    pub content_type: Option<String>,
    /// The bytes.
    pub bytes: Blob,
}
