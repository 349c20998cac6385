//! Global mutes.

use crate::{Call, Handle, Refusal, World, state::users::Mutes};
use agora_chat_admin::{
    Dialect,
    api::mutes::{self, Done, MutedUser, UserMutes},
    operation::Page,
};

/// Where a user may be muted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// In one-to-one chats.
    Chat,
    /// In groups.
    Group,
    /// In chat rooms.
    Room,
}

impl World {
    /// Whether the app has muted a user there.
    #[must_use]
    pub fn is_muted(&self, username: &str, channel: Channel) -> bool {
        let mutes = self.mutes.get(&username.to_lowercase()).copied().unwrap_or_default();
        let until = match channel {
            Channel::Chat => mutes.chat,
            Channel::Group => mutes.groupchat,
            Channel::Room => mutes.chatroom,
        };
        until.is_some_and(|until| until > self.now())
    }

    /// The seconds that are left until `until`.
    fn seconds_left(&self, until: Option<u64>) -> i64 {
        match until.unwrap_or_default() {
            u64::MAX => -1,
            until => i64::try_from(until.saturating_sub(self.now()).div_ceil(1000)).unwrap_or(i64::MAX),
        }
    }

    /// When a mute of so many seconds ends; `None` leaves it as it is.
    fn until(&self, seconds: Option<i64>) -> Option<u64> {
        match seconds? {
            0 => Some(0),
            -1 => Some(u64::MAX),
            n => u64::try_from(n).ok().map(|n| self.now().saturating_add(n.saturating_mul(1000))),
        }
    }
}

impl Handle<mutes::Set> for World {
    fn handle(&mut self, r: mutes::Set, call: &mut Call) -> Result<Done, Refusal> {
        let name = self.user_id(&r.username).map_err(|unknown| match call.dialect {
            Dialect::Agora => unknown,
            Dialect::Easemob => {
                Refusal::new(400, "required_property_not_found", "Entity user requires a property named username")
            }
        })?;
        if [r.chat, r.groupchat, r.chatroom].into_iter().flatten().any(|n| n > i64::from(i32::MAX)) {
            return Err(Refusal::illegal_argument("the duration must be at most 2147483647 seconds"));
        }
        let old = self.mutes.get(&name).copied().unwrap_or_default();
        let new = Mutes {
            chat: self.until(r.chat).or(old.chat),
            groupchat: self.until(r.groupchat).or(old.groupchat),
            chatroom: self.until(r.chatroom).or(old.chatroom),
        };
        if new != old {
            self.mutes.insert(name, new);
        }
        Ok(Done { result: "ok".into() })
    }
}

impl Handle<mutes::Get> for World {
    fn handle(&mut self, r: mutes::Get, call: &mut Call) -> Result<UserMutes, Refusal> {
        let name = self.user_id(&r.username)?;
        call.member("uri", format!("{}/mutes", call.base));
        let mutes = self.mutes.get(&name).copied().unwrap_or_default();
        Ok(UserMutes {
            userid: format!("{}_{name}", self.app.key()),
            chat: self.seconds_left(mutes.chat),
            groupchat: self.seconds_left(mutes.groupchat),
            chatroom: self.seconds_left(mutes.chatroom),
            unixtime: self.now() / 1000,
        })
    }
}

impl Handle<mutes::List> for World {
    fn handle(&mut self, r: mutes::List, call: &mut Call) -> Result<Page<MutedUser>, Refusal> {
        let (page, size) = (r.page_num.unwrap_or(1), r.page_size.unwrap_or(10));
        if page == 0 || size == 0 || size > 50 {
            return Err(Refusal::illegal_argument("pageNum must be at least 1, pageSize 1 to 50"));
        }
        // An entry for each user and kind of chat; those that are over or lifted are among them.
        let muted = self.mutes.iter().flat_map(|(name, m)| {
            let blank = MutedUser { username: name.to_owned(), ..MutedUser::default() };
            let left = |until: Option<u64>| until.map(|_| self.seconds_left(until));
            [
                left(m.chat).map(|chat| MutedUser { chat: Some(chat), ..blank.clone() }),
                left(m.groupchat).map(|groupchat| MutedUser { groupchat: Some(groupchat), ..blank.clone() }),
                left(m.chatroom).map(|chatroom| MutedUser { chatroom: Some(chatroom), ..blank.clone() }),
            ]
        });
        let skip = (page as usize - 1).saturating_mul(size as usize);
        let items = muted.flatten().skip(skip).take(size as usize).collect();
        // `data` holds the time beside the list, which the client does not unwrap.
        call.data_member("unixtime", self.now() / 1000);
        Ok(Page { items, cursor: None })
    }
}
