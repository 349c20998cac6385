//! How users come to be: one by one, many in a call, or by themselves.

use crate::{
    Call, Handle, Refusal, World,
    auth::{Caller, Wrong, expired},
    state::users::User as Row,
};
use agora_chat_admin::{
    Dialect,
    api::users::{self, User},
    shape::Problem,
};

/// The longest user ID, and the longest password.
const MAX_NAME: usize = 64;
/// How many users one call registers.
const MAX_BATCH: usize = 60;
/// The longest push nickname.
const MAX_NICKNAME: usize = 100;

impl World {
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
        let (number, now) = (self.next_number(), self.now());
        // The UUID's.
        self.next_number();
        let row = Row {
            number,
            created: now,
            modified: now,
            activated: true,
            password: user.password.as_ref().map(|p| p.0.as_str().into()),
            nickname: user.nickname.as_deref().map(Into::into),
            ..Row::default()
        };
        let made = row.shown(&username);
        self.users.insert(username, row);
        Ok(made)
    }

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
    pub(super) fn is_too_long(&self, password: &str) -> bool {
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
pub(super) fn misfit(world: &World, problem: &Problem) -> Refusal {
    let missing = problem.reason == "is required" && problem.field.ends_with("username");
    if missing { Refusal::illegal_argument(no_username(world.app.dialect)) } else { problem.into() }
}

/// Of one who registers without a token, which need not be allowed.
pub(super) fn open_misfit(world: &World, problem: &Problem) -> Refusal {
    match world.app.open_registration {
        true => misfit(world, problem),
        false => world.closed_registration(),
    }
}

impl World {
    /// A registration without a token, where that is not open.
    fn closed_registration(&self) -> Refusal {
        self.words("users.register", Wrong::Missing).unwrap_or_else(expired)
    }
}

impl Handle<users::Register> for World {
    fn handle(&mut self, r: users::Register, _: &mut Call) -> Result<User, Refusal> {
        self.register(&users::NewUser { username: r.username, password: r.password, nickname: r.nickname }, false)
    }
}

impl Handle<users::RegisterOpen> for World {
    fn handle(&mut self, r: users::RegisterOpen, call: &mut Call) -> Result<User, Refusal> {
        if call.caller == Caller::Nobody && !self.app.open_registration {
            return Err(self.closed_registration());
        }
        self.register(
            &users::NewUser { username: r.username, password: Some(r.password), nickname: r.nickname },
            call.caller == Caller::Nobody,
        )
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
}

/// One list that names a user twice, with two passwords.
fn differing_passwords(name: &str, one: &users::NewUser, other: &users::NewUser) -> Refusal {
    let password = |user: &users::NewUser| user.password.as_ref().map_or_else(String::new, |p| p.0.clone());
    let passwords = [password(one), password(other)].join(", ");
    let text = format!("the same user {name} has a different password, the passwords are {passwords}");
    Refusal::new(400, "duplicate_unique_property_exists", text)
}
