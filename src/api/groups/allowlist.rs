//! The allow list of a group: who may send while all members are muted.

use crate::{api::groups::GroupUserOutcome, endpoint, group};

group! {
    "groups.allowlist", "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-allowlist":
    List, Add, AddMany, Remove
}

/// Lists the user IDs on a group's allow list.
#[endpoint(GET "/chatgroups/{group_id}/white/users", data = Vec<String>, limit = "100/s", users(admin))]
pub struct List {
    /// The group.
    pub group_id: String,
}

/// Puts a member on a group's allow list. One who is muted alone stays muted.
#[endpoint(
    POST "/chatgroups/{group_id}/white/users/{username}", data = GroupUserOutcome, limit = "100/s", safe, users(admin)
)]
pub struct Add {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
}

/// Puts up to 60 members on a group's allow list. Those who cannot be are reported one by one.
#[endpoint(
    POST "/chatgroups/{group_id}/white/users", data = Vec<GroupUserOutcome>, limit = "100/s",
    batch(usernames, 60, results), safe, users(admin)
)]
pub struct AddMany {
    /// The group.
    pub group_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Takes up to 60 members off a group's allow list. Those who cannot be are reported one by one.
#[endpoint(
    DELETE "/chatgroups/{group_id}/white/users/{username}", data = Vec<GroupUserOutcome>, one_or_many, limit = "100/s",
    batch(username, 60, results), users(admin)
)]
pub struct Remove {
    /// The group.
    pub group_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub username: Vec<String>,
}
