//! Who is in a thread.

use crate::{api::threads::ThreadDone, endpoint, group, model};

group! {
    "threads.members", "https://docs.agora.io/en/agora-chat/restful-api/thread-management/manage-thread-members":
    List, Add, Remove
}

/// Lists the user IDs of a thread's members.
///
/// The last page still carries a cursor; it holds fewer members than asked for, or none.
#[endpoint(
    GET "/thread/{thread_id}/users", at("data.affiliations") = Vec<String>, cursor(limit, cursor, "properties.cursor"),
    limit = "100/s", users(member)
)]
pub struct List {
    /// The thread.
    pub thread_id: String,
    /// How many members a page holds.
    #[limits(min = 1, max = 50, default = 50)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// Adds up to 10 users to a thread.
#[endpoint(
    POST "/thread/{thread_id}/users", data = ThreadDone, limit = "100/s", batch(usernames, 10), safe, users(admin)
)]
pub struct Add {
    /// The thread.
    pub thread_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 10)]
    pub usernames: Vec<String>,
}

/// Removes up to 10 members from a thread. The answer tells for each whether it was done.
#[endpoint(
    DELETE "/thread/{thread_id}/users", entities = Vec<ThreadRemoval>, limit = "100/s", batch(usernames, 10, results),
    forms("DELETE /threads/{thread_id}/users"), users(admin)
)]
pub struct Remove {
    /// The thread.
    pub thread_id: String,
    /// The user IDs.
    #[body]
    #[limits(min = 1, max = 10)]
    pub usernames: Vec<String>,
}

/// Whether a member was removed from a thread.
#[model]
pub struct ThreadRemoval {
    /// Whether it was done.
    pub result: bool,
    /// The user ID.
    pub user: String,
}
