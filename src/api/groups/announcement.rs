//! The announcement of a group.

use crate::{endpoint, group, model};

group! {
    "groups.announcement",
    "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-announcement-files":
    Get, Set
}

/// Fetches a group's announcement.
#[endpoint(GET "/chatgroups/{group_id}/announcement", data = GroupAnnouncement, limit = "100/s", users(member))]
pub struct Get {
    /// The group.
    pub group_id: String,
}

/// Sets a group's announcement.
#[endpoint(
    POST "/chatgroups/{group_id}/announcement", data = GroupAnnouncementSet, limit = "100/s", safe, users(admin)
)]
pub struct Set {
    /// The group.
    pub group_id: String,
    /// The text.
    #[limits(max = 512)]
    pub announcement: String,
}

/// The announcement of a group.
#[model]
pub struct GroupAnnouncement {
    /// The text; what the platform answers before one was set is not documented.
    pub announcement: Option<String>,
}

/// Whether a group's announcement was set.
#[model]
pub struct GroupAnnouncementSet {
    /// The group ID.
    pub id: String,
    /// Whether it was set.
    pub result: bool,
}
