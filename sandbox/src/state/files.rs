//! Files that were uploaded for messages.

use serde::{Deserialize, Serialize};

/// An uploaded file; its bytes are in a table of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// Its `share-secret`.
    pub secret: String,
    /// Whether downloads need the secret.
    pub restricted: bool,
    /// The width and height of its thumbnail in pixels, where the upload said so.
    pub thumbnail: (Option<u32>, Option<u32>),
    /// When it was uploaded, in Unix milliseconds.
    pub uploaded: u64,
    /// When it ends, in Unix milliseconds; never if absent.
    pub expires: Option<u64>,
}
