//! The last requests, for tests to look at.

use serde::Serialize;
use serde_json::Value;
use std::collections::VecDeque;

/// How many requests are kept.
const KEPT: usize = 1_000;

/// A request as the journal keeps it; secrets are masked.
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

/// Masks what is secret in parameters, by the names that secrets have.
pub(crate) fn mask(value: &mut Value) {
    const SECRET: [&str; 5] = ["password", "secret", "token", "certificate", "credential"];
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                let name = name.to_ascii_lowercase();
                if value.is_string() && SECRET.iter().any(|s| name.contains(s)) {
                    *value = Value::from("***");
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(mask),
        _ => {}
    }
}
