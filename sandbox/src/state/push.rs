//! Push notifications: what users set, templates, devices, labels, tasks.

use serde::{Deserialize, Serialize};

/// What a user has set for all pushes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushUser {
    /// 0 or 1.
    pub display_style: Option<u32>,
    /// Whether there are daily quiet hours.
    pub no_disturbing: Option<bool>,
    /// The hour at which they begin.
    pub no_disturbing_start: Option<u32>,
    /// The hour at which they end.
    pub no_disturbing_end: Option<u32>,
    /// The language of pushes.
    pub language: String,
    /// The template for pushes.
    pub template: String,
}

/// What a user has set for the app or for one conversation: the row's key is user, kind of conversation, conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushSetting {
    /// `DEFAULT`, `ALL`, `AT` or `NONE`; nothing if it was never set.
    pub mode: Option<String>,
    /// The daily quiet time, `HH:MM-HH:MM`.
    pub ignore_interval: String,
    /// When the one-time quiet time ends, in Unix milliseconds; 0 for none.
    pub ignore_until: u64,
}

/// A push template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushTemplate {
    /// The title.
    pub title_pattern: String,
    /// The content.
    pub content_pattern: String,
    /// When it was created, in Unix milliseconds.
    pub created: u64,
    /// When it was changed, in Unix milliseconds.
    pub updated: u64,
}

/// A push label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushLabel {
    /// The name as it was given.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// When it was created, in Unix milliseconds.
    pub created: u64,
    /// The number of its making, for listing.
    pub number: u64,
}

/// A user of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushLabelUser {
    /// The number of the joining, for listing.
    pub number: u64,
    /// When, in Unix milliseconds.
    pub created: u64,
}

/// A push task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushTask {
    /// When it was created, in Unix milliseconds.
    pub created: u64,
    /// When it starts, in Unix milliseconds.
    pub starts: u64,
    /// The labels it is for; none for every user.
    pub labels: Vec<String>,
}
