//! The client: prepare, authorize, send, retry, unwrap.

use crate::{
    api,
    auth::{self, Auth, Fetch, Held, Keeper, Token},
    codec::{self, Body, Params, Request},
    dialect::Dialect,
    error::{Error, Kind},
    host::{Head, Host, Incoming, Outgoing, Own, Payload},
    operation::{self, Method, Operation},
    retry,
    shape::{File, Secret},
};
use futures_util::future::{Either, select};
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap, fmt, pin::pin, sync::Arc, time::Duration};

pub mod base;
mod typed;

pub use base::App;

/// Names and values.
pub type Headers = Vec<(Cow<'static, str>, String)>;

/// What a client is made from.
#[derive(Clone)]
pub struct Config {
    /// The REST server: `https://a61.chat.agora.io`.
    pub base_url: String,
    /// The app.
    pub app: App,
    /// How to prove who calls.
    pub auth: Auth,
    /// Which vendor's documentation the app follows.
    pub dialect: Dialect,
    /// How long one attempt may take, in milliseconds.
    pub timeout: u64,
    /// How long a whole call may take: its token, all attempts and the waits between them. `None` for no such limit.
    pub deadline: Option<Duration>,
    /// How many times a failed request is sent again.
    pub retries: u32,
    /// Headers for every request.
    pub headers: Vec<(String, String)>,
    /// Older forms to use: operation id to the method of a documented older form.
    pub forms: BTreeMap<String, String>,
    /// Whether plain `http://` to another machine is accepted. Anyone on the way could read the token.
    pub allow_http: bool,
}

impl Config {
    /// A configuration with the defaults: 30 seconds an attempt, 2 retries.
    pub fn new(base_url: impl Into<String>, app: App, auth: Auth) -> Self {
        Self {
            base_url: base_url.into(),
            app,
            auth,
            dialect: Dialect::Agora,
            timeout: 30_000,
            deadline: None,
            retries: 2,
            headers: Vec::new(),
            forms: BTreeMap::new(),
            allow_http: false,
        }
    }
}

/// Says nothing of the headers: there may be a token among them.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { base_url, app, auth, dialect, .. } = self;
        let mut debug = f.debug_struct("Config");
        debug.field("base_url", base_url).field("app", app).field("auth", auth).field("dialect", dialect);
        debug.finish_non_exhaustive()
    }
}

/// What one call may set for itself.
#[derive(Clone, Default)]
pub struct Options {
    /// How long one attempt may take, in milliseconds.
    pub timeout: Option<u64>,
    /// How long the whole call may take: its token, all attempts and the waits between them.
    pub deadline: Option<Duration>,
    /// How many times it is sent again.
    pub retries: Option<u32>,
    /// More headers.
    pub headers: Vec<(String, String)>,
    /// The method of an older form to use.
    pub form: Option<String>,
}

/// Says nothing of the headers: there may be a token among them.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { timeout, deadline, retries, form, .. } = self;
        let mut debug = f.debug_struct("Options");
        debug
            .field("timeout", timeout)
            .field("deadline", deadline)
            .field("retries", retries)
            .field("form", form)
            .finish_non_exhaustive()
    }
}

/// An answer with how it came.
pub struct Reply<B> {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub head: Head,
    /// The body.
    pub body: B,
    /// How many times the request was sent.
    pub attempts: u32,
}

/// Says nothing of the body: there may be a token in it.
impl<B> fmt::Debug for Reply<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, head, attempts, .. } = self;
        let mut debug = f.debug_struct("Reply");
        debug.field("status", status).field("head", head).field("attempts", attempts).finish_non_exhaustive()
    }
}

/// A request as it will be sent, but for its token.
#[derive(Clone)]
pub struct Prepared {
    /// The operation's id, or a method and path.
    pub operation: String,
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The headers.
    pub headers: Headers,
    /// The body.
    pub body: Body,
    safe: bool,
    authorize: bool,
    bytes: bool,
}

/// Says what is sent, and nothing of what is in it.
impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, method, body, .. } = self;
        let mut debug = f.debug_struct("Prepared");
        debug.field("operation", operation).field("method", method).field("body", body).finish_non_exhaustive()
    }
}

impl Prepared {
    /// A caller's own Authorization stands in for ours.
    fn wants_token(&self) -> bool {
        self.authorize && !self.headers.iter().any(|(name, _)| name == "authorization")
    }
}

/// A first attempt that the host made itself, and what came of it.
#[derive(Debug)]
pub struct Begun<B> {
    /// Which token it was sent with.
    pub generation: u64,
    /// What came.
    pub outcome: Result<Incoming<B>, Error>,
}

/// How far a call came.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// How many times it was sent.
    attempts: u32,
    /// Whether an answer is awaited.
    in_flight: bool,
}

/// A client of one app. Its clones share its token and its connections.
#[derive(Debug)]
pub struct Client<H = Own>(Arc<Inner<H>>);

#[derive(Debug)]
struct Inner<H> {
    host: H,
    config: Config,
    base: String,
    keeper: Keeper,
}

impl<H> Clone for Client<H> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Client<crate::host::native::Native> {
    /// A client that sends with reqwest.
    pub fn new(config: Config) -> Result<Self, Error> {
        Self::with_host(config, crate::host::native::Native::new())
    }
}

impl<H: Host> Client<H> {
    /// A client on that host.
    pub fn with_host(mut config: Config, host: H) -> Result<Self, Error> {
        let base = base::resolve(&config)?;
        config.auth.check()?;
        for (name, value) in &mut config.headers {
            base::check_header(name, value)?;
            name.make_ascii_lowercase();
        }
        let keeper = Keeper::new(config.auth.clone());
        Ok(Self(Arc::new(Inner { host, config, base, keeper })))
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.0.host
    }

    /// Turns an operation's parameters into the request that would be sent.
    pub fn prepare(&self, operation: &Operation, params: &Params, options: &Options) -> Result<Prepared, Error> {
        let id = operation.id();
        let named = |e: Error| e.with(|d| d.operation.clone_from(&id));
        let mut request = operation.encode(params, self.0.config.dialect).map_err(|p| named(p.into()))?;
        if let Some(method) = options.form.as_ref().or_else(|| self.0.config.forms.get(&id)) {
            request.method = older_form(operation, method).map_err(named)?;
        }
        if operation.bytes {
            request.headers.push((Cow::Borrowed("accept"), "application/octet-stream".to_owned()));
        }
        let content_type = match request.body {
            Body::Json(_) => Some("application/json"),
            Body::Form(_) => Some("application/x-www-form-urlencoded"),
            Body::Empty | Body::Multipart { .. } => None,
        };
        self.assemble(id.clone(), request, content_type, options).map(|p| Prepared {
            safe: operation.safe,
            authorize: operation.auth == operation::Auth::App,
            bytes: operation.bytes,
            ..p
        })
    }

    /// A request that the table does not know. `path` begins below the app; `body` is sent as JSON.
    pub fn prepare_raw(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        options: &Options,
    ) -> Result<Prepared, Error> {
        let operation = format!("{} {path}", method.as_str());
        let problem = base::path_problem(path);
        if let Some(problem) = problem {
            return Err(Error::new(Kind::Invalid, format!("path {problem}")).with(|d| d.operation = operation));
        }
        if method == Method::GET && body.is_some() {
            return Err(Error::new(Kind::Invalid, "body cannot be sent with GET").with(|d| d.operation = operation));
        }
        let body = body.map_or(Body::Empty, |b| Body::Json(codec::json(b)));
        let content_type = matches!(body, Body::Json(_)).then_some("application/json");
        let request = Request { method, path: path.to_owned(), headers: Vec::new(), body };
        self.assemble(operation, request, content_type, options)
    }

    fn assemble(
        &self,
        operation: String,
        request: Request,
        content_type: Option<&'static str>,
        options: &Options,
    ) -> Result<Prepared, Error> {
        let Request { method, path, mut headers, body } = request;
        if !headers.iter().any(|(name, _)| name == "accept") {
            headers.push((Cow::Borrowed("accept"), "application/json".to_owned()));
        }
        if let Some(content_type) = content_type {
            headers.push((Cow::Borrowed("content-type"), content_type.to_owned()));
        }
        for (name, value) in &self.0.config.headers {
            put(&mut headers, name.clone(), value);
        }
        for (name, value) in &options.headers {
            base::check_header(name, value).map_err(|e| e.with(|d| d.operation.clone_from(&operation)))?;
            put(&mut headers, name.to_ascii_lowercase(), value);
        }
        let url = format!("{}{path}", self.0.base);
        let safe = method == Method::GET;
        Ok(Prepared { operation, method, url, headers, body, safe, authorize: true, bytes: false })
    }

    /// Sends a prepared request: with a token, retried as its operation allows.
    pub async fn exchange(
        &self,
        prepared: &Prepared,
        file: Option<&File>,
        call: &H::Call,
        options: &Options,
    ) -> Result<Reply<H::Body>, Error> {
        let mut progress = Progress::default();
        let attempt = self.attempt(prepared, file, call, options, &mut progress);
        // JavaScript counts the time of a whole call, which begins before this.
        #[cfg(target_arch = "wasm32")]
        let outcome = attempt.await;
        #[cfg(not(target_arch = "wasm32"))]
        let outcome = match options.deadline.or(self.0.config.deadline) {
            None => attempt.await,
            Some(deadline) => {
                let milliseconds = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
                let ended = match select(pin!(attempt), pin!(self.0.host.expire(milliseconds, call))).await {
                    Either::Left((outcome, _)) => Ok(outcome),
                    Either::Right((ended, _)) => Err(ended),
                };
                ended.unwrap_or_else(|ended| {
                    let error = ended.err().unwrap_or_else(|| Error::new(Kind::Timeout, "the call's deadline is over"));
                    let error = if progress.in_flight { error } else { error.unsent() };
                    Err(retry::judge(error, prepared.safe))
                })
            }
        };
        outcome.map_err(|e| placed(e, prepared, progress))
    }

    async fn attempt(
        &self,
        prepared: &Prepared,
        file: Option<&File>,
        call: &H::Call,
        options: &Options,
        progress: &mut Progress,
    ) -> Result<Reply<H::Body>, Error> {
        let Inner { host, config, keeper, .. } = &*self.0;
        let retries = options.retries.unwrap_or(config.retries);
        let mut begun = host.begun(call);
        let mut refused = None;
        let mut tries = 0;
        loop {
            tries += 1;
            let Begun { generation, outcome } = match begun.take() {
                Some(begun) => {
                    progress.attempts += 1;
                    begun
                }
                None => {
                    let timeout = self.timeout(options);
                    let (held, timeout) = match prepared.wants_token() {
                        true => self.token(call, refused, timeout).await?,
                        false => (None, timeout),
                    };
                    let (generation, headers) = signed(prepared, held.as_ref());
                    let request = Outgoing {
                        method: prepared.method,
                        url: &prepared.url,
                        headers: &headers,
                        body: &prepared.body,
                        file,
                        timeout,
                        bytes: prepared.bytes,
                    };
                    *progress = Progress { attempts: progress.attempts + 1, in_flight: true };
                    Begun { generation, outcome: host.fetch(&request, call).await }
                }
            };
            progress.in_flight = false;
            let error = match outcome {
                Ok(Incoming { status, head, body }) if is_success(status) => {
                    return Ok(Reply { status, head, body, attempts: progress.attempts });
                }
                Ok(answer) => {
                    if answer.status == 401 && generation > 0 {
                        keeper.refuse(generation);
                        // The token may have been revoked or the clock may differ: one fresh one, at no retry's cost.
                        if refused.is_none() && host.repeats(call) {
                            refused = Some(generation);
                            tries -= 1;
                            continue;
                        }
                    }
                    service(answer, host.now())
                }
                Err(error) => error,
            };
            let error = retry::judge(error, prepared.safe);
            let Some(delay) = retry::delay(&error, tries, retries, host.random()).filter(|_| host.repeats(call)) else {
                return Err(error);
            };
            host.retrying(&error, delay, call);
            host.sleep(delay, call).await.map_err(Error::unsent)?;
            if !host.turn(call).await {
                return Err(error);
            }
        }
    }

    /// How long one attempt may take, in milliseconds.
    #[must_use]
    pub fn timeout(&self, options: &Options) -> u64 {
        options.timeout.unwrap_or(self.0.config.timeout)
    }

    /// The token of a first attempt, if it needs one; nothing if that has to be fetched.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(crate) fn ready(&self, prepared: &Prepared) -> Option<Option<Held>> {
        if prepared.wants_token() { self.0.keeper.held(&self.0.host, None) } else { Some(None) }
    }

    /// The token to send with, and what its wait leaves of the attempt's time.
    async fn token(&self, call: &H::Call, refused: Option<u64>, timeout: u64) -> Result<(Option<Held>, u64), Error> {
        let Inner { host, keeper, .. } = &*self.0;
        if let Some(held) = keeper.held(host, refused) {
            return Ok((held, timeout));
        }
        let began = host.now();
        // With an old one at hand there is no need to wait for all of the time that there is.
        let most = if keeper.spare(began, refused).is_some() { timeout / 2 } else { timeout };
        let outcome = self.within(most, call, Box::pin(keeper.fetch(|| self.fetch()))).await;
        let now = host.now();
        let held = match outcome {
            Err(error) if error.kind() != Kind::Aborted => {
                let spare = keeper.spare(now, refused).ok_or(error)?;
                keeper.postpone(&spare, now);
                spare
            }
            outcome => outcome?,
        };
        Ok((Some(held), timeout.saturating_sub(now.saturating_sub(began)).max(1)))
    }

    /// What comes of a token's fetch in this time.
    async fn within(&self, milliseconds: u64, call: &H::Call, fetch: Fetch) -> Result<Held, Error> {
        match select(fetch, pin!(self.0.host.expire(milliseconds, call))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right((ended, _)) => {
                let error = ended.err().unwrap_or_else(|| Error::new(Kind::Timeout, "no token in time"));
                Err(retry::judge(error.unsent(), true))
            }
        }
    }

    /// Begins to fetch a token, for nobody in particular: with the client's own timeout and retries.
    fn fetch(&self) -> Fetch {
        let client = self.clone();
        Box::pin(async move {
            let call = H::Call::default();
            let fetch = client.fetch_token();
            let outcome = client.within(client.0.config.timeout, &call, fetch).await;
            outcome.map_err(|e| retry::judge(e, true))
        })
    }

    fn fetch_token(&self) -> Fetch {
        let client = self.clone();
        Box::pin(async move {
            let Inner { host, keeper, .. } = &*client.0;
            let token = match &keeper.auth {
                Auth::Callback(callback) => callback().await?,
                Auth::ClientCredentials { client_id, client_secret } => {
                    client.exchange_credentials(client_id, client_secret).await?
                }
                Auth::Agora { app_id, app_certificate, expire } => auth::build(host, app_id, app_certificate, *expire)?,
                Auth::Token(_) | Auth::None => return Err(Error::new(Kind::Invalid, "there are no credentials")),
            };
            keeper.keep(token, host.now())
        })
    }

    /// `tokens.app.create`, without a token of its own.
    async fn exchange_credentials(&self, client_id: &str, client_secret: &Secret) -> Result<Token, Error> {
        let body = serde_json::json!({ "grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret });
        let request = Request {
            method: Method::POST,
            path: "/token".to_owned(),
            headers: Vec::new(),
            body: Body::Json(codec::json(&body)),
        };
        let options = Options::default();
        let prepared = self.assemble("tokens.app.create".into(), request, Some("application/json"), &options)?;
        let prepared = Prepared { safe: true, authorize: false, ..prepared };
        let no_token = |e: Error| e.with(|d| d.message.insert_str(0, "no app token: "));
        let answer = self.exchange(&prepared, None, &H::Call::default(), &options).await.map_err(no_token)?;
        let text = answer.body.text();
        read_token(&text).map_err(|what| {
            no_token(Error::new(Kind::Decode, what)).with(|d| {
                d.status = Some(answer.status);
                d.body = Some(text);
            })
        })
    }

    /// Finds an operation by its id.
    pub fn operation(id: &str) -> Result<&'static Operation, Error> {
        api::find(id).ok_or_else(|| {
            Error::new(Kind::Invalid, "there is no such operation").with(|d| d.operation = id.to_owned())
        })
    }
}

/// Sets a header in place of the one that there may be.
fn put(headers: &mut Headers, name: String, value: &str) {
    headers.retain(|(n, _)| *n != name);
    headers.push((Cow::Owned(name), value.to_owned()));
}

/// A request's headers with its token, and the token's generation; 0 if there is no other to be had.
fn signed(prepared: &Prepared, held: Option<&Held>) -> (u64, Headers) {
    let mut headers = prepared.headers.clone();
    if let Some(held) = held {
        headers.push((Cow::Borrowed("authorization"), held.authorization.to_string()));
    }
    (held.map_or(0, |h| h.generation), headers)
}

/// Whether an answer is a success. A redirect that was not followed is none, whatever its body says.
#[must_use]
pub fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// The error that an answer is.
fn service<B: Payload>(answer: Incoming<B>, now: u64) -> Error {
    let Incoming { status, head, body } = answer;
    Error::service(status, body.text()).with(|d| {
        d.retry_after = head.get("retry-after").and_then(|h| retry::retry_after(&h, now));
        let target = head.get("location");
        // With `fetch` not even the status of a redirect can be known; it is 0 then.
        if status == 0 || target.is_some() && (300..400).contains(&status) {
            let target = target.as_deref().unwrap_or("another address");
            d.message = format!("the server redirects to {target}: check {}", base::BASE_URL);
        }
        d.headers = Some(head);
    })
}

/// An error with its operation, and how often that was sent.
fn placed(error: Error, prepared: &Prepared, progress: Progress) -> Error {
    error.with(|d| {
        d.operation.clone_from(&prepared.operation);
        d.attempts = progress.attempts;
    })
}

/// The method of the older form that a caller asked for.
fn older_form(operation: &Operation, method: &str) -> Result<Method, Error> {
    // Forms differ in their method; where only the path differs, the parameters would too.
    let found = operation.forms.iter().find(|f| f.method.as_str() == method && f.path == operation.path);
    found.map(|f| f.method).ok_or_else(|| Error::new(Kind::Invalid, format!("there is no older form `{method}`")))
}

/// The token of a `POST /token` answer, or what is wrong with that.
fn read_token(text: &str) -> Result<Token, &'static str> {
    let body: Value = serde_json::from_str(text).unwrap_or_default();
    let token = body.get("access_token").and_then(Value::as_str).ok_or("the answer holds no access_token")?;
    let expires_in = match body.get("expires_in") {
        // Documented: for ever.
        None | Some(Value::Null) => None,
        Some(Value::Number(n)) if n.as_u64() == Some(0) => None,
        Some(value) => {
            let printed = || value.as_str()?.trim().parse().ok();
            Some(value.as_f64().and_then(auth::seconds).or_else(printed).filter(|s| *s > 0).ok_or(auth::NO_LIFETIME)?)
        }
    };
    Ok(Token { token: Secret(token.to_owned()), expires_in })
}
