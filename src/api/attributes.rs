//! User attributes: a user's profile, as names with texts.

use crate::{endpoint, group};
use std::collections::BTreeMap;

group! {
    "attributes", "https://docs.agora.io/en/agora-chat/restful-api/user-attributes-management":
    Set, Get, GetBatch, Delete, GetCapacity
}

/// Sets attributes of a user. Answers those that it set.
///
/// A user's attributes take 2 KB in all, an app's 10 GB; beyond that the platform answers 403 `FORBIDDEN`.
#[endpoint(
    PUT "/metadata/user/{username}", data = BTreeMap<String, String>, limit = "100/s", envelope = metadata, form,
    users("username")
)]
pub struct Set {
    /// The user ID.
    pub username: String,
    /// The attributes, by name.
    ///
    /// Names are free, but client SDKs know these, with their longest texts in characters: `nickname` (64), `avatarurl`
    /// (256), `phone` (32), `mail` (64), `gender` (`1` male, `2` female, `0` unknown), `sign` (256), `birth` (64), `ext`.
    #[whole]
    pub attributes: BTreeMap<String, String>,
}

/// Fetches all attributes of a user, by name. An unknown user has none.
#[endpoint(
    GET "/metadata/user/{username}", data = BTreeMap<String, String>, limit = "100/s", envelope = metadata,
    users("username")
)]
pub struct Get {
    /// The user ID.
    pub username: String,
}

/// Fetches some attributes of up to 100 users: for each user ID the attributes by name.
#[endpoint(
    POST "/metadata/user/get", data = BTreeMap<String, BTreeMap<String, String>>, limit = "100/s", batch(targets, 100),
    envelope = metadata, safe, users(any)
)]
pub struct GetBatch {
    /// The user IDs.
    #[limits(max = 100)]
    pub targets: Vec<String>,
    /// The names of the attributes to fetch.
    pub properties: Vec<String>,
}

/// Deletes all attributes of a user. Answers `true`, also when there were none.
///
/// There is no call that deletes a single attribute.
#[endpoint(DELETE "/metadata/user/{username}", data = bool, limit = "100/s", envelope = metadata, users("username"))]
pub struct Delete {
    /// The user ID.
    pub username: String,
}

/// Tells how many bytes the attributes of all users of the app take.
#[endpoint(GET "/metadata/user/capacity", data = u64, limit = "100/s", envelope = metadata)]
pub struct GetCapacity {}
