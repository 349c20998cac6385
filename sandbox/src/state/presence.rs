//! Presence.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The status that a user has set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Presence {
    /// When it was last set, in Unix seconds.
    pub last_time: u64,
    /// More about it.
    pub ext: String,
    /// The status by device.
    pub status: BTreeMap<String, String>,
}
