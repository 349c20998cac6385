//! The files that the members of a group share.

use crate::{
    Call, Handle, Refusal, World,
    auth::Caller,
    page,
    state::{blob::Blob, groups::GroupFile as Row},
    table::{key, last},
};
use agora_chat_admin::{
    api::groups::files::{self, DeletedGroupFile, GroupFile, UploadedGroupFile},
    operation::Page,
    shape::Bytes,
};

/// The largest file, in bytes.
const MAX_SIZE: usize = 10 * 1024 * 1024;
/// How many files a group may have.
const MAX_FILES: usize = 10_000;
/// For how long files are kept: 7 days, in milliseconds.
const KEPT: u64 = 7 * 86_400_000;

/// The file service has a code of its own for a group that does not exist.
fn no_group(id: &str) -> Refusal {
    Refusal::new(404, "RestGroupFeignException", format!("grpID {id} does not exist!"))
}

pub(super) fn no_file() -> Refusal {
    Refusal::new(400, "IllegalArgumentException", "file must be provided.")
}

impl World {
    /// A file that is still kept.
    fn group_file(&self, group_id: &str, file_id: &str) -> Result<&Row, Refusal> {
        if !self.groups.contains(group_id) {
            return Err(no_group(group_id));
        }
        // What an unknown file answers is not documented; this is what anything else unknown does.
        let row = self.group_files.get(&key(&[group_id, file_id])).ok_or_else(Refusal::no_user)?;
        if self.now() >= row.created + KEPT {
            return Err(Refusal::new(404, "file_expired", format!("file {file_id} is expired")));
        }
        Ok(row)
    }
}

impl Handle<files::List> for World {
    fn handle(&mut self, r: files::List, call: &mut Call) -> Result<Page<GroupFile>, Refusal> {
        if !self.groups.contains(&r.group_id) {
            return Err(no_group(&r.group_id));
        }
        let (skip, take) = page::counted(r.pagenum, r.pagesize, 1, 1000, 1000);
        let items = self
            .group_files
            .of(0, &r.group_id)
            .keys()
            .filter_map(|at| Some((last(at), self.group_files.get(at)?)))
            .take_while(|(_, row)| self.now() < row.created + KEPT)
            .skip(skip)
            .take(take)
            .map(|(id, row)| GroupFile {
                file_id: id.to_owned(),
                file_name: row.name.clone(),
                file_owner: row.owner.clone(),
                file_size: row.bytes.0.len() as u64,
                created: row.created,
            })
            .collect();
        call.params();
        Ok(Page { items, cursor: None })
    }
}

impl Handle<files::Upload> for World {
    fn handle(&mut self, r: files::Upload, call: &mut Call) -> Result<UploadedGroupFile, Refusal> {
        let group = self.groups.get(&r.group_id).ok_or_else(|| no_group(&r.group_id))?;
        let file = call.file.take().ok_or_else(no_file)?;
        if self.exceeds(file.bytes.len(), MAX_SIZE) {
            return Err(Refusal::new(413, "Request Entity Too Large", "Request Entity Too Large"));
        }
        if self.exceeds(self.group_files.of(0, &r.group_id).len() + 1, MAX_FILES) {
            return Err(Refusal::new(403, "exceed_limit", "group share files size is greater than max size !"));
        }
        // An app token names nobody: the owner stands for the app.
        let owner = match &call.caller {
            Caller::User(name) => name.clone(),
            Caller::App | Caller::Nobody => group.owner.clone(),
        };
        let (number, file_id, created) = (self.next_number(), self.uuid(), self.now());
        let row = Row {
            number,
            name: file.name.to_lowercase(),
            owner,
            created,
            content_type: file.content_type,
            bytes: Blob(file.bytes),
        };
        let answer = UploadedGroupFile {
            file_url: format!("{}/chatgroups/{}/share_files/{file_id}", call.base, r.group_id),
            group_id: r.group_id.clone(),
            file_name: row.name.clone(),
            created,
            file_id: file_id.clone(),
            file_size: row.bytes.0.len() as u64,
        };
        self.group_files.insert(key(&[&r.group_id, &file_id]), row);
        self.group_mut(&r.group_id)?;
        Ok(answer)
    }
}

impl Handle<files::Download> for World {
    fn handle(&mut self, r: files::Download, _: &mut Call) -> Result<Bytes, Refusal> {
        let row = self.group_file(&r.group_id, &r.file_id)?;
        Ok(Bytes { bytes: row.bytes.0.clone(), content_type: row.content_type.clone() })
    }
}

impl Handle<files::Delete> for World {
    fn handle(&mut self, r: files::Delete, _: &mut Call) -> Result<DeletedGroupFile, Refusal> {
        self.group_file(&r.group_id, &r.file_id)?;
        self.group_files.remove(&key(&[&r.group_id, &r.file_id]));
        self.group_mut(&r.group_id)?;
        Ok(DeletedGroupFile { group_id: r.group_id, file_id: r.file_id, result: true })
    }
}
