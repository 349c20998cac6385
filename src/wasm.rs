//! The JavaScript face of the core: one class, and the token functions. No logic lives here.

use crate::{
    auth::{Auth, Token, TokenFuture, seconds},
    client::{App, Client, Config, Headers, Options, Prepared, Reply},
    codec::{Body, exact},
    dialect::Dialect,
    error::{Error, Kind},
    host::web::{Answer, Call, CallOptions, Web, said},
    operation::Method,
    shape::Secret,
    token::{self, Claims},
};
use js_sys::{Array, Function, Object, Promise, Reflect};
use serde::Serialize;
use serde_json::Value;
use std::{cell::RefCell, fmt, sync::Arc};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen]
extern "C" {
    /// The client's configuration as the JavaScript side writes it: checked and flat. What is absent is `undefined`.
    ///
    /// Read member by member: a derived `Deserialize` costs four times the code.
    #[derive(Debug)]
    pub type CoreConfig;
    #[wasm_bindgen(method, getter, js_name = baseUrl)]
    fn base_url(this: &CoreConfig) -> String;
    #[wasm_bindgen(method, getter)]
    fn org(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn name(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn id(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = appId)]
    fn app_id(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = appCertificate)]
    fn app_certificate(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn expire(this: &CoreConfig) -> Option<u32>;
    #[wasm_bindgen(method, getter, js_name = clientId)]
    fn client_id(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = clientSecret)]
    fn client_secret(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn token(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn dialect(this: &CoreConfig) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn timeout(this: &CoreConfig) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn retries(this: &CoreConfig) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &CoreConfig) -> Option<Object>;
    #[wasm_bindgen(method, getter)]
    fn forms(this: &CoreConfig) -> Option<Object>;
    #[wasm_bindgen(method, getter, js_name = allowHttp)]
    fn allow_http(this: &CoreConfig) -> Option<bool>;

    /// What a token callback returns, unless it is a string.
    type GivenToken;
    #[wasm_bindgen(method, getter)]
    fn token(this: &GivenToken) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn expires_in(this: &GivenToken) -> JsValue;
}

impl CoreConfig {
    fn read_app(&self) -> App {
        match (self.id(), self.org(), self.name()) {
            (Some(id), _, _) => App::Id(id),
            (None, org, name) => App::Key { org: org.unwrap_or_default(), name: name.unwrap_or_default() },
        }
    }

    fn read_auth(&self, callback: Option<Function>) -> Auth {
        if let Some(callback) = callback {
            return Auth::Callback(Arc::new(move || ask(&callback)));
        }
        if let (Some(app_id), Some(certificate)) = (self.app_id(), self.app_certificate()) {
            return Auth::Agora {
                app_id,
                app_certificate: Secret(certificate),
                expire: self.expire().unwrap_or(3_600),
            };
        }
        if let (Some(id), Some(secret)) = (self.client_id(), self.client_secret()) {
            return Auth::client_credentials(id, secret);
        }
        self.token().map_or(Auth::None, Auth::token)
    }
}

/// The members of an object of strings.
fn pairs(object: Option<Object>) -> Vec<(String, String)> {
    let entries = object.map(|o| Object::entries(&o)).into_iter().flat_map(|e| e.to_vec());
    entries
        .filter_map(|entry| {
            let entry: Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}

/// What most first attempts share: told once, since each character costs where the boundary is crossed.
#[derive(Default)]
struct Head {
    timeout: u64,
    /// The token's, if there is one.
    generation: Option<u64>,
    /// The others.
    headers: Headers,
}

/// Says nothing: there is a token in it.
impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Head").finish_non_exhaustive()
    }
}

/// A client of one app. Named apart from the public `ChatAdmin`, which wraps it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core {
    client: Client<Web>,
    /// What `start` told last.
    told: RefCell<Head>,
}

#[wasm_bindgen]
impl Core {
    /// Makes a client from a configuration, the `fetch` to send with, and the token callback if there is one.
    #[wasm_bindgen(constructor)]
    pub fn new(given: &CoreConfig, fetch: Function, token: Option<Function>) -> Result<Self, JsValue> {
        let mut config = Config::new(given.base_url(), given.read_app(), given.read_auth(token));
        if given.dialect().as_deref() == Some(Dialect::Easemob.as_str()) {
            config.dialect = Dialect::Easemob;
        }
        config.timeout = given.timeout().map_or(config.timeout, |t| t as u64);
        config.retries = given.retries().unwrap_or(config.retries);
        config.headers = pairs(given.headers());
        config.forms.extend(pairs(given.forms()));
        config.allow_http = given.allow_http().unwrap_or_default();
        let client = Client::with_host(config, Web::new(fetch));
        client.map(|client| Self { client, told: RefCell::default() }).map_err(|e| details(&e))
    }

    /// The first attempt of an operation as text, for JavaScript to send: a line of method and URL, the [`Head`] unless it
    /// is that of the last, an empty line, the body. Nothing if a token must be fetched first.
    ///
    /// One string, since each crossing of the boundary costs more than taking it apart.
    pub fn start(&self, id: &str, params: &str, options: Option<CallOptions>) -> Result<Option<String>, JsValue> {
        let options = split(options).0;
        let prepared = self.prepared(id, params, &options).map_err(|e| details(&named(e, id)))?;
        let body = match &prepared.body {
            Body::Empty => "",
            Body::Json(text) | Body::Form(text) => text,
            Body::Multipart { .. } => return Ok(None),
        };
        let Some(held) = self.client.ready(&prepared) else { return Ok(None) };
        let timeout = self.client.timeout(&options);
        let generation = held.as_ref().map(|held| held.generation);
        let method = prepared.method.as_str();
        let mut text = String::with_capacity(method.len() + prepared.url.len() + body.len() + 3);
        text.extend([method, " ", &prepared.url, "\n"]);
        let mut told = self.told.borrow_mut();
        if told.timeout != timeout || told.generation != generation || told.headers != prepared.headers {
            text.push_str(&format!("{timeout} {}", generation.unwrap_or_default()));
            for (name, value) in &prepared.headers {
                text.extend(["\n", name, ": ", value]);
            }
            if let Some(held) = held {
                text.extend(["\nauthorization: ", &held.authorization]);
            }
            text.push('\n');
            *told = Head { timeout, generation, headers: prepared.headers };
        }
        text.extend(["\n", body]);
        Ok(Some(text))
    }

    /// Runs an operation: its id, its parameters as JSON, its options. Resolves to `[status, text or response, attempts,
    /// response]`.
    pub fn call(&self, id: &str, params: &str, options: Option<CallOptions>) -> Promise {
        let (options, call) = split(options);
        self.send(self.prepared(id, params, &options).map_err(|e| named(e, id)), options, call)
    }

    /// Sends a request that the table does not know; its body is JSON.
    pub fn request(&self, method: &str, path: &str, body: Option<String>, options: Option<CallOptions>) -> Promise {
        let (options, call) = split(options);
        let prepared = self.prepared_raw(method, path, body.as_deref(), &options);
        self.send(prepared.map_err(|e| named(e, &format!("{method} {path}"))), options, call)
    }

    /// The request that `call` would send, but for its token.
    pub fn prepare(&self, id: &str, params: &str, options: Option<CallOptions>) -> Result<JsValue, JsValue> {
        let outcome = self.prepared(id, params, &split(options).0);
        outcome.map(|p| prepared_object(&p).into()).map_err(|e| details(&named(e, id)))
    }
}

impl Core {
    /// One promise for both kinds of call, since each kind of future weighs several kilobytes.
    fn send(&self, prepared: Result<Prepared, Error>, options: Options, call: Call) -> Promise {
        let client = self.client.clone();
        future_to_promise(async move {
            let outcome = match prepared {
                Ok(prepared) => client.exchange(&prepared, None, &call, &options).await,
                Err(error) => Err(error),
            };
            outcome.map(|r| reply(r).into()).map_err(|e| details(&e))
        })
    }

    fn prepared(&self, id: &str, params: &str, options: &Options) -> Result<Prepared, Error> {
        let operation = Client::<Web>::operation(id)?;
        let Ok(Value::Object(params)) = serde_json::from_str(params) else {
            return Err(Error::new(Kind::Invalid, "the parameters must be an object"));
        };
        self.client.prepare(operation, &params, options)
    }

    fn prepared_raw(&self, method: &str, path: &str, body: Option<&str>, options: &Options) -> Result<Prepared, Error> {
        let method = Method::parse(method)
            .ok_or_else(|| Error::new(Kind::Invalid, "method must be one of GET, POST, PUT, DELETE"))?;
        let body = body.map(serde_json::from_str).transpose();
        let body = body.map_err(|_| Error::new(Kind::Invalid, "the body must be JSON"))?;
        self.client.prepare_raw(method, path, body.as_ref(), options)
    }
}

/// A prepared request as a plain object.
fn prepared_object(prepared: &Prepared) -> Object {
    let object = Object::new();
    set(&object, "operation", prepared.operation.as_str().into());
    set(&object, "method", prepared.method.as_str().into());
    set(&object, "url", prepared.url.as_str().into());
    set(&object, "headers", entries(prepared.headers.iter().map(|(k, v)| (k.as_ref(), v.as_str()))).into());
    match &prepared.body {
        Body::Empty => {}
        Body::Json(text) | Body::Form(text) => set(&object, "body", text.as_str().into()),
        Body::Multipart { parts, file } => {
            set(&object, "parts", entries(parts.iter().map(|(k, v)| (k.as_str(), v.as_str()))).into());
            set(&object, "file", (*file).into());
        }
    }
    object
}

/// Pairs as an array of arrays.
pub(crate) fn entries<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Array {
    pairs.map(|(k, v)| Array::of2(&k.into(), &v.into())).collect()
}

fn split(options: Option<CallOptions>) -> (Options, Call) {
    let read = options.as_ref().map_or_else(Options::default, |o| Options {
        timeout: o.timeout().map(|t| t as u64),
        retries: o.retries(),
        headers: pairs(o.headers()),
        form: o.form(),
        deadline: None,
    });
    (read, Call(options))
}

fn named(error: Error, id: &str) -> Error {
    error.with(|d| {
        if d.operation.is_empty() {
            id.clone_into(&mut d.operation);
        }
    })
}

fn reply(reply: Reply<Answer>) -> Array {
    let response = reply.head.0;
    let body: JsValue = reply.body.0.map_or_else(|| response.clone(), Into::into);
    Array::of4(&reply.status.into(), &body, &reply.attempts.into(), &response)
}

/// Asks JavaScript's token callback: a string, or `{ token, expires_in }`.
fn ask(callback: &Function) -> TokenFuture {
    let callback = callback.clone();
    Box::pin(async move {
        let failed = |reason: JsValue| {
            let message = format!("the token callback failed: {}", said(&reason).unwrap_or_default());
            Error::new(Kind::Network, message).with(|d| d.cause = Some(reason))
        };
        // One that throws fails a moment later, so that all who come at once share that.
        let given = callback.call0(&JsValue::UNDEFINED).unwrap_or_else(|e| Promise::reject(&e).into());
        let value = JsFuture::from(Promise::resolve(&given)).await.map_err(failed)?;
        if let Some(token) = value.as_string() {
            return Ok(Token { token: Secret(token), expires_in: None });
        }
        let given: Option<GivenToken> = value.is_object().then(|| value.unchecked_into());
        let token = given.as_ref().and_then(GivenToken::token).ok_or_else(|| {
            Error::new(Kind::Invalid, "the token callback must return a string or { token, expires_in }")
        })?;
        // None of these is a number of seconds: the keeper refuses 0.
        let expires_in = given.map(|g| g.expires_in()).filter(|s| !s.is_null() && !s.is_undefined());
        let expires_in = expires_in.map(|s| s.as_f64().and_then(seconds).unwrap_or_default());
        Ok(Token { token: Secret(token), expires_in })
    })
}

/// An error's details as a plain object, from which JavaScript makes its `ChatError`.
pub(crate) fn details(error: &Error) -> JsValue {
    #[derive(Serialize)]
    struct JsDetails<'a> {
        kind: &'a str,
        operation: &'a str,
        message: &'a str,
        field: Option<&'a str>,
        status: Option<u16>,
        code: Option<&'a str>,
        #[serde(rename = "errorCode")]
        error_code: Option<f64>,
        description: Option<&'a str>,
        retryable: bool,
        unknown: bool,
        attempts: u32,
        #[serde(rename = "retryAfter")]
        retry_after: Option<f64>,
        body: Option<&'a str>,
    }
    let d = error.details();
    let object = to_js(&JsDetails {
        kind: d.kind.as_str(),
        operation: &d.operation,
        message: &d.message,
        field: d.field.as_deref(),
        status: d.status,
        code: d.code.as_deref(),
        error_code: d.error_code.map(|code| code as f64),
        description: d.description.as_deref(),
        retryable: d.retryable,
        unknown: d.unknown,
        attempts: d.attempts,
        retry_after: d.retry_after.map(|wait| wait.as_millis() as f64),
        body: d.body.as_deref(),
    });
    for (name, value) in [("cause", d.cause.as_ref()), ("response", d.headers.as_ref().map(|head| &head.0))] {
        if let Some(value) = value {
            let _ = Reflect::set(&object, &name.into(), value);
        }
    }
    object
}

fn to_js(value: &impl Serialize) -> JsValue {
    // `null` for what is absent would read as a value; `undefined` does not.
    let serializer = serde_wasm_bindgen::Serializer::json_compatible().serialize_missing_as_null(false);
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

fn token_error(error: token::TokenError) -> JsValue {
    details(&Error::new(Kind::Invalid, error.to_string()))
}

/// Builds an AccessToken2 of chat; `user` is the user's UUID, or absent for an app token.
#[wasm_bindgen(js_name = buildToken)]
pub fn build_token(
    app_id: &str,
    app_certificate: &str,
    expire: u32,
    user: Option<String>,
    issued: Option<u32>,
    salt: Option<u32>,
) -> Result<String, JsValue> {
    let issued = issued.unwrap_or((js_sys::Date::now() / 1000.0) as u32);
    let salt = salt.unwrap_or((js_sys::Math::random() * 99_999_999.0) as u32 + 1);
    let claims = Claims { app_id, issued, expire, salt, user: user.as_deref() };
    token::build(&claims, app_certificate).map_err(token_error)
}

/// Reads the content of a 007 token, which JavaScript has inflated, without trusting it.
#[wasm_bindgen(js_name = readToken)]
pub fn read_token(content: &[u8]) -> Result<Object, JsValue> {
    let token = token::read(content).map_err(token_error)?;
    let privileges = Object::new();
    for (id, expire) in &token.privileges {
        set(&privileges, &id.to_string(), (*expire).into());
    }
    let object = Object::new();
    set(&object, "appId", token.app_id.as_str().into());
    set(&object, "user", token.user.as_str().into());
    set(&object, "issued", token.issued.into());
    set(&object, "expire", token.expire.into());
    set(&object, "salt", token.salt.into());
    set(&object, "privileges", privileges.into());
    Ok(object)
}

/// Sets a member of a plain object; that does not fail.
pub(crate) fn set(object: &Object, name: &str, value: JsValue) {
    let _ = Reflect::set(object, &name.into(), &value);
}

/// Says what is wrong with the content of a 007 token, or nothing.
#[wasm_bindgen(js_name = verifyToken)]
pub fn verify_token(content: &[u8], app_certificate: &str, now: f64) -> Option<String> {
    let outcome = token::read(content).and_then(|t| t.verify(app_certificate, now as u64));
    outcome.err().map(|e| e.as_str().to_owned())
}

/// Whether a JSON text, or a piece of one, may hold integers that `quoteBigIntegers` would put in quotes.
#[wasm_bindgen(js_name = mayHoldBigIntegers)]
pub fn may_hold_big_integers(json: &[u8]) -> bool {
    exact::may_hold_big_integers(json)
}

/// Puts integers beyond 2^53 in quotes, so that `JSON.parse` keeps their digits.
#[wasm_bindgen(js_name = quoteBigIntegers)]
pub fn quote_big_integers(json: &str) -> String {
    exact::quote_big_integers(json)
}
