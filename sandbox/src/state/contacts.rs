//! Contacts.

use serde::{Deserialize, Serialize};

/// What a user keeps about a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The number by which the contact stands in the list of the latest.
    pub number: u64,
    /// What the user noted.
    pub remark: Option<String>,
}
