//! Users: bans, sessions, what waits for them. How they come to be is in the part.

use crate::{Call, Handle, Refusal, World, page, state::users::User as Row};
use agora_chat_admin::{
    Dialect,
    api::users::{self, Outcome, User, devices, offline_messages, status},
    operation::Page,
};
use std::collections::BTreeMap;

mod registration;

pub(super) const MISFITS: super::Misfits = &[
    ("users", &["register", "registerMany"], registration::misfit),
    ("users", &["registerOpen"], registration::open_misfit),
    ("users", &["setPassword"], |_, problem| match (problem.field.as_str(), problem.reason.as_str()) {
        ("newpassword", "is required") => Refusal::illegal_argument("newpassword is required"),
        _ => problem.into(),
    }),
];

/// How many users one call asks the status of.
const MAX_STATUS: usize = 100;
/// The largest page.
const MAX_PAGE: u32 = 100;

impl Row {
    /// The user, as the platform shows them.
    pub(crate) fn shown(&self, username: &str) -> User {
        User {
            uuid: self.uuid(),
            kind: "user".into(),
            created: self.created,
            modified: self.modified,
            username: username.to_lowercase(),
            activated: self.activated,
            nickname: self.nickname.as_deref().map(str::to_owned),
            ..User::default()
        }
    }
}

impl World {
    /// The user ID that a path names, by ID in any case or by UUID.
    fn username(&self, name: &str) -> Result<String, Refusal> {
        self.user_id(name).or_else(|unknown| self.user_of_uuid(name).map(str::to_owned).ok_or(unknown))
    }

    /// The user of an ID, as the platform shows them.
    pub(super) fn shown(&self, username: &str) -> Result<User, Refusal> {
        self.user(username).map(|row| row.shown(username))
    }

    fn user_mut(&mut self, name: &str) -> Result<(String, &mut Row), Refusal> {
        let (name, now) = (self.username(name)?, self.now());
        let row = self.users.get_mut(&name).ok_or_else(Refusal::no_user)?;
        row.modified = now;
        Ok((name, row))
    }

    /// Takes a user out, with all that is only the user's.
    pub(crate) fn remove_user(&mut self, name: &str) -> Result<User, Refusal> {
        let name = self.username(name)?;
        let user = self.shown(&name)?;
        self.forget_attributes(&name);
        self.take_reactions(&name);
        self.take_out("users", &name);
        Ok(user)
    }

    /// Makes a user's tokens worthless.
    fn forget_tokens(&mut self, username: &str) {
        let tokens: Vec<String> = self.tokens.of(0, username).keys().map(str::to_owned).collect();
        tokens.iter().for_each(|token| drop(self.tokens.remove(token)));
    }

    /// A page of users in the order of their registration.
    fn users_page(&self, limit: Option<u32>, cursor: Option<&str>) -> Result<Page<String>, Refusal> {
        let limit = limit.unwrap_or(10);
        if limit == 0 || (limit > MAX_PAGE && self.app.dialect == Dialect::Agora) {
            return Err(Refusal::illegal_argument(format!("limit must be 1 to {MAX_PAGE}")));
        }
        let (names, cursor) = page::of(self.users.of(0, ""), cursor, limit.min(MAX_PAGE) as usize)?;
        Ok(Page { items: names.into_iter().map(str::to_owned).collect(), cursor })
    }
}

impl Handle<users::Get> for World {
    fn handle(&mut self, r: users::Get, call: &mut Call) -> Result<User, Refusal> {
        call.count(1);
        let name = self.username(&r.username)?;
        Ok(self.shown_user(&name, self.user(&name)?))
    }
}

impl Handle<users::List> for World {
    fn handle(&mut self, r: users::List, call: &mut Call) -> Result<Page<User>, Refusal> {
        let page = self.users_page(r.limit, r.cursor.as_deref())?;
        let items: Vec<User> =
            page.items.iter().filter_map(|name| Some(self.shown_user(name, self.users.get(name)?))).collect();
        call.params();
        call.count(items.len());
        Ok(Page { items, cursor: page.cursor })
    }
}

impl Handle<users::Delete> for World {
    fn handle(&mut self, r: users::Delete, _: &mut Call) -> Result<User, Refusal> {
        self.remove_user(&r.username)
    }
}

impl Handle<users::DeleteMany> for World {
    fn handle(&mut self, r: users::DeleteMany, call: &mut Call) -> Result<Page<User>, Refusal> {
        let page = self.users_page(r.limit, r.cursor.as_deref())?;
        let items = page.items.iter().map(|name| self.remove_user(name)).collect::<Result<Vec<_>, _>>()?;
        call.params();
        Ok(Page { items, cursor: page.cursor })
    }
}

impl Handle<users::SetPassword> for World {
    fn handle(&mut self, r: users::SetPassword, call: &mut Call) -> Result<(), Refusal> {
        let password = r.newpassword.0;
        if password.is_empty() || self.is_too_long(&password) {
            return Err(Refusal::illegal_argument("password must provided and be at most 64 long"));
        }
        let (name, row) = self.user_mut(&r.username).map_err(|unknown| match call.dialect {
            Dialect::Agora => unknown,
            Dialect::Easemob => Refusal::new(404, "entity_not_found", "User null not found"),
        })?;
        row.password = Some(password.into());
        self.take_offline(&name, |_| false);
        self.forget_tokens(&name);
        call.action("set user password");
        Ok(())
    }
}

impl Handle<users::Deactivate> for World {
    fn handle(&mut self, r: users::Deactivate, call: &mut Call) -> Result<User, Refusal> {
        let (name, row) = self.user_mut(&r.username)?;
        row.activated = false;
        let user = row.shown(&name);
        self.take_offline(&user.username, |_| false);
        self.forget_tokens(&user.username);
        call.action("Deactivate user");
        Ok(user)
    }
}

impl Handle<users::Activate> for World {
    fn handle(&mut self, r: users::Activate, call: &mut Call) -> Result<(), Refusal> {
        self.user_mut(&r.username)?.1.activated = true;
        call.action("activate user");
        Ok(())
    }
}

impl Handle<users::Disconnect> for World {
    fn handle(&mut self, r: users::Disconnect, _: &mut Call) -> Result<Outcome, Refusal> {
        let (name, _) = self.user_mut(&r.username)?;
        self.take_offline(&name, |_| false);
        Ok(Outcome { result: true })
    }
}

impl Handle<users::DisconnectDevice> for World {
    fn handle(&mut self, r: users::DisconnectDevice, _: &mut Call) -> Result<Outcome, Refusal> {
        let (name, _) = self.user_mut(&r.username)?;
        self.take_offline(&name, |d| d.res != r.resource_id);
        Ok(Outcome { result: true })
    }
}

impl Handle<devices::List> for World {
    fn handle(&mut self, r: devices::List, call: &mut Call) -> Result<Vec<devices::Device>, Refusal> {
        let device = |d: &crate::state::users::Device| devices::Device {
            res: d.res.clone(),
            device_uuid: d.device_uuid.clone(),
            device_name: d.device_name.clone(),
        };
        let user = self.user(&r.username)?;
        // The only call about one user whose `path` names the user.
        call.member("path", format!("/users/{}/resources", r.username.to_lowercase()));
        Ok(user.devices.iter().map(device).collect())
    }
}

impl World {
    fn online(&self, username: &str) -> String {
        let online = self.users.get(&username.to_lowercase()).is_some_and(|u| !u.devices.is_empty());
        if online { "online" } else { "offline" }.to_owned()
    }
}

impl Handle<status::Get> for World {
    fn handle(&mut self, r: status::Get, call: &mut Call) -> Result<BTreeMap<String, String>, Refusal> {
        self.user(&r.username)?;
        call.count(0);
        Ok(BTreeMap::from([(r.username.clone(), self.online(&r.username))]))
    }
}

impl Handle<status::GetMany> for World {
    fn handle(&mut self, r: status::GetMany, call: &mut Call) -> Result<Vec<BTreeMap<String, String>>, Refusal> {
        if r.usernames.is_empty() {
            return Err(Refusal::illegal_argument("usernames must be provided"));
        }
        if self.exceeds(r.usernames.len(), MAX_STATUS) {
            let text = format!("request body exceeds maximum limit, maximum limit is {MAX_STATUS}");
            return Err(Refusal::illegal_argument(text));
        }
        call.action("get batch user status");
        Ok(r.usernames.iter().map(|name| BTreeMap::from([(name.clone(), self.online(name))])).collect())
    }
}

impl Handle<offline_messages::Count> for World {
    fn handle(&mut self, r: offline_messages::Count, call: &mut Call) -> Result<BTreeMap<String, i64>, Refusal> {
        self.user(&r.owner_username)?;
        let waiting = self.waiting(&r.owner_username);
        call.count(0);
        Ok(BTreeMap::from([(r.owner_username, i64::try_from(waiting).unwrap_or(i64::MAX))]))
    }
}

impl Handle<offline_messages::Status> for World {
    fn handle(&mut self, r: offline_messages::Status, call: &mut Call) -> Result<BTreeMap<String, String>, Refusal> {
        self.user(&r.username)?;
        let waits = self.waits(&r.username, &r.msg_id);
        call.count(0);
        Ok(BTreeMap::from([(r.msg_id, if waits { "undelivered" } else { "delivered" }.to_owned())]))
    }
}
