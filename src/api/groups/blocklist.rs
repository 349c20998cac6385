//! The block list of a group: who was put out and may not come back.

use crate::{api::groups::GroupUserOutcome, endpoint, group};

group! {
    "groups.blocklist", "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-blocklist":
    List, Add, AddMany, Remove, RemoveMany
}

/// Lists the user IDs on a group's block list, the latest blocked first.
///
/// Without size and cursor Agora answers up to 500 at once. Easemob documents neither.
#[endpoint(
    GET "/chatgroups/{group_id}/blocks/users", data = Vec<String>, cursor(pageSize, cursor, "cursor"), limit = "100/s",
    users(admin)
)]
pub struct List {
    /// The group.
    pub group_id: String,
    /// How many users a page holds.
    #[wire("pageSize")]
    #[limits(max = 50)]
    pub page_size: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// Blocks a member: taken out of the group, the user can neither see nor receive its messages.
///
/// The owner cannot be blocked.
#[endpoint(
    POST "/chatgroups/{group_id}/blocks/users/{username}", data = GroupUserOutcome, limit = "100/s", safe, users(admin)
)]
pub struct Add {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
}

/// Blocks up to 60 members; see [`Add`].
///
/// Those who cannot be blocked are reported one by one; it is an error only if none is a member.
#[endpoint(
    POST "/chatgroups/{group_id}/blocks/users", data = Vec<GroupUserOutcome>, one_or_many, limit = "100/s",
    batch(usernames, 60, results), safe, users(admin)
)]
pub struct AddMany {
    /// The group.
    pub group_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Takes a user off a group's block list. The user is no member again by that.
#[endpoint(
    DELETE "/chatgroups/{group_id}/blocks/users/{username}", data = GroupUserOutcome, limit = "100/s", users(admin)
)]
pub struct Remove {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
}

/// Takes up to 60 users off a group's block list. They are no members again by that.
///
/// Those who cannot be taken off are reported one by one; it is an error only if none is on the list.
#[endpoint(
    DELETE "/chatgroups/{group_id}/blocks/users/{usernames}", data = Vec<GroupUserOutcome>, one_or_many, limit = "100/s",
    batch(usernames, 60, results), users(admin)
)]
pub struct RemoveMany {
    /// The group.
    pub group_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}
