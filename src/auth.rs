//! Bearer tokens: where they come from, how long they are kept, and that only one is fetched at a time, for all.

use crate::{
    error::{Error, Kind},
    host::Host,
    shape::Secret,
    token::{self, Claims},
};
use futures_util::future::{FutureExt, Shared, WeakShared};
use std::{
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A bearer token and how long it holds.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub token: Secret,
    /// For how many seconds it is valid, at least 1; `None` if that is not known.
    pub expires_in: Option<u64>,
}

/// What a token callback returns.
#[cfg(not(target_arch = "wasm32"))]
pub type TokenFuture = Pin<Box<dyn Future<Output = Result<Token, Error>> + Send>>;
/// What a token callback returns.
#[cfg(target_arch = "wasm32")]
pub type TokenFuture = Pin<Box<dyn Future<Output = Result<Token, Error>>>>;
/// A token callback.
#[cfg(not(target_arch = "wasm32"))]
pub type TokenCallback = Arc<dyn Fn() -> TokenFuture + Send + Sync>;
/// A token callback.
#[cfg(target_arch = "wasm32")]
pub type TokenCallback = Arc<dyn Fn() -> TokenFuture>;

/// How a client proves who it is.
#[derive(Clone)]
#[non_exhaustive]
pub enum Auth {
    /// A token that the caller has and renews.
    Token(Secret),
    /// A function that fetches tokens, for instance from the caller's back end.
    Callback(TokenCallback),
    /// Easemob: an app's client ID and secret, exchanged at `POST /token`.
    ClientCredentials {
        /// The client ID.
        client_id: String,
        /// The client secret.
        client_secret: Secret,
    },
    /// Agora: an App ID and App Certificate, from which tokens are built locally.
    Agora {
        /// The App ID.
        app_id: String,
        /// The App Certificate.
        app_certificate: Secret,
        /// For how many seconds each token is valid: at most 86,400.
        expire: u32,
    },
    /// None: for apps with open registration.
    None,
}

impl Auth {
    /// A token that the caller has.
    pub fn token(token: impl Into<String>) -> Self {
        Self::Token(Secret(token.into()))
    }

    /// Easemob's client ID and secret.
    pub fn client_credentials(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self::ClientCredentials { client_id: client_id.into(), client_secret: Secret(client_secret.into()) }
    }

    /// Agora's App ID and App Certificate; tokens live for an hour.
    pub fn agora(app_id: impl Into<String>, app_certificate: impl Into<String>) -> Self {
        Self::Agora { app_id: app_id.into(), app_certificate: Secret(app_certificate.into()), expire: 3_600 }
    }

    /// Why these credentials cannot be used.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Token(token) => sendable(token),
            _ => Ok(()),
        }
    }
}

/// Refuses a token that would end the header it travels in, or is none.
fn sendable(token: &Secret) -> Result<(), Error> {
    let printable = !token.0.is_empty() && token.0.bytes().all(|b| matches!(b, b'!'..=b'~'));
    if printable { Ok(()) } else { Err(Error::new(Kind::Invalid, "the token must be printable ASCII, without spaces")) }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Auth::Token(***)",
            Self::Callback(_) => "Auth::Callback",
            Self::ClientCredentials { .. } => "Auth::ClientCredentials(***)",
            Self::Agora { .. } => "Auth::Agora(***)",
            Self::None => "Auth::None",
        })
    }
}

/// A token in hand, with a number that tells it from its successors.
#[derive(Clone)]
pub(crate) struct Held {
    /// The header that carries it.
    pub(crate) authorization: Arc<str>,
    pub(crate) generation: u64,
    /// When to fetch the next, in Unix milliseconds; 0 if the platform refused this one.
    renew_at: u64,
    /// When it holds no more.
    ends_at: u64,
}

/// Says nothing of the token.
impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held").field("generation", &self.generation).finish_non_exhaustive()
    }
}

/// A token on its way. It belongs to no call: whoever waits for it moves it on, and it ends when nobody does.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) type Fetch = Pin<Box<dyn Future<Output = Result<Held, Error>> + Send>>;
/// A token on its way. It belongs to no call: whoever waits for it moves it on, and it ends when nobody does.
#[cfg(target_arch = "wasm32")]
pub(crate) type Fetch = Pin<Box<dyn Future<Output = Result<Held, Error>>>>;

/// How long a token that still holds is used when no other could be had, before the next try.
const PAUSE: u64 = 10_000;

/// Keeps the token, and the one fetch of it that there is at a time.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub(crate) auth: Auth,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
    generation: u64,
    fetch: Option<WeakShared<Fetch>>,
}

impl State {
    /// The fetch under way.
    fn fetch(&self) -> Option<Shared<Fetch>> {
        self.fetch.as_ref()?.upgrade().filter(|fetch| fetch.peek().is_none())
    }
}

impl Keeper {
    pub(crate) fn new(auth: Auth) -> Self {
        // One that was given is all there is: its generation is never asked to be replaced.
        let held = match &auth {
            Auth::Token(token) => {
                Some(Held { authorization: authorization(token), generation: 0, renew_at: u64::MAX, ends_at: u64::MAX })
            }
            _ => None,
        };
        Self { auth, state: Mutex::new(State { held, ..State::default() }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token to use; `Some(None)` where calls need none, nothing if it is to be fetched. `refused` is the generation
    /// that the platform just answered 401 to.
    pub(crate) fn held<H: Host>(&self, host: &H, refused: Option<u64>) -> Option<Option<Held>> {
        if matches!(self.auth, Auth::None) {
            return Some(None);
        }
        // Not the time for a token that has no end: a call into JavaScript costs as much as half of all this.
        let endless = |held: &Held| held.renew_at == u64::MAX;
        let now = if self.state().held.as_ref().is_some_and(endless) { 0 } else { host.now() };
        {
            let state = self.state();
            if let Some(held) = state.held.as_ref().filter(|h| refused != Some(h.generation))
                // While somebody fetches the next one, the old one serves to its end.
                && (now < held.renew_at || held.renew_at > 0 && now < held.ends_at && state.fetch().is_some())
            {
                return Some(Some(held.clone()));
            }
        }
        // What is built here needs no waiting; why it cannot be, its fetch tells.
        let Auth::Agora { app_id, app_certificate, expire } = &self.auth else { return None };
        build(host, app_id, app_certificate, *expire).and_then(|token| self.keep(token, now)).ok().map(Some)
    }

    /// The fetch under way, or a new one.
    pub(crate) fn fetch(&self, begin: impl FnOnce() -> Fetch) -> Shared<Fetch> {
        let mut state = self.state();
        state.fetch().unwrap_or_else(|| {
            let fetch = begin().shared();
            state.fetch = fetch.downgrade();
            fetch
        })
    }

    /// Keeps a token in place of the last one.
    pub(crate) fn keep(&self, token: Token, now: u64) -> Result<Held, Error> {
        sendable(&token.token)?;
        if token.expires_in == Some(0) {
            return Err(Error::new(Kind::Invalid, NO_LIFETIME));
        }
        let mut state = self.state();
        state.generation += 1;
        let (renew_at, ends_at) = lifetime(now, token.expires_in);
        let held = Held { authorization: authorization(&token.token), generation: state.generation, renew_at, ends_at };
        state.held = Some(held.clone());
        Ok(held)
    }

    /// The old token, if it still holds.
    pub(crate) fn spare(&self, now: u64, refused: Option<u64>) -> Option<Held> {
        let state = self.state();
        state.held.as_ref().filter(|h| refused != Some(h.generation) && now < h.ends_at).cloned()
    }

    /// Goes on with an old token for a while: no other could be had.
    pub(crate) fn postpone(&self, spare: &Held, now: u64) {
        if let Some(held) = self.state().held.as_mut().filter(|h| h.generation == spare.generation) {
            held.renew_at = now.saturating_add((held.ends_at.saturating_sub(now) / 2).min(PAUSE));
        }
    }

    /// The platform refused this token: the next call fetches another.
    pub(crate) fn refuse(&self, generation: u64) {
        if let Some(held) = self.state().held.as_mut().filter(|h| h.generation == generation) {
            held.renew_at = 0;
        }
    }
}

/// A lifetime in whole seconds, unless it is no number that could be one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn seconds(given: f64) -> Option<u64> {
    (given.is_finite() && given >= 1.0).then_some(given as u64)
}

/// What is said of any other.
pub(crate) const NO_LIFETIME: &str = "expires_in must be a number of seconds, at least 1";

fn authorization(token: &Secret) -> Arc<str> {
    format!("Bearer {}", token.0).into()
}

/// When to renew a token, a tenth of its life before its end but at most five minutes, and its end.
fn lifetime(now: u64, expires_in: Option<u64>) -> (u64, u64) {
    match expires_in {
        None => (u64::MAX, u64::MAX),
        Some(seconds) => {
            let life = seconds.saturating_mul(1000);
            (now.saturating_add(life - (life / 10).min(300_000)), now.saturating_add(life))
        }
    }
}

pub(crate) fn build<H: Host>(host: &H, app_id: &str, app_certificate: &Secret, expire: u32) -> Result<Token, Error> {
    if expire == 0 || expire > token::MAX_EXPIRE {
        return Err(Error::new(Kind::Invalid, format!("auth.expire must be 1 to {} seconds", token::MAX_EXPIRE)));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let salt = (host.random() * 99_999_999.0) as u32 + 1;
    let issued = u32::try_from(host.now() / 1000).unwrap_or(u32::MAX);
    let claims = Claims { app_id, issued, expire, salt, user: None };
    let built =
        token::build(&claims, &app_certificate.0).map_err(|e| Error::new(Kind::Invalid, format!("auth: {e}")))?;
    Ok(Token { token: Secret(built), expires_in: Some(u64::from(expire)) })
}
