//! Bearer tokens: where they come from, how long they are kept, and that only one is fetched at a time.

use crate::{
    error::{Error, Kind},
    host::Host,
    shape::Secret,
    token::{self, Claims},
};
use futures_util::lock::Mutex;
use std::{fmt, pin::Pin, sync::Arc};

/// A bearer token and how long it holds.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub token: Secret,
    /// For how many seconds it is valid; `None` if that is not known.
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

/// Refuses a token that would end the header it travels in.
fn sendable(token: &Secret) -> Result<(), Error> {
    let printable = token.0.bytes().all(|b| matches!(b, b' '..=b'~'));
    if printable { Ok(()) } else { Err(Error::new(Kind::Invalid, "the token must hold printable ASCII only")) }
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
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// The header that carries it.
    pub(crate) authorization: Arc<str>,
    pub(crate) generation: u64,
    /// When to fetch the next, in Unix milliseconds.
    renew_at: u64,
}

/// Keeps the token. The lock is held while one is fetched, so that everyone else waits for that one.
#[derive(Debug)]
pub(crate) struct Keeper {
    auth: Auth,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
    generation: u64,
    /// The last failure and when it came: those who waited for that fetch share it.
    failed: Option<(u64, Error)>,
}

impl State {
    /// The token, unless it is old or was just refused.
    fn holding<H: Host>(&self, host: &H, refused: Option<u64>) -> Option<Held> {
        let held = self.held.as_ref()?;
        (refused != Some(held.generation) && host.now() < held.renew_at).then(|| held.clone())
    }

    /// Keeps a token in place of the last one.
    fn hold<H: Host>(&mut self, host: &H, token: Token) -> Held {
        self.generation += 1;
        self.failed = None;
        let renew_at = renew_at(host.now(), token.expires_in);
        let held = Held { authorization: authorization(&token.token), generation: self.generation, renew_at };
        self.held = Some(held.clone());
        held
    }
}

impl Keeper {
    pub(crate) fn new(auth: Auth) -> Self {
        // One that was given is all there is: its generation is never asked to be replaced.
        let held = match &auth {
            Auth::Token(token) => Some(Held { authorization: authorization(token), generation: 0, renew_at: u64::MAX }),
            _ => None,
        };
        Self { auth, state: Mutex::new(State { held, ..State::default() }) }
    }

    /// The token in hand, if one is and nobody fetches another; `Some(None)` where calls need none.
    pub(crate) fn held<H: Host>(&self, host: &H, refused: Option<u64>) -> Option<Option<Held>> {
        match &self.auth {
            Auth::None => Some(None),
            auth => {
                let mut state = self.state.try_lock()?;
                if let Some(held) = state.holding(host, refused) {
                    return Some(Some(held));
                }
                // What is built here needs no waiting; why it cannot be, `token` tells.
                let Auth::Agora { app_id, app_certificate, expire } = auth else { return None };
                build(host, app_id, app_certificate, *expire).ok().map(|token| Some(state.hold(host, token)))
            }
        }
    }

    /// A token that holds. `refused` is the generation that the platform just answered 401 to.
    pub(crate) async fn token<H: Host, F>(
        &self,
        host: &H,
        refused: Option<u64>,
        exchange: impl FnOnce(String, Secret) -> F,
    ) -> Result<Option<Held>, Error>
    where
        F: Future<Output = Result<Token, Error>>,
    {
        if let Some(held) = self.held(host, refused) {
            return Ok(held);
        }
        let asked_at = host.now();
        let mut state = self.state.lock().await;
        if let Some(held) = state.holding(host, refused) {
            return Ok(Some(held));
        }
        if let Some((at, error)) = &state.failed
            && *at > asked_at
        {
            return Err(error.clone());
        }
        let fetched = match &self.auth {
            Auth::Callback(callback) => callback().await,
            Auth::ClientCredentials { client_id, client_secret } => {
                exchange(client_id.clone(), client_secret.clone()).await
            }
            Auth::Agora { app_id, app_certificate, expire } => build(host, app_id, app_certificate, *expire),
            Auth::Token(_) | Auth::None => return Ok(None),
        };
        match fetched.and_then(|token| sendable(&token.token).map(|()| token)) {
            Ok(token) => Ok(Some(state.hold(host, token))),
            Err(error) => {
                state.held = None;
                state.failed = Some((host.now(), error.clone()));
                Err(error)
            }
        }
    }
}

fn authorization(token: &Secret) -> Arc<str> {
    format!("Bearer {}", token.0).into()
}

/// A tenth of its life before a token ends, but at most five minutes.
fn renew_at(now: u64, expires_in: Option<u64>) -> u64 {
    match expires_in {
        // Easemob documents a ttl of 0 as "for ever".
        None | Some(0) => u64::MAX,
        Some(seconds) => {
            let life = seconds.saturating_mul(1000);
            now.saturating_add(life - (life / 10).min(300_000))
        }
    }
}

fn build<H: Host>(host: &H, app_id: &str, app_certificate: &Secret, expire: u32) -> Result<Token, Error> {
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
