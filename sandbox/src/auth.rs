//! Who calls: app tokens and user tokens, opaque or built by the caller.

use crate::{Refusal, World, app::App, table::key};
use agora_chat_admin::{
    Dialect,
    codec::Params,
    operation::{Auth, Operation, Whose},
    token::{self, Decoded, TokenError},
};
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap};

/// The longest that a token holds which the caller built, in seconds, whatever it says itself.
const MAX_LIFE: u64 = 86_400;
/// What is wrong with a call's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// There is none.
    Missing,
    /// It is none, or past its time.
    Bad,
    /// It is a user's where the app's is needed, or another user's.
    NotTheirs,
}

/// Agora's words for a registration whose token will not do.
const NOT_OPEN: &str = "Registration is not open, please contact the app admin.";
/// Easemob's for one without a token.
const NO_TOKEN: &str = "Open registration doesn't allow, so register user need token";
/// Words that an operation, or a group, has of its own: whose dialect, what is wrong, code, words. None is any.
type Words = (&'static str, Option<Dialect>, Option<Wrong>, &'static str, &'static str);
/// All of them.
const WORDS: [Words; 7] = [
    ("users.register", Some(Dialect::Agora), None, "unauthorized", NOT_OPEN),
    ("users.registerMany", Some(Dialect::Agora), None, "unauthorized", NOT_OPEN),
    ("users.register", Some(Dialect::Easemob), Some(Wrong::Missing), "unauthorized", NO_TOKEN),
    ("users.registerMany", Some(Dialect::Easemob), Some(Wrong::Missing), "unauthorized", NO_TOKEN),
    ("attributes.getCapacity", None, Some(Wrong::NotTheirs), "unauthorized", "unauthorized"),
    ("attributes", None, Some(Wrong::NotTheirs), "metadata_error", "auth error"),
    ("tokens.user.create", None, Some(Wrong::NotTheirs), "auth_bad_access_token", CORRUPT),
];
/// The words for a token that nobody made.
const CORRUPT: &str = "Unable to authenticate due to corrupt access token";

/// The tokens of callers' making that an app's certificate was found to have signed. A back end sends the same one with
/// every call, and to inflate it and check its signature takes longer than most calls do.
#[derive(Clone, Debug, Default)]
pub struct Genuine(BTreeMap<String, Decoded>);

impl Genuine {
    /// How many are kept: one for each of many back ends, or for each user of a test.
    const MOST: usize = 10_000;

    /// The longest token that is kept: those of users are of some 200 characters.
    const LONGEST: usize = 1_024;

    /// The token, if the app's certificate signed it.
    fn check(&mut self, bearer: &str, app: &App) -> Result<Cow<'_, Decoded>, Refusal> {
        if !self.0.contains_key(bearer) {
            let token = token::decode(bearer).map_err(|_| corrupt())?;
            if !token.app_id.eq_ignore_ascii_case(&app.app_id) || !token.is_signed_with(&app.app_certificate) {
                return Err(foreign());
            }
            if bearer.len() > Self::LONGEST {
                return Ok(Cow::Owned(token));
            }
            if self.0.len() >= Self::MOST {
                self.0.clear();
            }
            self.0.insert(bearer.to_owned(), token);
        }
        self.0.get(bearer).map(Cow::Borrowed).ok_or_else(corrupt)
    }
}

/// Who a bearer token says the caller is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody: there is no token.
    Nobody,
    /// The app's own back end.
    App,
    /// A user, by user ID.
    User(String),
}

impl World {
    /// Checks the Authorization header.
    pub fn authenticate(&mut self, header: Option<&str>) -> Result<Caller, Refusal> {
        let Some(header) = header else { return Ok(Caller::Nobody) };
        let bearer = match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => header.trim(),
        };
        if bearer.is_empty() || bearer.eq_ignore_ascii_case("bearer") {
            return Ok(Caller::Nobody);
        }
        if bearer.starts_with("007") { self.agora(bearer) } else { self.opaque(bearer) }
    }

    fn agora(&mut self, bearer: &str) -> Result<Caller, Refusal> {
        let now = self.now() / 1000;
        let token = self.genuine.check(bearer, &self.app)?;
        match token.holds_at(now) {
            Ok(()) => {}
            Err(TokenError::Expired) => return Err(expired()),
            Err(_) => return Err(foreign()),
        }
        if now >= u64::from(token.issued) + MAX_LIFE {
            return Err(expired());
        }
        if token.is_app() {
            return Ok(Caller::App);
        }
        // Builders say UUID, Agora's newest page says user ID.
        let named = token.user.clone();
        let id = self.user_of_uuid(&named).unwrap_or(&named).to_lowercase();
        let known = self.users.get(&id).is_some_and(|user| user.activated);
        known.then_some(Caller::User(id)).ok_or_else(foreign)
    }

    fn opaque(&self, bearer: &str) -> Result<Caller, Refusal> {
        // One that was given back, or is of another app, is a token all the same.
        let whole = bearer.len() >= 40 && bearer.strip_prefix("YWMt").is_some_and(|rest| rest.chars().all(is_base64));
        let token = self.tokens.get(bearer).ok_or_else(|| if whole { foreign() } else { corrupt() })?;
        if token.expires.is_some_and(|at| self.now() >= at) {
            return Err(expired());
        }
        Ok(token.user.clone().map_or(Caller::App, Caller::User))
    }
}

/// Whether a character is one of base64, in either alphabet.
fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=')
}

/// Whether an operation asks for no token; a bad one is none there.
fn is_open(operation: &Operation) -> bool {
    operation.auth == Auth::None || operation.users.contains(&Whose::Everybody)
}

/// Whether such a caller may call an operation at all, whatever it is about.
pub(crate) fn knows(operation: &Operation, caller: &Result<Caller, Refusal>) -> bool {
    let known = match caller {
        Ok(Caller::App) => true,
        Ok(Caller::User(_)) => !operation.users.is_empty(),
        Ok(Caller::Nobody) | Err(_) => false,
    };
    known || is_open(operation)
}

impl World {
    /// Who calls an operation, if whoever it is may. Of the parameters, those that decide are enough.
    pub(crate) fn admit(
        &self,
        operation: &Operation,
        caller: Result<Caller, Refusal>,
        params: &Params,
    ) -> Result<Caller, Refusal> {
        if is_open(operation) {
            return Ok(caller.unwrap_or(Caller::Nobody));
        }
        let (wrong, refused) = match caller {
            Err(refused) => (Wrong::Bad, refused),
            Ok(Caller::Nobody) => (Wrong::Missing, expired()),
            Ok(Caller::User(user)) if !operation.users.iter().any(|whose| self.is(*whose, &user, params)) => {
                (Wrong::NotTheirs, not_theirs())
            }
            Ok(caller) => return Ok(caller),
        };
        Err(self.words(&operation.id(), wrong).unwrap_or(refused))
    }

    /// What an operation says by itself of a token that will not do.
    pub(crate) fn words(&self, id: &str, wrong: Wrong) -> Option<Refusal> {
        let group = id.rsplit_once('.').map_or(id, |(group, _)| group);
        let fits = |(of, dialect, what, ..): &&Words| {
            (*of == id || *of == group)
                && dialect.is_none_or(|d| d == self.app.dialect)
                && what.is_none_or(|w| w == wrong)
        };
        WORDS.iter().find(fits).map(|(.., error, text)| Refusal::new(401, *error, *text))
    }

    /// Whether a user is one of those whose token opens a call with these parameters.
    fn is(&self, whose: Whose, user: &str, params: &Params) -> bool {
        match whose {
            Whose::Everybody => true,
            // What is missing is refused for that.
            Whose::Named(name) => params.get(name).and_then(Value::as_str).is_none_or(|named| {
                named.to_lowercase() == user || self.user_of_uuid(named).is_some_and(|id| id == user)
            }),
            Whose::SuperAdmin => self.room_super_admins.contains(user),
            role => self.role(user, params) >= role,
        }
    }

    /// How much a user is in the group, chat room or thread that a call names. Where there is none, the operation itself
    /// says so.
    fn role(&self, user: &str, params: &Params) -> Whose {
        let named = |name: &str| params.get(name).and_then(Value::as_str);
        let (owner, admin, member) = if let Some(id) = named("chatroom_id") {
            let Ok(room) = self.room(id) else { return Whose::Owner };
            (room.owner == user, self.room_admins.contains(&key(&[id, user])), self.is_room_member(id, user))
        } else {
            let thread = named("thread_id").map(|id| self.threads.get(id));
            let id = thread.map_or_else(|| named("group_id"), |thread| thread.map(|thread| thread.group_id.as_str()));
            let Some(Ok(group)) = id.map(|id| self.group(id)) else { return Whose::Owner };
            let file = named("file_id").and_then(|file| self.group_files.get(&key(&[&group.id, file])));
            // A member who made a thread or a file is to it what the owner is to all of the group.
            let made = [thread.flatten().map(|thread| &thread.owner), file.map(|file| &file.owner)];
            let member = self.is_group_member(&group.id, user);
            let owns = group.owner == user || member && made.into_iter().flatten().any(|owner| owner == user);
            (owns, self.group_admins.contains(&key(&[&group.id, user])), member)
        };
        match (owner, admin, member) {
            (true, ..) => Whose::Owner,
            (_, true, _) => Whose::Admin,
            (.., true) => Whose::Member,
            _ => Whose::Any,
        }
    }
}

/// A user's token where the app's is needed, or another user's.
pub(crate) fn not_theirs() -> Refusal {
    Refusal::new(401, "unauthorized", "Unable to authenticate (OAuth)")
}

/// A token that is past its time, or none at all.
pub(crate) fn expired() -> Refusal {
    Refusal::new(401, "unauthorized", "Unable to authenticate due to expired access token")
}

/// A token that nobody made.
fn corrupt() -> Refusal {
    Refusal::new(401, "auth_bad_access_token", CORRUPT)
}

/// A token of another app, or one that no longer counts.
fn foreign() -> Refusal {
    Refusal::new(401, "auth_bad_access_token", "Unable to authenticate")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Genuine, token};
    use crate::{app::App, ids::Ids};

    #[test]
    fn long_tokens_are_checked_anew_each_time() {
        let (app, mut genuine) = (App::default(), Genuine::default());
        for (user, kept) in [(String::from("amy"), 1), ((0..60).map(Ids::opaque).collect(), 1)] {
            let claims = token::Claims {
                app_id: &app.app_id,
                issued: 1_767_225_600,
                expire: 86_400,
                salt: 1,
                user: Some(&user),
            };
            let bearer = token::build(&claims, &app.app_certificate).unwrap();
            assert_eq!(bearer.len() > Genuine::LONGEST, user.len() > 100);
            assert_eq!(genuine.check(&bearer, &app).unwrap().user, user);
            assert_eq!(genuine.0.len(), kept);
        }
    }
}
