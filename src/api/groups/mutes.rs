//! Mutes in a group: of single members for a time, or of all until lifted.

use crate::{endpoint, group, model};

group! {
    "groups.mutes", "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-mutelist":
    List, Add, Remove, MuteAll, UnmuteAll
}

/// Lists the members of a group that are muted one by one. [`MuteAll`] does not change the list.
#[endpoint(GET "/chatgroups/{group_id}/mute", data = Vec<MutedGroupMember>, limit = "100/s", users(admin))]
pub struct List {
    /// The group.
    pub group_id: String,
}

/// Mutes up to 60 members of a group for a time, in its threads too.
///
/// The owner cannot be muted. A mute outlasts leaving and joining again, and the allow list does not help against it.
#[endpoint(
    POST "/chatgroups/{group_id}/mute", data = Vec<GroupMuteOutcome>, limit = "100/s",
    batch(usernames, 60, results), safe, users(admin)
)]
pub struct Add {
    /// The group.
    pub group_id: String,
    /// For how long, in milliseconds; -1 is for ever, 0 unmutes.
    pub mute_duration: i64,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Unmutes up to 60 members of a group.
#[endpoint(
    DELETE "/chatgroups/{group_id}/mute/{member_id}", data = Vec<GroupMuteOutcome>, limit = "100/s",
    batch(member_id, 60, results), users(admin)
)]
pub struct Remove {
    /// The group.
    pub group_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub member_id: Vec<String>,
}

/// Mutes all members of a group until [`UnmuteAll`]. The owner, the admins and the allow list can still send.
#[endpoint(POST "/chatgroups/{group_id}/ban", data = GroupMute, limit = "100/s", safe, users(admin))]
pub struct MuteAll {
    /// The group.
    pub group_id: String,
}

/// Lifts [`MuteAll`]. Who was muted alone stays muted.
#[endpoint(
    DELETE "/chatgroups/{group_id}/ban", data = GroupMute, limit = "100/s", forms("PUT /chatgroups/{group_id}/ban"),
    users(admin)
)]
pub struct UnmuteAll {
    /// The group.
    pub group_id: String,
}

/// A muted member of a group.
#[model]
pub struct MutedGroupMember {
    /// When the mute ends, in Unix milliseconds.
    pub expire: i64,
    /// The user ID.
    pub user: String,
}

/// What became of muting or unmuting one member of a group.
#[model]
pub struct GroupMuteOutcome {
    /// Whether it was done.
    pub result: bool,
    /// When the mute ends, in Unix milliseconds; absent after unmuting.
    pub expire: Option<i64>,
    /// The user ID.
    pub user: String,
}

/// Whether all members of a group are muted.
#[model]
pub struct GroupMute {
    /// Whether all members are muted.
    pub mute: bool,
}
