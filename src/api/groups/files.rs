//! The files that the members of a group share.

use crate::{endpoint, group, model, shape::File};

group! {
    "groups.files",
    "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-announcement-files":
    List, Upload, Download, Delete
}

/// Lists a group's files, the newest first.
///
/// The answer tells no total: a page with fewer entries than asked for is the last.
#[endpoint(
    GET "/chatgroups/{group_id}/share_files", data = Vec<GroupFile>, pages(pagenum, pagesize, 1), limit = "100/s",
    users(member)
)]
pub struct List {
    /// The group.
    pub group_id: String,
    /// The page, from 1.
    #[limits(min = 1, default = 1)]
    pub pagenum: Option<u32>,
    /// How many files a page holds; a larger size gives 1000.
    #[limits(min = 1, max = 1000, default = 1000)]
    pub pagesize: Option<u32>,
}

/// Uploads a file to a group: at most 10 MB, and at most 10,000 files in a group.
///
/// The platform keeps files for 7 days, unless the app has another agreement.
#[endpoint(POST "/chatgroups/{group_id}/share_files", data = UploadedGroupFile, limit = "100/s", users(member))]
pub struct Upload {
    /// The group.
    pub group_id: String,
    /// Whether only members can see the file. Older pages of Easemob alone document it.
    #[header("restrict-access")]
    pub restrict_access: Option<bool>,
    /// The file.
    #[file]
    pub file: File,
}

/// Downloads a file of a group.
#[endpoint(GET "/chatgroups/{group_id}/share_files/{file_id}", bytes, limit = "100/s", envelope = bare, users(member))]
pub struct Download {
    /// The group.
    pub group_id: String,
    /// The file, as `groups.files.list` and `groups.files.upload` name it.
    pub file_id: String,
}

/// Deletes a file of a group.
#[endpoint(
    DELETE "/chatgroups/{group_id}/share_files/{file_id}", data = DeletedGroupFile, limit = "100/s", users(admin)
)]
pub struct Delete {
    /// The group.
    pub group_id: String,
    /// The file.
    pub file_id: String,
}

/// A file of a group.
#[model]
pub struct GroupFile {
    /// The file ID.
    pub file_id: String,
    /// The file's name.
    pub file_name: String,
    /// The user who uploaded it.
    pub file_owner: String,
    /// The size in bytes.
    pub file_size: u64,
    /// When it was uploaded, in Unix milliseconds.
    pub created: u64,
}

/// A file that was uploaded to a group.
#[model]
pub struct UploadedGroupFile {
    /// Where it can be downloaded.
    pub file_url: String,
    /// The group ID.
    pub group_id: String,
    /// The file's name, perhaps in lower case.
    pub file_name: String,
    /// When it was uploaded, in Unix milliseconds.
    pub created: u64,
    /// The file ID.
    pub file_id: String,
    /// The size in bytes.
    pub file_size: u64,
}

/// A file of a group that was deleted.
#[model]
pub struct DeletedGroupFile {
    /// The group ID.
    pub group_id: String,
    /// The file ID.
    pub file_id: String,
    /// Whether it was deleted.
    pub result: bool,
}
