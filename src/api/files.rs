//! Files that messages refer to.

use crate::{
    endpoint, group, model,
    shape::{File, Secret},
};
use std::collections::BTreeMap;

group! {
    "files", "https://docs.agora.io/en/agora-chat/restful-api/message-management":
    Upload, DownloadThumbnail, Download, SetLifetime
}

/// Uploads a file, to be referred to in a message.
///
/// A message's `url` is the answer's `uri` and the file's `uuid` with `/` between, its `secret` the file's `share-secret`.
/// A file may hold 10 MB, with Agora up to 200 MB if set in the console, and is kept for 7 days unless set otherwise.
/// The platform makes thumbnails of images, and none of videos.
#[endpoint(POST "/chatfiles", body = Uploaded, limit = "100/s", users(any))]
pub struct Upload {
    /// The file.
    #[file]
    pub file: File,
    /// The file's name, as a part of its own. No page documents it; the official Java SDK sends it.
    #[part]
    pub filename: Option<String>,
    /// Whether downloads need the `share-secret`. Easemob enables it on request.
    #[header("restrict-access")]
    pub restrict_access: Option<bool>,
    /// The thumbnail's height in pixels, for images above 10 KB; smaller ones are their own thumbnail.
    #[header("thumbnail-height")]
    #[easemob(part)]
    #[limits(min = 1, default = 170)]
    pub thumbnail_height: Option<u32>,
    /// The thumbnail's width in pixels, for images above 10 KB; smaller ones are their own thumbnail.
    #[header("thumbnail-width")]
    #[easemob(part)]
    #[limits(min = 1, default = 170)]
    pub thumbnail_width: Option<u32>,
}

/// Downloads the thumbnail of an image.
#[endpoint(GET "/chatfiles/{file_uuid}", bytes, limit = "100/s", constant(header thumbnail = "true"), users(everybody))]
pub struct DownloadThumbnail {
    /// The file's UUID.
    pub file_uuid: String,
    /// The file's `share-secret`; needed if it was uploaded with `restrict-access`.
    #[header("share-secret")]
    pub share_secret: Option<Secret>,
}

/// Downloads a file.
///
/// Browsers and receivers of callbacks may put the `share-secret` into the query instead.
#[endpoint(GET "/chatfiles/{file_uuid}", bytes, limit = "100/s", users(everybody))]
pub struct Download {
    /// The file's UUID.
    pub file_uuid: String,
    /// The file's `share-secret`; needed if it was uploaded with `restrict-access`.
    #[header("share-secret")]
    pub share_secret: Option<Secret>,
}

/// Sets how long files that a user sent are kept: each file's UUID with `success`.
///
/// Easemob enables it on request.
#[endpoint(
    PUT "/users/{username}/chatfiles/lifetime", data = BTreeMap<String, String>, limit = "100/s",
    batch(chatfile_ids, 100),
    only = easemob, forms("POST /users/{username}/chatfiles/lifetime"),
    docs = "https://doc.easemob.com/document/server-side/message_attachment_storage.html", users("username")
)]
pub struct SetLifetime {
    /// The user who sent them.
    #[limits(min = 1, max = 64)]
    pub username: String,
    /// How long.
    pub lifetime: FileLifetime,
    /// The files' UUIDs.
    #[limits(min = 1, max = 100)]
    pub chatfile_ids: Vec<String>,
}

/// What was uploaded, and where it is.
#[model]
pub struct Uploaded {
    /// What files' addresses begin with: put `/` and the `uuid` behind it.
    pub uri: String,
    /// The file, in a list of one.
    pub entities: Vec<ChatFile>,
}

/// An uploaded file.
#[model]
pub struct ChatFile {
    /// The file's UUID.
    pub uuid: String,
    /// Always `chatfile`.
    #[wire("type")]
    pub kind: String,
    /// What a download needs if the file was uploaded with `restrict-access`.
    #[wire("share-secret")]
    pub share_secret: Secret,
}

/// How long a file is kept.
#[model]
pub enum FileLifetime {
    /// For as long as is set for the app.
    Default,
    /// For as long again, from now.
    Refresh,
    /// For ever.
    Forever,
}
