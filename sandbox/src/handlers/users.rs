//! Users: registration, bans, sessions, what waits for them.

use crate::{
    Call, Handle, Refusal, World,
    auth::{Caller, expired},
    state::users::User as Row,
    table::{key, last},
};
use agora_chat_admin::{
    Dialect,
    api::users::{self, Outcome, User, devices, offline_messages, status},
    operation::Page,
    shape::Problem,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::BTreeMap;

/// The longest user ID, password: 64.
const MAX_NAME: usize = 64;
/// How many users one call registers.
const MAX_BATCH: usize = 60;
/// How many users one call asks the status of.
const MAX_STATUS: usize = 100;
/// The longest push nickname.
const MAX_NICKNAME: usize = 100;

impl From<&Row> for User {
    fn from(row: &Row) -> Self {
        Self {
            uuid: row.uuid.clone(),
            kind: "user".into(),
            created: row.created,
            modified: row.modified,
            username: row.username.clone(),
            activated: row.activated,
            nickname: row.nickname.clone(),
            ..Self::default()
        }
    }
}

impl World {
    /// The user ID that a path names, by ID in any case or by UUID.
    fn username(&self, name: &str) -> Result<String, Refusal> {
        let lower = name.to_lowercase();
        if self.users.contains(&lower) {
            return Ok(lower);
        }
        self.users_by_uuid.get(name).cloned().ok_or_else(Refusal::no_user)
    }

    fn user_mut(&mut self, name: &str) -> Result<&mut Row, Refusal> {
        let (name, now) = (self.username(name)?, self.now());
        let row = self.users.get_mut(&name).ok_or_else(Refusal::no_user)?;
        row.modified = now;
        Ok(row)
    }

    /// The user ID of somebody to be registered, in lower case, or what is wrong with the registration.
    fn legal_user(&self, user: &users::NewUser, open: bool) -> Result<String, Refusal> {
        let username = self.legal_name(&user.username)?;
        let password = user.password.as_ref().map(|p| p.0.as_str());
        if password == Some("") || (open && password.is_none()) {
            return Err(Refusal::illegal_argument("password or pin must provided"));
        }
        if password.is_some_and(|p| self.is_too_long(p)) {
            return Err(Refusal::illegal_argument("PASSWORD_TOO_LONG"));
        }
        if user.nickname.as_ref().is_some_and(|n| self.exceeds(n.chars().count(), MAX_NICKNAME)) {
            return Err(Refusal::illegal_argument("NICKNAME_TOO_LONG"));
        }
        Ok(username)
    }

    /// Registers a user, or refuses as the platform does.
    pub(crate) fn register(&mut self, user: &users::NewUser, open: bool) -> Result<User, Refusal> {
        let username = self.legal_user(user, open)?;
        if self.users.contains(&username) {
            return Err(Refusal::new(
                400,
                "duplicate_unique_property_exists",
                format!(
                    "Application {} Entity user requires that property named username be unique, value of {username} exists",
                    self.app.uuid
                ),
            ));
        }
        let (number, uuid, now) = (self.next_number(), self.uuid(), self.now());
        let row = Row {
            username: username.clone(),
            uuid: uuid.clone(),
            number,
            created: now,
            modified: now,
            activated: true,
            password: user.password.as_ref().map(|p| p.0.clone()),
            nickname: user.nickname.clone(),
            ..Row::default()
        };
        let made = User::from(&row);
        self.users.insert(username.clone(), row);
        self.users_by_number.insert(ordinal(number), username.clone());
        self.users_by_uuid.insert(uuid, username);
        Ok(made)
    }

    /// Takes a user out, with all that is only the user's.
    pub(crate) fn remove_user(&mut self, name: &str) -> Result<User, Refusal> {
        let name = self.username(name)?;
        let row = self.users.remove(&name).ok_or_else(Refusal::no_user)?;
        self.users_by_number.remove(&ordinal(row.number));
        self.users_by_uuid.remove(&row.uuid);
        self.mutes.remove(&name);
        self.forget_tokens(&name);
        self.user_removed(&name);
        Ok(User::from(&row))
    }

    /// Makes a user's tokens worthless.
    fn forget_tokens(&mut self, username: &str) {
        let tokens: Vec<String> = self.tokens_by_user.under(&[username]).map(|(k, ())| last(k).to_owned()).collect();
        for token in tokens {
            self.tokens.remove(&token);
            self.tokens_by_user.remove(&key(&[username, &token]));
        }
    }

    /// A page of users in the order of their registration.
    fn users_page(&self, limit: Option<u32>, cursor: Option<&str>) -> Result<Page<String>, Refusal> {
        let limit = limit.unwrap_or(10);
        if limit == 0 || (limit > 100 && self.app.dialect == Dialect::Agora) {
            return Err(Refusal::illegal_argument("limit must be 1 to 100"));
        }
        let limit = limit.min(100) as usize;
        let after = cursor.map(read_cursor).transpose()?.unwrap_or_default();
        let mut rows = self.users_by_number.after(&after);
        let items: Vec<(&str, &String)> = rows.by_ref().take(limit).collect();
        let cursor = rows.next().and(items.last()).map(|(number, _)| URL_SAFE_NO_PAD.encode(number));
        Ok(Page { items: items.into_iter().map(|(_, name)| name.clone()).collect(), cursor })
    }
}

/// Registration numbers, padded so that their texts stand in their order.
fn ordinal(number: u64) -> String {
    format!("{number:020}")
}

fn read_cursor(cursor: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::illegal_argument("cursor is illegal");
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?).map_err(|_| wrong())
}

impl World {
    /// A user ID in lower case, if it is one.
    fn legal_name(&self, name: &str) -> Result<String, Refusal> {
        let dialect = self.app.dialect;
        if name.is_empty() {
            return Err(Refusal::illegal_argument(no_username(dialect)));
        }
        if self.exceeds(name.chars().count(), MAX_NAME) {
            return Err(Refusal::illegal_argument("USERNAME_TOO_LONG"));
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) {
            let text = match dialect {
                Dialect::Agora => format!("{name} is not legal."),
                Dialect::Easemob => format!("username [{name}] is not legal"),
            };
            return Err(Refusal::illegal_argument(text));
        }
        Ok(name.to_lowercase())
    }

    /// Whether a password is; Agora counts bytes, Easemob characters.
    fn is_too_long(&self, password: &str) -> bool {
        let length = if self.app.dialect == Dialect::Agora { password.len() } else { password.chars().count() };
        self.exceeds(length, MAX_NAME)
    }
}

fn no_username(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Agora => "Entity 'user' requires a property named username.",
        Dialect::Easemob => "Entity user requires a property named username",
    }
}

/// A registration that lacks its user ID has words of its own.
fn registration_misfit(dialect: Dialect, problem: &Problem) -> Refusal {
    let missing = problem.reason == "is required" && problem.field.ends_with("username");
    if missing { Refusal::illegal_argument(no_username(dialect)) } else { problem.into() }
}

impl Handle<users::Register> for World {
    fn handle(&mut self, r: users::Register, _: &mut Call) -> Result<User, Refusal> {
        self.register(&users::NewUser { username: r.username, password: r.password, nickname: r.nickname }, false)
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        registration_misfit(self.app.dialect, problem)
    }

    fn unauthorised(&self, refused: Refusal, token: bool) -> Refusal {
        closed_registration(self.app.dialect, refused, token)
    }
}

impl Handle<users::RegisterOpen> for World {
    fn handle(&mut self, r: users::RegisterOpen, call: &mut Call) -> Result<User, Refusal> {
        if call.caller == Caller::Nobody && !self.app.open_registration {
            return Err(closed_registration(self.app.dialect, expired(), false));
        }
        self.register(
            &users::NewUser { username: r.username, password: Some(r.password), nickname: r.nickname },
            call.caller == Caller::Nobody,
        )
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        if self.app.open_registration {
            registration_misfit(self.app.dialect, problem)
        } else {
            closed_registration(self.app.dialect, expired(), false)
        }
    }
}

impl Handle<users::RegisterMany> for World {
    fn handle(&mut self, r: users::RegisterMany, _: &mut Call) -> Result<users::Registered, Refusal> {
        if r.users.is_empty() || self.exceeds(r.users.len(), MAX_BATCH) {
            let text = format!(
                "Request body array size[{}] had almost reached or been greater than the upper range value[{MAX_BATCH}]",
                r.users.len()
            );
            return Err(Refusal::illegal_argument(text));
        }
        // A user who cannot be is the call's fault; one who already is, is reported.
        let mut wanted: Vec<(String, &users::NewUser)> = Vec::with_capacity(r.users.len());
        for user in &r.users {
            let name = self.legal_user(user, false)?;
            match wanted.iter().find(|(known, _)| *known == name) {
                Some((_, twin)) if twin.password == user.password => {}
                Some((_, twin)) => return Err(differing_passwords(&name, twin, user)),
                None => wanted.push((name, user)),
            }
        }
        let mut registered = users::Registered::default();
        for (_, user) in wanted {
            match self.register(user, false) {
                Ok(user) => registered.entities.push(user),
                Err(refusal) => {
                    let reason = match refusal.error.as_str() {
                        "duplicate_unique_property_exists" => format!("the {} already exists", user.username),
                        _ => refusal.description,
                    };
                    registered.data.push(users::NotRegistered {
                        username: user.username.clone(),
                        register_user_fail_reason: reason,
                    });
                }
            }
        }
        Ok(registered)
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        registration_misfit(self.app.dialect, problem)
    }

    fn unauthorised(&self, refused: Refusal, token: bool) -> Refusal {
        closed_registration(self.app.dialect, refused, token)
    }
}

/// One list that names a user twice, with two passwords.
fn differing_passwords(name: &str, one: &users::NewUser, other: &users::NewUser) -> Refusal {
    let password = |user: &users::NewUser| user.password.as_ref().map_or_else(String::new, |p| p.0.clone());
    let passwords = [password(one), password(other)].join(", ");
    let text = format!("the same user {name} has a different password, the passwords are {passwords}");
    Refusal::new(400, "duplicate_unique_property_exists", text)
}

/// Registration without a token that will do.
fn closed_registration(dialect: Dialect, refused: Refusal, token: bool) -> Refusal {
    let text = match dialect {
        Dialect::Agora => "Registration is not open, please contact the app admin.",
        Dialect::Easemob if !token => "Open registration doesn't allow, so register user need token",
        Dialect::Easemob => return refused,
    };
    Refusal::new(401, "unauthorized", text)
}

impl Handle<users::Get> for World {
    fn handle(&mut self, r: users::Get, call: &mut Call) -> Result<User, Refusal> {
        call.count(1);
        Ok(self.shown_user(self.user(&r.username)?))
    }
}

impl Handle<users::List> for World {
    fn handle(&mut self, r: users::List, call: &mut Call) -> Result<Page<User>, Refusal> {
        let page = self.users_page(r.limit, r.cursor.as_deref())?;
        let items: Vec<User> =
            page.items.iter().filter_map(|name| self.users.get(name)).map(|row| self.shown_user(row)).collect();
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
        let row = self.user_mut(&r.username).map_err(|unknown| match call.dialect {
            Dialect::Agora => unknown,
            Dialect::Easemob => Refusal::new(404, "entity_not_found", "User null not found"),
        })?;
        row.password = Some(password);
        let name = row.username.clone();
        self.take_offline(&name, |_| false);
        self.forget_tokens(&name);
        call.action("set user password");
        Ok(())
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        match (problem.field.as_str(), problem.reason.as_str()) {
            ("newpassword", "is required") => Refusal::illegal_argument("newpassword is required"),
            _ => problem.into(),
        }
    }
}

impl Handle<users::Deactivate> for World {
    fn handle(&mut self, r: users::Deactivate, call: &mut Call) -> Result<User, Refusal> {
        let row = self.user_mut(&r.username)?;
        row.activated = false;
        let user = User::from(&*row);
        self.take_offline(&user.username, |_| false);
        self.forget_tokens(&user.username);
        call.action("Deactivate user");
        Ok(user)
    }
}

impl Handle<users::Activate> for World {
    fn handle(&mut self, r: users::Activate, call: &mut Call) -> Result<(), Refusal> {
        self.user_mut(&r.username)?.activated = true;
        call.action("activate user");
        Ok(())
    }
}

impl Handle<users::Disconnect> for World {
    fn handle(&mut self, r: users::Disconnect, _: &mut Call) -> Result<Outcome, Refusal> {
        let name = self.user_mut(&r.username)?.username.clone();
        self.take_offline(&name, |_| false);
        Ok(Outcome { result: true })
    }
}

impl Handle<users::DisconnectDevice> for World {
    fn handle(&mut self, r: users::DisconnectDevice, _: &mut Call) -> Result<Outcome, Refusal> {
        let name = self.user_mut(&r.username)?.username.clone();
        let gone = self.take_offline(&name, |d| d.res != r.resource_id);
        Ok(Outcome { result: gone > 0 })
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
        call.member("path", format!("/users/{}/resources", user.username));
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
