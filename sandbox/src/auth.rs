//! Who calls: app tokens and user tokens, opaque or built by the caller.

use crate::{Refusal, World, app::App};
use agora_chat_admin::{
    operation::{Auth, Operation},
    token::{self, Decoded, TokenError},
};
use std::{borrow::Cow, collections::BTreeMap};

/// The longest that a token holds which the caller built, in seconds, whatever it says itself.
const MAX_LIFE: u64 = 86_400;
/// The operations that need no token: whoever knows a file's address may fetch it, with its secret if it has one.
const OF_ALL: [&str; 2] = ["files.download", "files.downloadThumbnail"];
/// The operations that a user's own token may call, and the groups of such; the others take the app's alone.
const OF_USERS: [&str; 4] = ["attributes", "files", "groups.files", "push.settings.setTemplate"];

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
        let user = self.user_of_uuid(&named).map(str::to_owned).or_else(|| self.user_id(&named).ok());
        user.map(Caller::User).ok_or_else(foreign)
    }

    fn opaque(&self, bearer: &str) -> Result<Caller, Refusal> {
        let token = self.tokens.get(bearer).ok_or_else(corrupt)?;
        if token.expires.is_some_and(|at| self.now() >= at) {
            return Err(expired());
        }
        Ok(token.user.clone().map_or(Caller::App, Caller::User))
    }
}

/// Who calls an operation, if its kind of token may; where none is asked for, a bad one is none.
pub(crate) fn admit(operation: &Operation, caller: Result<Caller, Refusal>) -> Result<Caller, Refusal> {
    if operation.auth == Auth::None || OF_ALL.contains(&operation.id().as_str()) {
        return Ok(caller.unwrap_or(Caller::Nobody));
    }
    match caller? {
        Caller::Nobody => Err(expired()),
        Caller::User(_) if !OF_USERS.iter().any(|of| operation.group == *of || operation.id() == *of) => Err(corrupt()),
        caller => Ok(caller),
    }
}

/// A token that is past its time, or none at all.
pub(crate) fn expired() -> Refusal {
    Refusal::new(401, "unauthorized", "Unable to authenticate due to expired access token")
}

/// A token that nobody made, or one of a user where the app's is needed.
fn corrupt() -> Refusal {
    Refusal::new(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token")
}

/// A token of another app.
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
