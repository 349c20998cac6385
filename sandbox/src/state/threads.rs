//! Threads.

use serde::{Deserialize, Serialize};

/// A thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thread {
    /// Its name.
    pub name: String,
    /// Who created it.
    pub owner: String,
    /// The message it is below.
    pub msg_id: String,
    /// The group it is in.
    pub group_id: String,
    /// When it was created, in Unix milliseconds.
    pub created: u64,
    /// The number of its making, for listing.
    pub number: u64,
}

/// A member of a thread: the row's key is thread and user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadMember {
    /// The number of the joining, by which the thread lists its members.
    pub number: u64,
    /// The number by which the user's threads are listed: of the thread's making or of the joining.
    pub listed: u64,
    /// The thread's group.
    pub group: String,
}
