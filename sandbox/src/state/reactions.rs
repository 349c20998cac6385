//! Reactions to messages.

use serde::{Deserialize, Serialize};

/// One reaction to a message, by however many users: the row's key is message and emoji.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reaction {
    /// Its ID.
    pub id: String,
    /// The number of its making, for listing.
    pub number: u64,
    /// When the first user added it, in Unix milliseconds.
    pub created: u64,
    /// When it last changed, in Unix milliseconds.
    pub updated: u64,
}
