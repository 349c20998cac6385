//! The JavaScript face of the core: one class, and the token functions. No logic lives here.

use crate::{
    auth::{Auth, Token, TokenFuture},
    client::{App, Client, Config, Options, Prepared, Reply},
    codec::{Body, Params, exact},
    dialect::Dialect,
    error::{Error, Kind},
    host::web::{Answer, Call, CallOptions, Web},
    operation::Method,
    shape::Secret,
    token::{self, Claims},
};
use js_sys::{Array, Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

/// The client's configuration as JavaScript writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsConfig {
    base_url: String,
    app: JsApp,
    auth: JsAuth,
    dialect: Option<Dialect>,
    timeout: Option<u64>,
    retries: Option<u32>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    forms: BTreeMap<String, String>,
    #[serde(default)]
    allow_http: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum JsApp {
    Key(String),
    Named { org: String, name: String },
    Id { id: String },
}

#[derive(Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum JsAuth {
    Agora { app_id: String, app_certificate: String, expire: Option<u32> },
    ClientCredentials { client_id: String, client_secret: String },
    Token { token: String },
    Callback { callback: bool },
    None {},
}

/// One call's options as JavaScript writes them.
#[derive(Default, Deserialize)]
struct JsOptions {
    timeout: Option<u64>,
    retries: Option<u32>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    form: Option<String>,
}

/// A client of one app. Named apart from the public `ChatAdmin`, which wraps it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core {
    client: Client<Web>,
}

#[wasm_bindgen]
impl Core {
    /// Makes a client from a configuration, the `fetch` to send with, and the token callback if `auth` names one.
    #[wasm_bindgen(constructor)]
    pub fn new(config: JsValue, fetch: Function, token: Option<Function>) -> Result<Core, JsValue> {
        let config: JsConfig = serde_wasm_bindgen::from_value(config)
            .map_err(|e| details(&Error::new(Kind::Invalid, format!("the configuration does not fit: {e}"))))?;
        let app = match config.app {
            JsApp::Key(key) => key.parse().map_err(|e| details(&e))?,
            JsApp::Named { org, name } => App::Key { org, name },
            JsApp::Id { id } => App::Id(id),
        };
        let auth = match (config.auth, token) {
            (JsAuth::Agora { app_id, app_certificate, expire }, _) => {
                Auth::Agora { app_id, app_certificate: Secret(app_certificate), expire: expire.unwrap_or(3_600) }
            }
            (JsAuth::ClientCredentials { client_id, client_secret }, _) => {
                Auth::client_credentials(client_id, client_secret)
            }
            (JsAuth::Token { token }, _) => Auth::token(token),
            (JsAuth::Callback { callback: true }, Some(token)) => Auth::Callback(Arc::new(move || ask(&token))),
            (JsAuth::None {} | JsAuth::Callback { .. }, _) => Auth::None,
        };
        let client = Client::with_host(
            Config {
                base_url: config.base_url,
                app,
                auth,
                dialect: config.dialect.unwrap_or_default(),
                timeout: config.timeout.unwrap_or(30_000),
                retries: config.retries.unwrap_or(2),
                headers: config.headers.into_iter().collect(),
                forms: config.forms,
                allow_http: config.allow_http,
            },
            Web::new(fetch),
        );
        client.map(|client| Self { client }).map_err(|e| details(&e))
    }

    /// Runs an operation: its id, its parameters as JSON, its options. Resolves to `[status, text or response, attempts]`.
    pub async fn call(&self, id: String, params: String, options: Option<CallOptions>) -> Result<Array, JsValue> {
        let outcome = async {
            let (options, call) = split(options)?;
            let prepared = self.prepared(&id, &params, &options)?;
            self.client.exchange(&prepared, None, &call, &options).await
        };
        outcome.await.map(reply).map_err(|e| details(&named(e, &id)))
    }

    /// Sends a request that the table does not know; its body is JSON.
    pub async fn request(
        &self,
        method: String,
        path: String,
        body: Option<String>,
        options: Option<CallOptions>,
    ) -> Result<Array, JsValue> {
        let name = format!("{method} {path}");
        let outcome = async {
            let (options, call) = split(options)?;
            let prepared = self.prepared_raw(&method, &path, body.as_deref(), &options)?;
            self.client.exchange(&prepared, None, &call, &options).await
        };
        outcome.await.map(reply).map_err(|e| details(&named(e, &name)))
    }

    /// The request that `call` would send, but for its token.
    pub fn prepare(&self, id: &str, params: &str, options: Option<CallOptions>) -> Result<JsValue, JsValue> {
        let outcome = split(options).and_then(|(options, _)| self.prepared(id, params, &options));
        outcome.map(|p| to_js(&JsPrepared::from(&p))).map_err(|e| details(&named(e, id)))
    }
}

impl Core {
    fn prepared(&self, id: &str, params: &str, options: &Options) -> Result<Prepared, Error> {
        let operation = Client::<Web>::operation(id)?;
        let params: Params =
            serde_json::from_str(params).map_err(|_| Error::new(Kind::Invalid, "the parameters must be an object"))?;
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

/// A prepared request for JavaScript.
#[derive(Serialize)]
struct JsPrepared<'a> {
    operation: &'a str,
    method: &'a str,
    url: &'a str,
    headers: BTreeMap<&'a str, &'a str>,
    body: Option<&'a str>,
    parts: Option<&'a [(String, String)]>,
    file: Option<&'a str>,
}

impl<'a> From<&'a Prepared> for JsPrepared<'a> {
    fn from(prepared: &'a Prepared) -> Self {
        let (body, parts, file) = match &prepared.body {
            Body::Empty => (None, None, None),
            Body::Json(text) | Body::Form(text) => (Some(text.as_str()), None, None),
            Body::Multipart { parts, file } => (None, Some(parts.as_slice()), Some(*file)),
        };
        Self {
            operation: &prepared.operation,
            method: prepared.method.as_str(),
            url: &prepared.url,
            headers: prepared.headers.iter().map(|(k, v)| (k.as_ref(), v.as_str())).collect(),
            body,
            parts,
            file,
        }
    }
}

fn split(options: Option<CallOptions>) -> Result<(Options, Call), Error> {
    let Some(options) = options else { return Ok((Options::default(), Call(None))) };
    let read: JsOptions = serde_wasm_bindgen::from_value((*options).clone())
        .map_err(|e| Error::new(Kind::Invalid, format!("the options do not fit: {e}")))?;
    let parsed = Options {
        timeout: read.timeout,
        retries: read.retries,
        headers: read.headers.into_iter().collect(),
        form: read.form,
    };
    Ok((parsed, Call(Some(options))))
}

fn named(error: Error, id: &str) -> Error {
    error.with(|d| {
        if d.operation.is_empty() {
            id.clone_into(&mut d.operation);
        }
    })
}

fn reply(reply: Reply<Answer>) -> Array {
    let Answer { text, response } = reply.body;
    let body: JsValue = text.map_or_else(|| response.clone(), Into::into);
    Array::of4(&reply.status.into(), &body, &reply.attempts.into(), &response)
}

/// Asks JavaScript's token callback: a string, or `{ token, expires_in }`.
fn ask(callback: &Function) -> TokenFuture {
    #[derive(Deserialize)]
    struct Answer {
        token: String,
        expires_in: Option<f64>,
    }
    let callback = callback.clone();
    Box::pin(async move {
        let failed = |reason: JsValue| {
            let said = reason.dyn_ref::<js_sys::Error>().map(|e| String::from(e.message())).unwrap_or_default();
            Error::new(Kind::Network, format!("the token callback failed: {said}")).with(|d| d.cause = Some(reason))
        };
        let promise = callback.call0(&JsValue::UNDEFINED).map_err(failed)?;
        let value = JsFuture::from(Promise::resolve(&promise)).await.map_err(failed)?;
        if let Some(token) = value.as_string() {
            return Ok(Token { token: Secret(token), expires_in: None });
        }
        let answer: Answer = serde_wasm_bindgen::from_value(value).map_err(|_| {
            Error::new(Kind::Invalid, "the token callback must return a string or { token, expires_in }")
        })?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let expires_in = answer.expires_in.map(|s| s as u64);
        Ok(Token { token: Secret(answer.token), expires_in })
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
        description: Option<&'a str>,
        retryable: bool,
        attempts: u32,
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
        description: d.description.as_deref(),
        retryable: d.retryable,
        attempts: d.attempts,
        body: d.body.as_deref(),
    });
    if let Some(cause) = &d.cause {
        let _ = Reflect::set(&object, &"cause".into(), cause);
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

/// Decodes a 007 token without trusting it; the result is JSON.
#[wasm_bindgen(js_name = decodeToken)]
pub fn decode_token(token: &str) -> Result<String, JsValue> {
    // As text: the privileges are a map with numbers for keys, which JSON quotes and a JavaScript object would refuse.
    let decoded = token::decode(token).map_err(token_error)?;
    serde_json::to_string(&decoded).map_err(|e| details(&Error::new(Kind::Decode, e.to_string())))
}

/// Says what is wrong with a 007 token, or nothing.
#[wasm_bindgen(js_name = verifyToken)]
pub fn verify_token(token: &str, app_certificate: &str, now: f64) -> Option<String> {
    let outcome = token::decode(token).and_then(|t| t.verify(app_certificate, now as u64));
    outcome.err().map(|e| {
        match e {
            token::TokenError::AppId => "app_id",
            token::TokenError::AppCertificate => "app_certificate",
            token::TokenError::Malformed => "malformed",
            token::TokenError::Signature => "signature",
            token::TokenError::Expired => "expired",
            token::TokenError::Clock => "clock",
            token::TokenError::Privilege => "privilege",
        }
        .to_owned()
    })
}

/// Puts integers beyond 2^53 in quotes, so that `JSON.parse` keeps their digits.
#[wasm_bindgen(js_name = quoteBigIntegers)]
pub fn quote_big_integers(json: &str) -> String {
    exact::quote_big_integers(json)
}
