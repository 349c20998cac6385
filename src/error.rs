//! One error type, sorted by what the caller may conclude.

use crate::host::Head;
use std::{fmt, time::Duration};

/// What a failure means for the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// It was never sent: a parameter or the configuration does not fit.
    Invalid,
    /// It was never sent: its turn did not come, since the local rate is used up.
    Limited,
    /// No answer came; it may have arrived.
    Network,
    /// No answer came in time; it may have arrived.
    Timeout,
    /// The caller gave up; it may have arrived.
    Aborted,
    /// The platform refused it.
    Service,
    /// It succeeded, but the answer cannot be read.
    Decode,
}

impl Kind {
    /// The name that JavaScript callers see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Limited => "limited",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Aborted => "aborted",
            Self::Service => "service",
            Self::Decode => "decode",
        }
    }
}

/// What lies beneath a failure: whatever JavaScript threw, or a Rust error.
#[cfg(target_arch = "wasm32")]
pub type Cause = wasm_bindgen::JsValue;
/// What lies beneath a failure: whatever JavaScript threw, or a Rust error.
#[cfg(not(target_arch = "wasm32"))]
pub type Cause = std::sync::Arc<dyn std::error::Error + Send + Sync>;

/// Why an operation failed.
#[derive(Clone)]
pub struct Error(Box<Details>);

/// What is known about a failure.
#[derive(Clone)]
#[non_exhaustive]
pub struct Details {
    /// What it means for the request.
    pub kind: Kind,
    /// The operation's id; a method and path for raw requests.
    pub operation: String,
    /// What happened, in words.
    pub message: String,
    /// The parameter that does not fit, for [`Kind::Invalid`].
    pub field: Option<String>,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// The platform's `error`, for instance `duplicate_unique_property_exists`.
    pub code: Option<String>,
    /// The platform's `error_code`, for instance 10404.
    pub error_code: Option<i64>,
    /// The platform's `error_description`.
    pub description: Option<String>,
    /// Whether the very same request may succeed when it is sent again, and cannot be done twice by that.
    pub retryable: bool,
    /// Whether the platform may have done it all the same; never for what is harmless to repeat.
    pub unknown: bool,
    /// How many times it was sent.
    pub attempts: u32,
    /// How long the answer asked to wait.
    pub retry_after: Option<Duration>,
    /// The answer's headers, if an answer came.
    pub headers: Option<Head>,
    /// The answer's text.
    pub body: Option<String>,
    /// What lies beneath.
    pub cause: Option<Cause>,
}

/// Says nothing of the body: there may be a token or a password in it.
impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Details");
        debug.field("kind", &self.kind).field("operation", &self.operation).field("message", &self.message);
        debug.field("field", &self.field).field("status", &self.status).field("code", &self.code);
        debug.field("error_code", &self.error_code).field("retryable", &self.retryable);
        debug.field("unknown", &self.unknown).field("attempts", &self.attempts).field("cause", &self.cause);
        debug.finish_non_exhaustive()
    }
}

impl Error {
    /// An error of that kind. Where a request may have been on its way, it may have been done, unless it is [`unsent`](Self::unsent).
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            operation: String::new(),
            message: message.into(),
            field: None,
            status: None,
            code: None,
            error_code: None,
            description: None,
            retryable: false,
            unknown: matches!(kind, Kind::Network | Kind::Timeout | Kind::Aborted | Kind::Decode),
            attempts: 0,
            retry_after: None,
            headers: None,
            body: None,
            cause: None,
        }))
    }

    /// What is known about it.
    #[must_use]
    pub fn details(&self) -> &Details {
        &self.0
    }

    /// What it means for the request.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The HTTP status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The platform's `error` code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The answer's `x-request-id`, if there is one.
    #[must_use]
    pub fn request_id(&self) -> Option<String> {
        self.0.headers.as_ref()?.get("x-request-id")
    }

    /// The same, of a request that is known never to have left: a connection was refused, a name was not resolved.
    #[must_use]
    pub fn unsent(self) -> Self {
        self.with(|d| d.unknown = false)
    }

    /// Reads the platform's error from an answer, whatever it holds.
    #[must_use]
    pub fn service(status: u16, body: String) -> Self {
        let parsed: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
        let member = |name: &str| parsed.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
        let (code, description) = (member("error"), member("error_description"));
        let mut message = format!("HTTP {status}");
        for part in [&code, &description].into_iter().flatten().filter(|s| !s.is_empty()) {
            message.push_str(if message.ends_with(|c: char| c.is_ascii_digit()) { " " } else { ": " });
            message.push_str(part);
        }
        if code.is_none() && description.is_none() {
            message.push_str(if body.is_empty() {
                " with an empty body"
            } else {
                " with a body that is not the platform's JSON"
            });
        }
        Self::new(Kind::Service, message).with(|d| {
            d.status = Some(status);
            d.error_code = parsed.get("error_code").and_then(serde_json::Value::as_i64);
            d.code = code;
            d.description = description;
            d.body = Some(body);
        })
    }

    /// Changes what is known.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(&mut self.0);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.operation.is_empty() {
            f.write_str(&self.0.message)
        } else {
            write!(f, "{}: {}", self.0.operation, self.0.message)
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    #[cfg(not(target_arch = "wasm32"))]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|c| &**c as &(dyn std::error::Error + 'static))
    }
}

impl From<crate::shape::Problem> for Error {
    fn from(problem: crate::shape::Problem) -> Self {
        Self::new(Kind::Invalid, problem.to_string()).with(|d| d.field = Some(problem.field))
    }
}
