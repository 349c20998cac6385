//! Who calls: app tokens and user tokens, opaque or built by the caller.

use crate::{Refusal, World};
use agora_chat_admin::token::{self, TokenError};

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
    pub fn authenticate(&self, header: Option<&str>) -> Result<Caller, Refusal> {
        let Some(header) = header else { return Ok(Caller::Nobody) };
        let bearer = match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => header.trim(),
        };
        if bearer.starts_with("007") { self.agora(bearer) } else { self.opaque(bearer) }
    }

    fn agora(&self, bearer: &str) -> Result<Caller, Refusal> {
        let token = token::decode(bearer).map_err(|_| corrupt())?;
        if !token.app_id.eq_ignore_ascii_case(&self.app.app_id) {
            return Err(foreign());
        }
        match token.verify(&self.app.app_certificate, self.now() / 1000) {
            Ok(()) => {}
            Err(TokenError::Expired) => return Err(expired()),
            Err(_) => return Err(foreign()),
        }
        if token.is_app() {
            return Ok(Caller::App);
        }
        self.users_by_uuid.get(&token.user).map(|u| Caller::User(u.clone())).ok_or_else(foreign)
    }

    fn opaque(&self, bearer: &str) -> Result<Caller, Refusal> {
        let token = self.tokens.get(bearer).ok_or_else(corrupt)?;
        if token.expires.is_some_and(|at| self.now() >= at) {
            return Err(expired());
        }
        Ok(token.user.clone().map_or(Caller::App, Caller::User))
    }
}

/// A token that is past its time, or none at all.
pub(crate) fn expired() -> Refusal {
    Refusal::new(401, "unauthorized", "Unable to authenticate due to expired access token")
}

/// A token that nobody made.
fn corrupt() -> Refusal {
    Refusal::new(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token")
}

/// A token of another app.
fn foreign() -> Refusal {
    Refusal::new(401, "auth_bad_access_token", "Unable to authenticate")
}
