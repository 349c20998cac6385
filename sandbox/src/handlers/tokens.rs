//! Tokens that the platform makes.

use crate::{Call, Handle, Refusal, World, auth::Caller, ids::Ids, state::users::Token};
use agora_chat_admin::{
    api::{
        tokens::{
            self, ExchangedToken,
            app::{self, AppToken},
            user::{self, UserToken},
        },
        users::NewUser,
    },
    shape::{Scalar, Secret},
};

/// How long a token holds that is asked for without a time: 60 days, in seconds.
const DEFAULT_TTL: u64 = 60 * 86_400;

/// The token with which seeds are run, for as long as they are.
const OWN: &str = "YWMtsandbox";

impl World {
    /// Makes a token and tells for how many seconds it holds.
    fn make_token(&mut self, user: Option<String>, ttl: Option<&Scalar>) -> Result<(Secret, u64), Refusal> {
        // Go clients send an empty text for none.
        let ttl = match ttl.map(ToString::to_string).filter(|ttl| !ttl.is_empty()) {
            None => DEFAULT_TTL,
            Some(ttl) => ttl.parse().map_err(|_| Refusal::illegal_argument("ttl must be a number of seconds"))?,
        };
        // Apps count alike, and a token of one is none of another's.
        let token = format!("YWMt{}", Ids::opaque(self.next_number() ^ Ids::seed(&self.app.key())));
        // Documented: 0 is for ever.
        let expires = (ttl > 0).then(|| self.now().saturating_add(ttl.saturating_mul(1000)));
        self.tokens.insert(token.clone(), Token { user, expires });
        Ok((Secret(token), ttl))
    }

    /// An app token for the sandbox's own use.
    pub(crate) fn app_token(&mut self) -> String {
        self.tokens.insert(OWN, Token::default());
        OWN.to_owned()
    }

    /// Nobody else may use it.
    pub(crate) fn end_app_token(&mut self) {
        self.tokens.remove(OWN);
    }

    fn token_for(&mut self, username: &str, ttl: Option<&Scalar>) -> Result<UserToken, Refusal> {
        let row = self.user(username).map_err(|_| no_such_user())?;
        if !row.activated {
            return Err(no_grant("user not activated"));
        }
        let user = row.shown(username);
        let (access_token, expires_in) = self.make_token(Some(user.username.clone()), ttl)?;
        Ok(UserToken { access_token, expires_in, user })
    }
}

fn no_grant(description: &str) -> Refusal {
    Refusal::new(400, "invalid_grant", description)
}

fn no_such_user() -> Refusal {
    Refusal::new(404, "invalid_grant", "user not found")
}

impl Handle<app::Create> for World {
    fn handle(&mut self, r: app::Create, _: &mut Call) -> Result<AppToken, Refusal> {
        if r.client_id != self.app.client_id {
            return Err(no_grant("client_id does not match"));
        }
        if r.client_secret.0 != self.app.client_secret {
            return Err(no_grant("client_secret does not match"));
        }
        let (access_token, expires_in) = self.make_token(None, r.ttl.as_ref())?;
        Ok(AppToken { access_token, expires_in, application: Some(self.app.uuid.clone()) })
    }
}

impl Handle<user::Create> for World {
    fn handle(&mut self, r: user::Create, _: &mut Call) -> Result<UserToken, Refusal> {
        if r.auto_create_user && self.user(&r.username).is_err() {
            self.register(&NewUser { username: r.username.clone(), ..NewUser::default() }, false)?;
        }
        self.token_for(&r.username, r.ttl.as_ref())
    }
}

impl Handle<user::CreateWithPassword> for World {
    fn handle(&mut self, r: user::CreateWithPassword, _: &mut Call) -> Result<UserToken, Refusal> {
        let row = self.user(&r.username).map_err(|_| no_such_user())?;
        // A user who was registered without a password cannot log in with one.
        if row.password.as_deref() != Some(r.password.0.as_str()) {
            return Err(no_grant("invalid password"));
        }
        self.token_for(&r.username, r.ttl.as_ref())
    }
}

impl Handle<tokens::Exchange> for World {
    fn handle(&mut self, _: tokens::Exchange, call: &mut Call) -> Result<ExchangedToken, Refusal> {
        let user = match &call.caller {
            Caller::User(name) => Some(name.clone()),
            Caller::App | Caller::Nobody => None,
        };
        let day = Scalar::from(86_400);
        let (access_token, expires_in) = self.make_token(user, Some(&day))?;
        Ok(ExchangedToken { access_token, expire_timestamp: self.now().saturating_add(expires_in * 1000) })
    }
}
