//! Messages that wait for a user.

use crate::{endpoint, group};
use std::collections::BTreeMap;

group! {
    "users.offlineMessages", "https://docs.agora.io/en/agora-chat/restful-api/user-system-registration":
    Count, Status
}

/// Counts the messages that wait for a user: the user ID with the number.
#[endpoint(GET "/users/{owner_username}/offline_msg_count", data = BTreeMap<String, i64>, limit = "100/s")]
pub struct Count {
    /// The user ID.
    pub owner_username: String,
}

/// Tells whether a message has reached a user: the message ID with `delivered` or `undelivered`.
#[endpoint(GET "/users/{username}/offline_msg_status/{msg_id}", data = BTreeMap<String, String>, limit = "100/s")]
pub struct Status {
    /// The user ID.
    pub username: String,
    /// The message ID.
    pub msg_id: String,
}
