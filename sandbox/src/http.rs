//! Requests and responses, free of any HTTP library.

use agora_chat_admin::codec;
use serde_json::{Value, json};
use std::borrow::Cow;

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path and query.
    pub target: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without a body.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.into(), target: target.into(), ..Self::default() }
    }

    /// The request that the client's encoder makes, below an app's base path.
    #[must_use]
    pub fn from_encoded(base: &str, encoded: &codec::Request) -> Self {
        let mut request = Self::new(encoded.method.as_str(), &format!("{base}{}", encoded.path));
        request.headers = encoded.headers.iter().map(|(k, v)| (k.to_string(), v.clone())).collect();
        match &encoded.body {
            codec::Body::Empty | codec::Body::Multipart { .. } => request,
            codec::Body::Json(text) => {
                Self { body: text.clone().into_bytes(), ..request }.header("content-type", "application/json")
            }
            codec::Body::Form(text) => Self { body: text.clone().into_bytes(), ..request }
                .header("content-type", "application/x-www-form-urlencoded"),
        }
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("content-type", "application/json")
    }

    /// The value of a header.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

/// A response, and how it is to fail on the way if a fault says so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// The body.
    pub body: Vec<u8>,
    /// For how many milliseconds to hold it back.
    pub delay: u64,
    /// How to break it off.
    pub cut: Option<Cut>,
}

/// How a response is broken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The connection is closed before anything is sent.
    Reset,
    /// The connection is closed after half the body.
    Half,
}

impl Response {
    /// A JSON response.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type".into(), "application/json".into())];
        // Values of JSON can always be written.
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self { status, headers, body, ..Self::default() }
    }

    /// The value of a header.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_ref())
    }

    /// The body as JSON; `null` if it is none.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A success of the sandbox's own endpoints.
pub(crate) fn ok(body: Value) -> Response {
    Response::json(200, &body)
}

/// An error of the sandbox's own endpoints: theirs, not the platform's.
pub(crate) fn wrong(status: u16, message: impl Into<String>) -> Response {
    Response::json(status, &json!({ "message": message.into() }))
}
