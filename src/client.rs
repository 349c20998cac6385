//! The client: prepare, authorize, send, retry, unwrap.

use crate::{
    api,
    auth::{Auth, Held, Keeper, Token},
    codec::{self, Body, Params, Request},
    dialect::Dialect,
    error::{Error, Kind},
    host::{Host, Incoming, Outgoing, Payload},
    operation::{self, Method, Operation},
    retry,
    shape::{File, Secret},
};
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap};

pub mod base;
mod typed;

pub use base::App;

/// Names and values.
pub type Headers = Vec<(Cow<'static, str>, String)>;

/// What a client is made from.
#[derive(Clone, Debug)]
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
    /// How many times a failed request is sent again.
    pub retries: u32,
    /// Headers for every request.
    pub headers: Vec<(String, String)>,
    /// Older forms to use: operation id to the method of a documented older form.
    pub forms: BTreeMap<String, String>,
    /// Whether plain `http://` to another machine is accepted, in the easemob dialect.
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
            retries: 2,
            headers: Vec::new(),
            forms: BTreeMap::new(),
            allow_http: false,
        }
    }
}

/// What one call may set for itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How long one attempt may take, in milliseconds.
    pub timeout: Option<u64>,
    /// How many times it is sent again.
    pub retries: Option<u32>,
    /// More headers.
    pub headers: Vec<(String, String)>,
    /// The method of an older form to use.
    pub form: Option<String>,
}

/// An answer with how it came.
#[derive(Debug)]
pub struct Reply<B> {
    /// The HTTP status.
    pub status: u16,
    /// The media type.
    pub content_type: Option<String>,
    /// The body.
    pub body: B,
    /// How many times the request was sent.
    pub attempts: u32,
}

/// A request as it will be sent, but for its token.
#[derive(Clone, Debug)]
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

/// A client of one app.
#[derive(Debug)]
pub struct Client<H> {
    host: H,
    config: Config,
    base: String,
    keeper: Keeper,
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
    pub fn with_host(config: Config, host: H) -> Result<Self, Error> {
        let base = base::resolve(&config)?;
        config.auth.check()?;
        let keeper = Keeper::new(config.auth.clone());
        Ok(Self { host, config, base, keeper })
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// Turns an operation's parameters into the request that would be sent.
    pub fn prepare(&self, operation: &Operation, params: &Params, options: &Options) -> Result<Prepared, Error> {
        let id = operation.id();
        let named = |e: Error| e.with(|d| d.operation.clone_from(&id));
        let mut request = operation.encode(params, self.config.dialect).map_err(|p| named(p.into()))?;
        if let Some(method) = options.form.as_ref().or_else(|| self.config.forms.get(&id)) {
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
        for (name, value) in self.config.headers.iter().chain(&options.headers) {
            if let Some(problem) = base::header_problem(name, value) {
                return Err(Error::new(Kind::Invalid, format!("headers {problem}"))
                    .with(|d| d.operation.clone_from(&operation)));
            }
            let name = name.to_ascii_lowercase();
            headers.retain(|(n, _)| *n != name);
            headers.push((Cow::Owned(name), value.clone()));
        }
        let url = format!("{}{path}", self.base);
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
        let mut attempts = 0;
        let outcome = self.attempt(prepared, file, call, options, &mut attempts).await;
        outcome.map_err(|e| {
            e.with(|d| {
                d.operation.clone_from(&prepared.operation);
                d.attempts = attempts;
            })
        })
    }

    async fn attempt(
        &self,
        prepared: &Prepared,
        file: Option<&File>,
        call: &H::Call,
        options: &Options,
        attempts: &mut u32,
    ) -> Result<Reply<H::Body>, Error> {
        let retries = options.retries.unwrap_or(self.config.retries);
        let mut begun = self.host.begun(call);
        let mut refused = None;
        let mut tries = 0;
        loop {
            tries += 1;
            let Begun { generation, outcome } = match begun.take() {
                Some(begun) => {
                    *attempts += 1;
                    begun
                }
                None => {
                    let held = if prepared.wants_token() { self.token(call, refused).await? } else { None };
                    let (generation, headers) = signed(prepared, held.as_ref());
                    let request = Outgoing {
                        method: prepared.method,
                        url: &prepared.url,
                        headers: &headers,
                        body: &prepared.body,
                        file,
                        timeout: self.timeout(options),
                        bytes: prepared.bytes,
                    };
                    *attempts += 1;
                    Begun { generation, outcome: self.host.fetch(&request, call).await }
                }
            };
            let (error, retry_after) = match outcome {
                Ok(answer) if answer.status < 400 => return Ok(success(answer, *attempts)),
                Ok(answer) => {
                    if answer.status == 401 && refused.is_none() && generation > 0 {
                        // The token may have been revoked or the clock may differ: one fresh one, at no retry's cost.
                        refused = Some(generation);
                        tries -= 1;
                        continue;
                    }
                    let wait = answer.retry_after.as_deref().and_then(|h| retry::retry_after(h, self.host.now()));
                    (Error::service(answer.status, answer.body.text()), wait)
                }
                Err(error) => (error, None),
            };
            let Some(delay) = retry::delay(&error, tries, retries, prepared.safe, retry_after, self.host.random())
            else {
                return Err(error);
            };
            self.host.retrying(&error, delay, call);
            self.host.sleep(delay, call).await?;
        }
    }

    /// How long one attempt may take, in milliseconds.
    #[must_use]
    pub fn timeout(&self, options: &Options) -> u64 {
        options.timeout.unwrap_or(self.config.timeout)
    }

    /// The token of a first attempt, if it needs one; nothing if that has to be fetched.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(crate) fn ready(&self, prepared: &Prepared) -> Option<Option<Held>> {
        if prepared.wants_token() { self.keeper.held(&self.host, None) } else { Some(None) }
    }

    async fn token(&self, call: &H::Call, refused: Option<u64>) -> Result<Option<Held>, Error> {
        let exchange =
            |client_id: String, client_secret: Secret| self.exchange_credentials(client_id, client_secret, call);
        self.keeper.token(&self.host, refused, exchange).await
    }

    /// `tokens.app.create`, without a token of its own.
    async fn exchange_credentials(
        &self,
        client_id: String,
        client_secret: Secret,
        call: &H::Call,
    ) -> Result<Token, Error> {
        let body = serde_json::json!({ "grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret });
        let request = Request {
            method: Method::POST,
            path: "/token".to_owned(),
            headers: Vec::new(),
            body: Body::Json(codec::json(&body)),
        };
        let prepared =
            self.assemble("tokens.app.create".into(), request, Some("application/json"), &Options::default())?;
        let request = Outgoing {
            method: prepared.method,
            url: &prepared.url,
            headers: &prepared.headers,
            body: &prepared.body,
            file: None,
            timeout: self.config.timeout,
            bytes: false,
        };
        let answer = self.host.fetch(&request, call).await?;
        let text = answer.body.text();
        if answer.status >= 400 {
            return Err(Error::service(answer.status, text).with(|d| {
                d.message = format!("no app token: {}", d.message);
            }));
        }
        read_token(&text).ok_or_else(|| {
            Error::new(Kind::Decode, "no app token: the answer holds no access_token")
                .with(|d| d.status = Some(answer.status))
        })
    }

    /// Finds an operation by its id.
    pub fn operation(id: &str) -> Result<&'static Operation, Error> {
        api::find(id).ok_or_else(|| {
            Error::new(Kind::Invalid, "there is no such operation").with(|d| d.operation = id.to_owned())
        })
    }
}

/// A request's headers with its token, and the token's generation; 0 if there is no other to be had.
fn signed(prepared: &Prepared, held: Option<&Held>) -> (u64, Headers) {
    let mut headers = prepared.headers.clone();
    if let Some(held) = held {
        headers.push((Cow::Borrowed("authorization"), held.authorization.to_string()));
    }
    (held.map_or(0, |h| h.generation), headers)
}

fn success<B>(answer: Incoming<B>, attempts: u32) -> Reply<B> {
    Reply { status: answer.status, content_type: answer.content_type, body: answer.body, attempts }
}

/// The method of the older form that a caller asked for.
fn older_form(operation: &Operation, method: &str) -> Result<Method, Error> {
    // Forms differ in their method; where only the path differs, the parameters would too.
    let found = operation.forms.iter().find(|f| f.method.as_str() == method && f.path == operation.path);
    found.map(|f| f.method).ok_or_else(|| Error::new(Kind::Invalid, format!("there is no older form `{method}`")))
}

/// The token of a `POST /token` answer.
fn read_token(text: &str) -> Option<Token> {
    let body: Value = serde_json::from_str(text).ok()?;
    let token = body.get("access_token")?.as_str()?;
    Some(Token { token: Secret(token.to_owned()), expires_in: body.get("expires_in").and_then(Value::as_u64) })
}
