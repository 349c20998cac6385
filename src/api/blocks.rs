//! Block lists: whom a user does not want to hear from.

use crate::{api::users::User, endpoint, group};

group! {
    "blocks", "https://docs.agora.io/en/agora-chat/restful-api/contact-management":
    Add, Remove, List
}

/// Puts users, contacts or strangers, on a user's block list: they can no longer message the user nor ask to be contacts.
///
/// Only one-to-one messages that clients send are stopped, and only towards the user. A blocked contact stays a contact.
/// A block list holds at most 500 users. If one of the users does not exist, the platform answers 404.
#[endpoint(
    POST "/users/{owner_username}/blocks/users", data = Vec<String>, limit = "50/s", batch(usernames, 50), safe,
    users("owner_username")
)]
pub struct Add {
    /// The user who blocks.
    pub owner_username: String,
    /// The users to block.
    #[limits(max = 50)]
    pub usernames: Vec<String>,
}

/// Takes a user off another user's block list. The two are then what they were before: contacts or strangers.
#[endpoint(
    DELETE "/users/{owner_username}/blocks/users/{blocked_username}", entity = User, limit = "50/s",
    users("owner_username")
)]
pub struct Remove {
    /// The user who blocks.
    pub owner_username: String,
    /// The user to unblock.
    pub blocked_username: String,
}

/// Lists the IDs of the users that a user blocks, the latest first.
///
/// Without a page size the answer holds up to 500 users. The `agora` dialect documents no cursor in the answer.
#[endpoint(
    GET "/users/{owner_username}/blocks/users", data = Vec<String>, cursor(pageSize, cursor, "cursor"), limit = "50/s",
    envelope = minimal, users("owner_username")
)]
pub struct List {
    /// The user who blocks.
    pub owner_username: String,
    /// How many users a page holds.
    #[wire("pageSize")]
    #[limits(min = 1, max = 50)]
    pub page_size: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}
