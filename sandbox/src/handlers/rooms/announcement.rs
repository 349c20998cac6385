//! The announcements of chat rooms.

use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::api::rooms::announcement::{self, RoomAnnouncement, RoomAnnouncementOutcome};

/// The longest announcement.
const MAX_LENGTH: usize = 512;

impl Handle<announcement::Get> for World {
    fn handle(&mut self, r: announcement::Get, _: &mut Call) -> Result<RoomAnnouncement, Refusal> {
        Ok(RoomAnnouncement { announcement: self.room(&r.chatroom_id)?.announcement.clone() })
    }
}

impl Handle<announcement::Set> for World {
    fn handle(&mut self, r: announcement::Set, _: &mut Call) -> Result<RoomAnnouncementOutcome, Refusal> {
        self.room(&r.chatroom_id)?;
        if self.exceeds(r.announcement.chars().count(), MAX_LENGTH) {
            return Err(Refusal::forbidden("announce info length exceeds limit!"));
        }
        self.room_mut(&r.chatroom_id)?.announcement = r.announcement;
        Ok(RoomAnnouncementOutcome { id: r.chatroom_id, result: true })
    }
}
