//! The announcement of a group.

use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::api::groups::announcement::{self, GroupAnnouncement, GroupAnnouncementSet};

impl Handle<announcement::Get> for World {
    fn handle(&mut self, r: announcement::Get, _: &mut Call) -> Result<GroupAnnouncement, Refusal> {
        Ok(GroupAnnouncement { announcement: Some(self.group(&r.group_id)?.announcement.clone()) })
    }
}

impl Handle<announcement::Set> for World {
    fn handle(&mut self, r: announcement::Set, _: &mut Call) -> Result<GroupAnnouncementSet, Refusal> {
        self.group(&r.group_id)?;
        if self.exceeds(r.announcement.chars().count(), 512) {
            return Err(Refusal::new(403, "FORBIDDEN", "announce info length exceeds limit!"));
        }
        self.group_mut(&r.group_id)?.announcement = r.announcement;
        Ok(GroupAnnouncementSet { id: r.group_id, result: true })
    }
}
