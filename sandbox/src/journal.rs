//! The last requests, for tests to look at.

use agora_chat_admin::codec::escape;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::VecDeque;

/// How many requests are kept.
const KEPT: usize = 1_000;

/// A request as the journal keeps it: secrets are masked, and what is long is cut.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its number, counted from 1.
    pub id: u64,
    /// When, in Unix milliseconds.
    pub time: u64,
    /// The method.
    pub method: String,
    /// The path and query.
    pub target: String,
    /// The app's key, if it named one.
    pub app: Option<String>,
    /// The operation's id, if it has one.
    pub operation: Option<String>,
    /// Its parameters.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub params: Value,
    /// The status of the answer.
    pub status: u16,
    /// The platform's `error` code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Why it was not routed, or what nearly fitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near_miss: Option<String>,
    /// Whether a fault answered it.
    pub fault: bool,
}

/// The last requests.
#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    count: u64,
}

impl Journal {
    /// Notes a request and numbers it.
    pub fn note(&mut self, mut entry: Entry) {
        self.count += 1;
        entry.id = self.count;
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// The last request.
    #[must_use]
    pub fn last(&self) -> Option<&Entry> {
        self.entries.back()
    }

    /// Those that fit a filter, the oldest first.
    pub fn find(&self, filter: &Filter) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| filter.fits(e))
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// Which requests to find.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this operation.
    pub operation: Option<String>,
    /// Of this method.
    pub method: Option<String>,
    /// Whose path and query hold this.
    pub target: Option<String>,
    /// With this status.
    pub status: Option<u16>,
    /// With a greater number.
    pub after: u64,
}

impl Filter {
    fn fits(&self, entry: &Entry) -> bool {
        entry.id > self.after
            && self.operation.as_ref().is_none_or(|o| entry.operation.as_ref() == Some(o))
            && self.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(&entry.method))
            && self.target.as_ref().is_none_or(|t| entry.target.contains(t.as_str()))
            && self.status.is_none_or(|s| s == entry.status)
    }
}

/// How many bytes an entry keeps of its parameters, and how many of its target.
const KEPT_PARAMS: usize = 8 * 1024;
const KEPT_TARGET: usize = 2 * 1024;

/// What is kept of parameters: secrets masked, and no more than some KB.
pub(crate) fn excerpt(params: &Map<String, Value>) -> Value {
    members(params, &mut KEPT_PARAMS.clone())
}

/// What is kept of a path and query: secrets masked, and no more than some KB.
pub(crate) fn target(target: &str) -> String {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let pairs = query.into_iter().flat_map(|query| query.split('&')).map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(&escape::unescape(name)) => format!("{name}=***"),
        _ => pair.to_owned(),
    });
    let query = query.is_some().then(|| pairs.collect::<Vec<_>>().join("&"));
    let whole = query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    text(&whole, &mut KEPT_TARGET.clone())
}

/// Whether something is secret, by the names that secrets have.
fn is_secret(name: &str) -> bool {
    const SECRET: [&str; 5] = ["password", "secret", "token", "certificate", "credential"];
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|s| name.contains(s))
}

/// As much of a value as is left to keep.
fn part(value: &Value, left: &mut usize) -> Value {
    // What a value takes that has no length of its own.
    *left = left.saturating_sub(16);
    match value {
        Value::String(whole) => text(whole, left).into(),
        Value::Array(list) => list.iter().map_while(|v| (*left > 0).then(|| part(v, left))).collect(),
        Value::Object(map) => members(map, left),
        scalar => scalar.clone(),
    }
}

fn members(map: &Map<String, Value>, left: &mut usize) -> Value {
    let member = |(name, value): (&String, &Value)| {
        (*left > 0).then(|| {
            let name = text(name, left);
            let value = if value.is_string() && is_secret(&name) { "***".into() } else { part(value, left) };
            (name, value)
        })
    };
    Value::Object(map.iter().map_while(member).collect())
}

fn text(whole: &str, left: &mut usize) -> String {
    if whole.len() <= *left {
        *left -= whole.len();
        return whole.to_owned();
    }
    let end = whole.char_indices().map(|(at, _)| at).take_while(|at| at <= left).last().unwrap_or(0);
    *left = 0;
    format!("{}…", whole.get(..end).unwrap_or_default())
}
