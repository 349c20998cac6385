//! Push labels: named sets of users, to push to.

use crate::{endpoint, group, model};
use std::collections::BTreeMap;

group! {
    "push.labels", "https://docs.agora.io/en/agora-chat/restful-api/push-notification-management":
    Create, Get, List, Delete, AddUsers, GetUser, ListUsers, RemoveUsers
}

/// Creates a label: at most 100 in an app.
#[endpoint(POST "/push/label", data = PushLabel, limit = "100/s", easemob_limit = "10/s", pool = "push.labels", envelope = push)]
pub struct Create {
    /// The name, unique in the app: letters, digits, `_`, `-` and `.`. Agora takes `Aa` and `aa` for one label,
    /// Easemob for two.
    #[limits(max = 64)]
    pub name: String,
    /// What the label is for.
    #[limits(max = 255)]
    pub description: Option<String>,
}

/// Fetches a label with the number of its users.
#[endpoint(GET "/push/label/{labelname}", data = PushLabel, limit = "100/s", easemob_limit = "10/s", pool = "push.labels", envelope = push)]
pub struct Get {
    /// The label.
    pub labelname: String,
}

/// Lists the app's labels.
#[endpoint(
    GET "/push/label", data = Vec<PushLabel>, cursor(limit, cursor, "cursor"), limit = "100/s", easemob_limit = "10/s", pool = "push.labels",
    envelope = push
)]
pub struct List {
    /// How many labels a page holds.
    #[limits(min = 1, max = 100, default = 100)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// Deletes a label. Returns `success`.
#[endpoint(DELETE "/push/label/{labelname}", data = String, limit = "100/s", easemob_limit = "10/s", pool = "push.labels", envelope = push)]
pub struct Delete {
    /// The label.
    pub labelname: String,
}

/// Adds up to 100 users to a label, which holds at most 20,000.
///
/// Those that cannot be added are reported in `fail`; the others are added all the same.
#[endpoint(
    POST "/push/label/{labelname}/user", data = PushLabelChange, limit = "100/s", easemob_limit = "30/s", pool = "push.labels",
    batch(usernames, 100, fail), envelope = push, safe
)]
pub struct AddUsers {
    /// The label.
    pub labelname: String,
    /// The user IDs.
    #[limits(min = 1, max = 100)]
    pub usernames: Vec<String>,
}

/// Tells whether a user has a label, and since when.
#[endpoint(
    GET "/push/label/{labelname}/user/{username}", data = PushLabelMembership, limit = "100/s", easemob_limit = "30/s", pool = "push.labels",
    envelope = push
)]
pub struct GetUser {
    /// The label.
    pub labelname: String,
    /// The user ID.
    pub username: String,
}

/// Lists the users of a label.
#[endpoint(
    GET "/push/label/{labelname}/user", data = Vec<PushLabelUser>, cursor(limit, cursor, "cursor"), limit = "100/s", easemob_limit = "30/s",
    pool = "push.labels", envelope = push
)]
pub struct ListUsers {
    /// The label.
    pub labelname: String,
    /// How many users a page holds.
    #[limits(min = 1, max = 100, default = 100)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// Removes up to 100 users from a label.
///
/// Those that cannot be removed are reported in `fail`; the others are removed all the same.
#[endpoint(
    DELETE "/push/label/{labelname}/user", data = PushLabelChange, limit = "100/s", easemob_limit = "30/s", pool = "push.labels",
    batch(usernames, 100, fail), envelope = push
)]
pub struct RemoveUsers {
    /// The label.
    pub labelname: String,
    /// The user IDs.
    #[body]
    #[limits(min = 1, max = 100)]
    pub usernames: Vec<String>,
}

/// A push label.
#[model]
pub struct PushLabel {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// How many users have it; not told when it is created.
    pub count: Option<u64>,
    /// When it was created, in Unix milliseconds.
    #[wire("createdAt")]
    pub created_at: u64,
}

/// A user of a label.
#[model]
pub struct PushLabelUser {
    /// The user ID.
    pub username: String,
    /// When the user got the label, in Unix milliseconds.
    pub created: u64,
}

/// Whether a user has a label: if not, both members are missing.
#[model]
pub struct PushLabelMembership {
    /// The user ID.
    pub username: Option<String>,
    /// When the user got the label, in Unix milliseconds.
    pub created: Option<u64>,
}

/// For whom a label was changed.
#[model]
pub struct PushLabelChange {
    /// The users for whom it was done.
    pub success: Vec<String>,
    /// The users for whom it was not, each with the reason.
    pub fail: BTreeMap<String, String>,
}
