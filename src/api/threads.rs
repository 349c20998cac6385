//! Threads: conversations below one message of a group.

use crate::{endpoint, group, model, shape::Scalar};

pub mod members;

group! {
    "threads", "https://docs.agora.io/en/agora-chat/restful-api/thread-management/create-delete-retrieve-threads":
    Create, Update, Delete, List, ListByUser, ListByUserInGroup
}

/// Creates a thread below a group message.
///
/// A message has at most one, and a message in a thread none. An app has at most 100,000, and so has a user.
#[endpoint(POST "/thread", data = NewThread, limit = "100/s", users("owner"))]
pub struct Create {
    /// The group.
    pub group_id: Scalar,
    /// The thread's name.
    #[limits(max = 64)]
    pub name: String,
    /// The message. Most IDs have too many digits for a JavaScript number: send a text.
    pub msg_id: Scalar,
    /// Who owns the thread: a member of the group.
    pub owner: String,
}

/// Renames a thread. Nothing else of it can be changed.
#[endpoint(PUT "/thread/{thread_id}", data = ThreadName, limit = "100/s", users(admin))]
pub struct Update {
    /// The thread.
    pub thread_id: String,
    /// The new name.
    #[limits(max = 64)]
    pub name: String,
}

/// Deletes a thread. The threads of a group are deleted with it.
#[endpoint(DELETE "/thread/{thread_id}", data = ThreadDone, limit = "100/s", users(admin))]
pub struct Delete {
    /// The thread.
    pub thread_id: String,
}

/// Lists the IDs of the app's threads.
///
/// The last page still carries a cursor; it holds fewer threads than asked for, or none.
#[endpoint(GET "/thread", entities = Vec<ThreadId>, cursor(limit, cursor, "properties.cursor"), limit = "100/s")]
pub struct List {
    /// How many threads a page holds.
    #[limits(min = 1, max = 50, default = 50)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
    /// The order in time of creation; `desc` by default.
    pub sort: Option<ThreadSort>,
}

/// Lists the threads that a user has joined.
///
/// The last page still carries a cursor; it holds fewer threads than asked for, or none.
#[endpoint(
    GET "/threads/user/{username}", entities = Vec<Thread>, cursor(limit, cursor, "properties.cursor"), limit = "100/s",
    users("username")
)]
pub struct ListByUser {
    /// The user ID.
    pub username: String,
    /// How many threads a page holds.
    #[limits(min = 1, max = 50, default = 50)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
    /// The order in time: of creation at Agora, of joining at Easemob; `desc` by default.
    pub sort: Option<ThreadSort>,
}

/// Lists the threads of a group that a user has joined.
///
/// The last page still carries a cursor; it holds fewer threads than asked for, or none.
#[endpoint(
    GET "/threads/chatgroups/{group_id}/user/{username}", entities = Vec<Thread>,
    cursor(limit, cursor, "properties.cursor"), limit = "100/s", users("username")
)]
pub struct ListByUserInGroup {
    /// The group.
    pub group_id: Scalar,
    /// The user ID.
    pub username: String,
    /// How many threads a page holds.
    #[limits(min = 1, max = 50, default = 50)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
    /// The order in time: of creation at Agora, of joining at Easemob; `desc` by default.
    pub sort: Option<ThreadSort>,
}

/// An order in time.
#[model]
pub enum ThreadSort {
    /// The newest first.
    #[wire("desc")]
    Descending,
    /// The oldest first.
    #[wire("asc")]
    Ascending,
}

/// A thread that was created.
#[model]
pub struct NewThread {
    /// Its ID.
    pub thread_id: String,
}

/// A thread's name.
#[model]
pub struct ThreadName {
    /// The name it has now.
    pub name: String,
}

/// A thread by its ID alone.
#[model]
pub struct ThreadId {
    /// Its ID.
    pub id: String,
}

/// A thread.
#[model]
pub struct Thread {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who owns it: the user who created it.
    pub owner: String,
    /// The message it is below.
    #[wire("msgId")]
    pub msg_id: String,
    /// The group it is in.
    #[wire("groupId")]
    pub group_id: String,
    /// When it was created, in Unix milliseconds.
    pub created: u64,
}

/// That it was done.
#[model]
pub struct ThreadDone {
    /// `ok`.
    pub status: String,
}
