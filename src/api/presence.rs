//! Presence: who is online, on which device, and with which status of the user's own making.
//!
//! The platform answers 400 in apps for which presence is not switched on.

use crate::{endpoint, group, model};
use std::collections::BTreeMap;

group! {
    "presence", "https://docs.agora.io/en/agora-chat/restful-api/presence":
    SetStatus, Subscribe, Unsubscribe, ListSubscriptions, GetBatch, CountOnlineInGroup
}

/// Sets a user's status on one device. Answers `ok`.
#[endpoint(
    POST "/users/{username}/presence/{resource}/{status}", result = String, limit = "50/s", envelope = bare, safe,
    users("username")
)]
pub struct SetStatus {
    /// The user ID.
    pub username: String,
    /// The device's resource ID: `{platform}_{resource ID}`, for instance `android_123423453246`.
    pub resource: String,
    /// The status: `0` offline, `1` online, any other number of your own choice.
    pub status: String,
    /// More about the status, in text: at most 1024 bytes.
    #[limits(max = 1024)]
    pub ext: String,
}

/// Subscribes a user to the presence of up to 100 others for a time. Answers their presence.
///
/// Subscribing again replaces the time. A user can subscribe to 3000 others, further ones take the place of those whose
/// time ends first; and can be subscribed to by 3000. Users cannot subscribe to themselves.
#[endpoint(
    POST "/users/{username}/presence/{expiry}", result = Vec<Presence>, limit = "50/s", batch(usernames, 100),
    envelope = bare, safe, users("username")
)]
pub struct Subscribe {
    /// The user who subscribes.
    pub username: String,
    /// For how many seconds; at most 30 days.
    #[limits(max = 2592000)]
    pub expiry: u32,
    /// The users to subscribe to.
    #[limits(min = 1, max = 100)]
    pub usernames: Vec<String>,
}

/// Ends a user's subscriptions to the presence of up to 100 others. Answers `ok`.
#[endpoint(
    DELETE "/users/{username}/presence", result = String, limit = "50/s", batch(usernames, 100), envelope = bare,
    users("username")
)]
pub struct Unsubscribe {
    /// The user who subscribed.
    pub username: String,
    /// The users to unsubscribe from.
    #[whole]
    #[limits(min = 1, max = 100)]
    pub usernames: Vec<String>,
}

/// Lists the users whose presence a user is subscribed to.
#[endpoint(
    GET "/users/{username}/presence/sublist", at("result.sublist") = Vec<PresenceSubscription>,
    pages(pageNum, pageSize, 1), limit = "50/s", envelope = bare, users("username")
)]
pub struct ListSubscriptions {
    /// The user who subscribed.
    pub username: String,
    /// The page, from 1.
    #[wire("pageNum")]
    #[limits(min = 1, default = 1)]
    pub page_num: u32,
    /// How many users a page holds.
    #[wire("pageSize")]
    #[limits(min = 1, max = 500, default = 1)]
    pub page_size: u32,
}

/// Fetches the presence of up to 100 users.
#[endpoint(
    POST "/users/{username}/presence", result = Vec<Presence>, limit = "50/s",
    batch(usernames, 100), envelope = bare, safe, users("username")
)]
pub struct GetBatch {
    /// The user on whose behalf to ask.
    pub username: String,
    /// The users whose presence to fetch.
    #[limits(max = 100)]
    pub usernames: Vec<String>,
}

/// Counts the members of a group who are connected to the platform, whatever status they have set.
///
/// Easemob has to switch it on for the app.
#[endpoint(
    GET "/presence/online/{group_id}/type/{query_type}", result = u64, limit = "100/s", only = easemob, envelope = bare,
    docs = "https://doc.easemob.com/document/server-side/presence.html", users(member)
)]
pub struct CountOnlineInGroup {
    /// The group.
    pub group_id: String,
    /// What it is: 1 a group, 0 a server of a community app.
    #[limits(min = 0, max = 1)]
    pub query_type: u32,
}

/// What is known about a user's presence.
#[model]
pub struct Presence {
    /// The user ID.
    pub uid: String,
    /// When the user was last online, in Unix seconds: digits in a text.
    pub last_time: String,
    /// When the subscription ends, in Unix seconds: digits in a text. Only in the answer to a subscription.
    pub expiry: Option<String>,
    /// What the user tells about the status.
    pub ext: String,
    /// The status by device: `0` offline, `1` online, anything else as the app defines it. An empty one may arrive as `[]`.
    #[serde(serialize_with = "crate::shape::lenient::empty_as_list")]
    pub status: BTreeMap<String, String>,
}

/// A user to whose presence another is subscribed.
#[model]
pub struct PresenceSubscription {
    /// The user ID.
    pub uid: String,
    /// When the subscription ends, in Unix seconds: digits in a text.
    pub expiry: String,
}
