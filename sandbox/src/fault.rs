//! Faults on demand: what a test wants the platform to do wrong.

use crate::http::{Cut, Response};
use agora_chat_admin::operation::Operation;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A fault: which requests it hits, how often, and what they get.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// Its number, given when it is set.
    #[serde(skip_deserializing)]
    pub id: u64,
    /// Only this operation, or with `.*` at the end, this resource.
    pub operation: Option<String>,
    /// Only paths that hold this.
    pub path: Option<String>,
    /// Only this method.
    pub method: Option<String>,
    /// How many requests it hits; all if absent.
    pub times: Option<u64>,
    /// Which part of the requests it hits, from 0 to 1; all if absent.
    pub rate: Option<f64>,
    /// What they get.
    pub kind: Kind,
    /// The status, for `status`.
    pub status: Option<u16>,
    /// The platform's `error`, for `status`.
    pub error: Option<String>,
    /// The platform's `error_description`, for `status`.
    pub error_description: Option<String>,
    /// For how many seconds the answer's `Retry-After` asks.
    pub retry_after: Option<u64>,
    /// For how many milliseconds the answer is held back.
    pub delay: u64,
    /// How many requests it has hit.
    #[serde(skip_deserializing)]
    pub hits: u64,
    #[serde(skip)]
    seen: u64,
}

/// What a fault does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Answers with a status and a platform error.
    #[default]
    Status,
    /// Holds the real answer back.
    Delay,
    /// Closes the connection.
    Reset,
    /// Sends half of the real answer.
    Half,
    /// Answers 200 with JSON that ends too early.
    Malformed,
    /// Answers with a gateway's HTML page.
    Html,
    /// Answers with an empty body.
    Empty,
}

/// What a fault makes of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answers in the platform's place.
    Instead(Response),
    /// Changes the real answer on its way.
    Also {
        /// For how many milliseconds it is held back.
        delay: u64,
        /// How it is broken off.
        cut: Option<Cut>,
    },
}

impl Fault {
    /// Whether it hits this request; counts it.
    pub fn hits(&mut self, method: &str, target: &str, operation: Option<&Operation>) -> bool {
        let fits = self.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|p| target.contains(p.as_str()))
            && (self.operation.is_none() || operation.is_some_and(|o| self.names(o)));
        if !fits || self.times.is_some_and(|n| self.hits >= n) {
            return false;
        }
        self.seen += 1;
        // Spread evenly rather than by chance, so that a test gets the same each time.
        if let Some(rate) = self.rate {
            #[allow(clippy::cast_precision_loss)]
            let due = (self.seen as f64 * rate).floor();
            #[allow(clippy::cast_precision_loss)]
            if self.hits as f64 >= due {
                return false;
            }
        }
        self.hits += 1;
        true
    }

    /// Whether it asks for this operation by its name, or for its resource.
    #[must_use]
    pub fn names(&self, operation: &Operation) -> bool {
        self.operation.as_deref().is_some_and(|wanted| match wanted.strip_suffix(".*") {
            Some(group) => operation.group.strip_prefix(group).is_some_and(|r| r.is_empty() || r.starts_with('.')),
            None => operation.is(wanted),
        })
    }

    /// What it makes of the request.
    #[must_use]
    pub fn effect(&self, now: u64) -> Effect {
        let mut response = match self.kind {
            Kind::Delay => return Effect::Also { delay: self.delay, cut: None },
            Kind::Half => return Effect::Also { delay: self.delay, cut: Some(Cut::Half) },
            Kind::Reset => Response { cut: Some(Cut::Reset), ..Response::default() },
            Kind::Status => {
                let status = self.status.unwrap_or(500);
                let error = self.error.clone().unwrap_or_else(|| default_error(status).into());
                let body = json!({
                    "error": error, "exception": "java.lang.Exception", "timestamp": now, "duration": 0,
                    "error_description": self.error_description.clone().unwrap_or_default(),
                });
                Response::json(status, &body)
            }
            Kind::Malformed => {
                Response { body: b"{\"action\":\"post\",\"data\":{\"resu".to_vec(), ..Response::json(self.status.unwrap_or(200), &json!(null)) }
            }
            Kind::Html => Response {
                status: self.status.unwrap_or(502),
                headers: vec![("content-type".into(), "text/html".into())],
                body: b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
                    .to_vec(),
                ..Response::default()
            },
            Kind::Empty => Response { status: self.status.unwrap_or(502), ..Response::default() },
        };
        response.delay = self.delay;
        if let Some(seconds) = self.retry_after {
            response.headers.push(("retry-after".into(), seconds.to_string().into()));
        }
        Effect::Instead(response)
    }
}

fn default_error(status: u16) -> &'static str {
    match status {
        400 => "illegal_argument",
        401 => "unauthorized",
        403 => "forbidden_op",
        404 => "service_resource_not_found",
        429 => "reach_limit",
        _ => "internal_server_error",
    }
}
