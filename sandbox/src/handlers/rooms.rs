//! Chat rooms: their life, and what their parts share.

use crate::{
    Call, Handle, Refusal, World,
    handlers::legal_id,
    page,
    state::rooms::{Room as Row, RoomMember as Member},
    table::key,
};
use agora_chat_admin::{
    Dialect,
    api::rooms::{
        self, CreatedRoom, DeletedRoom, JoinedRoom, Room, RoomChanges, RoomMember, RoomSummary, RoomTransfer,
    },
    codec::decode::Content,
    operation::Page,
};
use serde_json::{Value, json};

mod admins;
mod announcement;
mod attributes;
mod departures;
mod lists;
mod members;
mod mutes;
mod super_admins;
mod tags;

pub(super) const MISFITS: super::Misfits = &[
    ("rooms", &["create"], |_, problem| match problem.reason.as_str() {
        "is required" => invalid(format!("{} must be provided", problem.field)),
        _ => problem.into(),
    }),
    ("rooms.tags", &["set"], |_, problem| match problem.field.as_str() {
        "tags" => invalid("tags should be type of List"),
        _ => problem.into(),
    }),
];

/// The longest name.
const MAX_NAME: usize = 128;
/// The longest description.
const MAX_DESCRIPTION: usize = 512;
/// The longest text to keep with a room, in bytes.
const MAX_CUSTOM: usize = 8192;
/// The size of a room that names none.
const DEFAULT_SIZE: u32 = 1000;
/// The largest size of a room.
const MAX_SIZE: u32 = 10_000;
/// How many rooms the largest plan allows an app.
const MAX_ROOMS: usize = 100_000;
/// How many rooms one call fetches.
const MAX_GET: usize = 100;
/// How many rooms are listed where the call names no page.
const LATEST: usize = 500;
/// The largest page.
const MAX_PAGE: u32 = 1000;

impl World {
    /// The room, or the platform's refusal.
    pub fn room(&self, id: &str) -> Result<&Row, Refusal> {
        self.rooms.get(id).ok_or_else(|| Refusal::no_group(id))
    }

    /// The room, to be changed.
    fn room_mut(&mut self, id: &str) -> Result<&mut Row, Refusal> {
        self.rooms.get_mut(id).ok_or_else(|| Refusal::no_group(id))
    }

    /// A user's ID in lower case, or the refusal that rooms have for unknown users.
    fn room_user(&self, name: &str) -> Result<String, Refusal> {
        let lower = name.to_lowercase();
        match self.users.contains(&lower) {
            true => Ok(lower),
            false => Err(Refusal::new(404, "resource_not_found", format!("username {name} doesn't exist!"))),
        }
    }

    /// How many members a room has, with its owner.
    fn count_room_members(&self, id: &str) -> u32 {
        u32::try_from(self.room_members.of(0, id).len()).unwrap_or(u32::MAX)
    }
}

/// Which page of how many, within the platform's bounds.
fn page_of(pagenum: Option<u32>, pagesize: Option<u32>, default: u32) -> Result<(usize, usize), Refusal> {
    let (number, size) = (pagenum.unwrap_or(1), pagesize.unwrap_or(default).min(MAX_PAGE));
    if number == 0 {
        return Err(Refusal::illegal_argument("pagenum must be at least 1"));
    }
    Ok(((number as usize - 1).saturating_mul(size as usize), size as usize))
}

/// 400 `invalid_parameter`.
fn invalid(description: impl Into<String>) -> Refusal {
    Refusal::new(400, "invalid_parameter", description)
}

/// 403 `exceed_limit`.
fn exceeds(description: impl Into<String>) -> Refusal {
    Refusal::new(403, "exceed_limit", description)
}

/// 400 `forbidden_op` for users who are not in the room; groups answer the same with 403.
fn not_members<T: AsRef<str>>(users: &[T]) -> Refusal {
    let users = users.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    Refusal::new(400, "forbidden_op", format!("users [{users}] are not members of this group!"))
}

/// 403 `forbidden_op` for what cannot be done to the owner.
fn on_owner() -> Refusal {
    Refusal::forbidden("forbidden operation on group owner!")
}

/// Checks what creating and changing have in common.
fn check_settings(
    world: &World,
    name: Option<&str>,
    description: Option<&str>,
    maxusers: Option<u32>,
) -> Result<(), Refusal> {
    if name.is_some_and(|n| world.exceeds(n.chars().count(), MAX_NAME)) {
        return Err(exceeds(format!("title cannot exceed to {MAX_NAME}")));
    }
    if description.is_some_and(|d| world.exceeds(d.chars().count(), MAX_DESCRIPTION)) {
        return Err(exceeds(format!("desc cannot exceed to {MAX_DESCRIPTION}")));
    }
    match maxusers {
        Some(0) => Err(invalid("maxusers must be at least 1")),
        Some(n) if world.exceeds(n as usize, MAX_SIZE as usize) => {
            Err(exceeds(format!("maxUsers cannot exceed {MAX_SIZE}")))
        }
        _ => Ok(()),
    }
}

/// An ID that the caller chose.
fn check_id(id: &str) -> Result<(), Refusal> {
    match legal_id(id, |c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        true => Ok(()),
        false => Err(invalid("roomid must be 1 to 64 characters of a-z and 0-9")),
    }
}

impl Handle<rooms::Create> for World {
    fn handle(&mut self, r: rooms::Create, _: &mut Call) -> Result<CreatedRoom, Refusal> {
        if r.name.is_empty() || r.owner.is_empty() {
            return Err(invalid(format!("{} must be provided", if r.name.is_empty() { "name" } else { "owner" })));
        }
        check_settings(self, Some(&r.name), Some(&r.description), r.maxusers)?;
        if r.custom.as_ref().is_some_and(|c| self.exceeds(c.len(), MAX_CUSTOM)) {
            return Err(exceeds(format!("custom cannot exceed {MAX_CUSTOM}")));
        }
        if let Some(id) = &r.roomid {
            check_id(id)?;
            if self.rooms.contains(id) {
                return Err(Refusal::illegal_argument(format!("group ID {id} already exists!")));
            }
        }
        if self.exceeds(self.rooms.len() + 1, MAX_ROOMS) {
            return Err(exceeds(format!("appKey:{} has create too many chatrooms!", self.app.key())));
        }
        let owner = self.room_user(&r.owner)?;
        let mut users = vec![owner.clone()];
        for name in r.members.iter().flatten() {
            let user = self.room_user(name)?;
            if !users.contains(&user) {
                users.push(user);
            }
        }
        let maxusers = r.maxusers.unwrap_or(DEFAULT_SIZE);
        if users.len() > maxusers as usize {
            return Err(exceeds("members size is greater than max user size !"));
        }
        if let Some(user) = users.iter().find(|u| self.joined_too_many(u)) {
            return Err(exceeds(format!("user {user} has joined too many chatrooms!")));
        }
        let id = match r.roomid {
            Some(id) => id,
            None => self.short_id(),
        };
        let number = self.next_number();
        let row = Row {
            id: id.clone(),
            number,
            name: r.name,
            description: r.description,
            owner: owner.clone(),
            maxusers,
            custom: r.custom.unwrap_or_default(),
            created: self.now(),
            ..Row::default()
        };
        self.rooms.insert(id.clone(), row);
        for user in &users {
            self.join_room(&id, user);
        }
        self.room_allowed.insert(key(&[&id, &owner]), true);
        Ok(CreatedRoom { id })
    }
}

impl Handle<rooms::List> for World {
    fn handle(&mut self, r: rooms::List, call: &mut Call) -> Result<Page<RoomSummary>, Refusal> {
        let max = if call.dialect == Dialect::Agora { 100 } else { MAX_PAGE };
        let limit = r.limit.unwrap_or(10);
        if limit == 0 || (limit > max && call.dialect == Dialect::Agora) {
            return Err(Refusal::illegal_argument(format!("limit must be 1 to {max}")));
        }
        // Before there were cursors pages were counted.
        let old = |name: &str| call.query.iter().find(|(k, _)| k == name).and_then(|(_, v)| v.parse().ok());
        let (skip, limit) = match (&r.cursor, old("pagenum"), old("pagesize")) {
            (None, number, size) if number.or(size).is_some() => page_of(number, size, 20)?,
            _ => (0, limit.min(max) as usize),
        };
        let all = self.rooms.of(0, "");
        let skipped = skip.checked_sub(1).map(|last| all.iter().nth(last).map_or(u64::MAX, |(number, _)| number));
        let (ids, cursor) = page::of(page::behind(all, skipped, false), r.cursor.as_deref(), limit)?;
        let summary = |row: &Row| RoomSummary {
            id: row.id.clone(),
            name: row.name.clone(),
            owner: row.owner.clone(),
            affiliations_count: self.count_room_members(&row.id),
            disabled: Some(false),
        };
        let items: Vec<RoomSummary> = ids.into_iter().filter_map(|id| self.rooms.get(id)).map(summary).collect();
        call.params();
        call.member("properties", json!({}));
        call.count(items.len());
        Ok(Page { items, cursor })
    }
}

impl Handle<rooms::ListJoined> for World {
    fn handle(&mut self, r: rooms::ListJoined, call: &mut Call) -> Result<Page<JoinedRoom>, Refusal> {
        let user = self.user_id(&r.username)?;
        let (skip, size) = match (r.pagenum, r.pagesize) {
            (None, None) => (0, LATEST),
            (number, size) => page_of(number, size, MAX_PAGE)?,
        };
        let joined = self.room_members.of(1, &user).firsts().skip(skip).take(size);
        let room = |row: &Row| JoinedRoom { id: row.id.clone(), name: row.name.clone(), disabled: Some(false) };
        let items: Vec<JoinedRoom> = joined.filter_map(|id| self.rooms.get(id)).map(room).collect();
        call.params();
        call.count(items.len());
        Ok(Page { items, cursor: None })
    }
}

impl Handle<rooms::Get> for World {
    fn handle(&mut self, r: rooms::Get, call: &mut Call) -> Result<Vec<Room>, Refusal> {
        if self.exceeds(r.chatroom_id.len(), MAX_GET) {
            return Err(invalid(format!("group ids number more than maxSize : {MAX_GET}")));
        }
        let found: Vec<Room> =
            r.chatroom_id.iter().filter_map(|id| self.rooms.get(id)).map(|row| self.room_details(row)).collect();
        if found.is_empty() {
            return Err(no_such_room(&r.chatroom_id.join(",")));
        }
        call.count(found.len());
        Ok(found)
    }
}

/// How the calls that read a room word that there is none.
fn no_such_room(id: &str) -> Refusal {
    Refusal::new(404, "service_resource_not_found", format!("do not find this group:{id}"))
}

impl World {
    fn room_details(&self, row: &Row) -> Room {
        let members = self.room_members.of(0, &row.id);
        let affiliations = members.lasts().map(|user| affiliation(row, user)).collect();
        Room {
            id: row.id.clone(),
            name: row.name.clone(),
            description: row.description.clone(),
            maxusers: row.maxusers,
            owner: Some(row.owner.clone()),
            created: row.created,
            custom: row.custom.clone(),
            mute: Some(row.muted),
            affiliations_count: self.count_room_members(&row.id),
            affiliations,
            disabled: Some(false),
            public: true,
            ..Room::default()
        }
    }
}

fn affiliation(room: &Row, user: &str) -> RoomMember {
    match room.owner == user {
        true => RoomMember { owner: Some(user.to_owned()), member: None },
        false => RoomMember { owner: None, member: Some(user.to_owned()) },
    }
}

impl Handle<rooms::Update> for World {
    fn handle(&mut self, r: rooms::Update, call: &mut Call) -> Result<RoomChanges, Refusal> {
        self.room(&r.chatroom_id)?;
        // The official Java SDK changes these two as well, and the service lets it.
        let odd: Vec<&str> =
            call.strangers.iter().map(String::as_str).filter(|k| !matches!(*k, "custom" | "need_verify")).collect();
        if !odd.is_empty() {
            return Err(invalid(format!("some of [{}] are not valid fields", odd.join(", "))));
        }
        check_settings(self, r.name.as_deref(), r.description.as_deref(), r.maxusers)?;
        let custom = match &call.body {
            Content::Json(body) => body.get("custom").and_then(Value::as_str).map(str::to_owned),
            _ => None,
        };
        for name in std::mem::take(&mut call.strangers) {
            call.data_member(&name, true);
        }
        let members = self.count_room_members(&r.chatroom_id);
        let row = self.room_mut(&r.chatroom_id)?;
        // A room does not shrink below those who are in it: told as not changed.
        let maxusers = r.maxusers.map(|n| n >= members);
        row.maxusers = r.maxusers.filter(|_| maxusers == Some(true)).unwrap_or(row.maxusers);
        let changes = RoomChanges {
            groupname: r.name.is_some().then_some(true),
            description: r.description.is_some().then_some(true),
            maxusers,
        };
        row.name = r.name.unwrap_or_else(|| std::mem::take(&mut row.name));
        row.description = r.description.unwrap_or_else(|| std::mem::take(&mut row.description));
        row.custom = custom.unwrap_or_else(|| std::mem::take(&mut row.custom));
        Ok(changes)
    }
}

impl Handle<rooms::TransferOwnership> for World {
    fn handle(&mut self, r: rooms::TransferOwnership, _: &mut Call) -> Result<RoomTransfer, Refusal> {
        let room = self.room(&r.chatroom_id)?;
        let user = self.room_user(&r.newowner)?;
        if room.owner == user {
            return Err(Refusal::forbidden("new owner and old owner are the same"));
        }
        if !self.is_room_member(&r.chatroom_id, &user) {
            let text = format!("user: {user} doesn't exist in group: {}", r.chatroom_id);
            return Err(Refusal::forbidden(text));
        }
        let (at, row) = (key(&[&r.chatroom_id, &user]), Row { owner: user, ..room.clone() });
        self.room_admins.remove(&at);
        self.room_allowed.insert(at, true);
        self.rooms.insert(r.chatroom_id, row);
        Ok(RoomTransfer { newowner: true })
    }
}

impl Handle<rooms::Delete> for World {
    fn handle(&mut self, r: rooms::Delete, _: &mut Call) -> Result<DeletedRoom, Refusal> {
        match self.take_out("rooms", &r.chatroom_id) {
            true => Ok(DeletedRoom { success: true, id: r.chatroom_id }),
            false => Err(Refusal::no_group(&r.chatroom_id)),
        }
    }
}
