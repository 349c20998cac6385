//! Whether users are online. Older than the presence service.

use crate::{endpoint, group};
use std::collections::BTreeMap;

group! {
    "users.status", "https://docs.agora.io/en/agora-chat/restful-api/user-system-registration":
    Get, GetMany
}

/// Tells whether a user is online: the user ID with `online` or `offline`.
#[endpoint(GET "/users/{username}/status", data = BTreeMap<String, String>, limit = "100/s")]
pub struct Get {
    /// The user ID.
    pub username: String,
}

/// Tells who of up to 100 users is online: for each, in order, the user ID with `online` or `offline`.
///
/// User IDs are not checked: an unknown user is `offline`.
#[endpoint(
    POST "/users/batch/status", data = Vec<BTreeMap<String, String>>, limit = "50/s",
    batch(usernames, 100), envelope = minimal, safe
)]
pub struct GetMany {
    /// The user IDs.
    #[limits(min = 1, max = 100)]
    pub usernames: Vec<String>,
}
