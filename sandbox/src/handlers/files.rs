//! Files for messages: uploads, downloads, how long they are kept.

use crate::{
    Call, Handle, Refusal, World,
    ids::Ids,
    state::{blob::Blob, files::StoredFile},
    thumbnail,
};
use agora_chat_admin::{
    Dialect,
    api::files::{self, ChatFile, FileLifetime, Uploaded},
    shape::{Bytes, Secret},
};
use std::collections::BTreeMap;

/// The largest file, in bytes: 10 MB.
const MAX_SIZE: usize = 10 * 1024 * 1024;
/// For how long a file is kept, in milliseconds: 7 days.
const KEPT: u64 = 7 * 24 * 3600 * 1000;
/// The width and height of thumbnails, in pixels.
const THUMBNAIL: u32 = 170;

impl World {
    /// Takes a file out.
    pub(crate) fn forget_file(&mut self, uuid: &str) {
        self.files.remove(uuid);
        self.file_contents.remove(uuid);
    }

    /// A file that is still kept, to someone who knows its secret or needs none.
    fn open(&self, uuid: &str, secret: Option<&str>) -> Result<Bytes, Refusal> {
        let none = || match self.app.dialect {
            Dialect::Agora => Refusal::no_user(),
            Dialect::Easemob => Refusal::new(404, "entity_not_found", "file may not exists"),
        };
        let file = self.files.get(uuid).ok_or_else(none)?;
        if file.expires.is_some_and(|at| at <= self.now()) {
            return Err(match self.app.dialect {
                Dialect::Agora => Refusal::new(404, "file_expired", format!("file {uuid} is expired")),
                Dialect::Easemob => none(),
            });
        }
        if file.restricted && secret != Some(file.secret.as_str()) {
            return Err(Refusal::new(401, "unauthorized", "share-secret is required and must be that of the file"));
        }
        let bytes = self.file_contents.get(uuid).map(|blob| blob.0.clone()).unwrap_or_default();
        Ok(Bytes { bytes, content_type: file.content_type.clone() })
    }
}

/// The secret of a download: in the header, or in the query of an address that was handed on.
fn secret(header: Option<Secret>, call: &Call) -> Option<String> {
    let query = || call.query.iter().find(|(name, _)| name == "share-secret").map(|(_, value)| value.clone());
    header.map(|secret| secret.0).or_else(query)
}

impl Handle<files::Upload> for World {
    fn handle(&mut self, r: files::Upload, call: &mut Call) -> Result<Uploaded, Refusal> {
        let Some(file) = call.file.take() else {
            return Err(Refusal::illegal_argument("the part file is missing"));
        };
        if self.exceeds(file.bytes.len(), MAX_SIZE) {
            return Err(match call.dialect {
                Dialect::Agora => {
                    let text = "the file size exceeds the maximum limit.";
                    Refusal::new(413, "file exceeding maximum limit", text)
                }
                Dialect::Easemob => Refusal::new(413, "Request Entity Too Large", "Request Entity Too Large"),
            });
        }
        let (uuid, now) = (self.uuid(), self.now());
        let secret = Ids::opaque(self.next_number());
        let row = StoredFile {
            name: r.filename.unwrap_or(file.name),
            content_type: file.content_type,
            size: file.bytes.len() as u64,
            secret: secret.clone(),
            restricted: r.restrict_access == Some(true),
            thumbnail: (r.thumbnail_width, r.thumbnail_height),
            uploaded: now,
            expires: Some(now.saturating_add(KEPT)),
        };
        self.files.insert(uuid.clone(), row);
        self.file_contents.insert(uuid.clone(), Blob(file.bytes));
        let uri = format!("{}/chatfiles", call.base);
        let entity = ChatFile { uuid, kind: "chatfile".to_owned(), share_secret: Secret(secret) };
        Ok(Uploaded { uri, entities: vec![entity] })
    }
}

impl Handle<files::Download> for World {
    fn handle(&mut self, r: files::Download, call: &mut Call) -> Result<Bytes, Refusal> {
        self.open(&r.file_uuid, secret(r.share_secret, call).as_deref())
    }
}

impl Handle<files::DownloadThumbnail> for World {
    fn handle(&mut self, r: files::DownloadThumbnail, call: &mut Call) -> Result<Bytes, Refusal> {
        let file = self.open(&r.file_uuid, secret(r.share_secret, call).as_deref())?;
        let (width, height) = self.files.get(&r.file_uuid).map(|row| row.thumbnail).unwrap_or_default();
        let pixels = |asked: Option<u32>| asked.filter(|n| *n > 0).unwrap_or(THUMBNAIL);
        Ok(thumbnail::of(&file.bytes, pixels(width), pixels(height)).unwrap_or(file))
    }
}

impl Handle<files::SetLifetime> for World {
    fn handle(&mut self, r: files::SetLifetime, _: &mut Call) -> Result<BTreeMap<String, String>, Refusal> {
        self.user(&r.username)?;
        if r.chatfile_ids.is_empty() || self.exceeds(r.chatfile_ids.len(), 100) {
            return Err(Refusal::illegal_argument("the number of chatfile_ids must be 1 to 100"));
        }
        let now = self.now();
        let set = |uuid: String| {
            let kept = self.files.get(&uuid).is_some_and(|f| f.expires.is_none_or(|at| at > now));
            let file = if kept { self.files.get_mut(&uuid) } else { None };
            let Some(file) = file else { return (uuid, "file not found".to_owned()) };
            file.expires = match r.lifetime {
                FileLifetime::Default => Some(file.uploaded + KEPT),
                FileLifetime::Refresh => Some(now.saturating_add(KEPT)),
                FileLifetime::Forever => None,
            };
            (uuid, "success".to_owned())
        };
        Ok(r.chatfile_ids.into_iter().map(set).collect())
    }
}
