//! The admins of a group: at most 99 beside the owner.

use crate::{endpoint, group, model};

group! {
    "groups.admins", "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-members":
    List, Add, Remove
}

/// Lists the user IDs of a group's admins, without the owner.
#[endpoint(GET "/chatgroups/{group_id}/admin", data = Vec<String>, limit = "100/s", users(member))]
pub struct List {
    /// The group.
    pub group_id: String,
}

/// Makes an ordinary member an admin.
#[endpoint(POST "/chatgroups/{group_id}/admin", data = AddedGroupAdmin, limit = "100/s", safe, users(owner))]
pub struct Add {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub newadmin: String,
}

/// Makes an admin an ordinary member.
#[endpoint(DELETE "/chatgroups/{group_id}/admin/{oldadmin}", data = RemovedGroupAdmin, limit = "100/s", users(owner))]
pub struct Remove {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub oldadmin: String,
}

/// A new admin of a group.
#[model]
pub struct AddedGroupAdmin {
    /// `success`.
    pub result: String,
    /// The user ID.
    pub newadmin: String,
}

/// A former admin of a group.
#[model]
pub struct RemovedGroupAdmin {
    /// `success`.
    pub result: String,
    /// The user ID.
    pub oldadmin: String,
}
