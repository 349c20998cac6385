//! One line per request, without secrets: the query and body are left out, the operation is named.

use super::options::LogFormat;
use agora_chat_sandbox::{Request, Sandbox};
use std::time::Duration;

pub(crate) struct Log {
    format: LogFormat,
}

pub(crate) struct Line {
    format: LogFormat,
    method: String,
    path: String,
    operation: Option<String>,
    error: Option<String>,
}

impl Log {
    pub(crate) fn new(format: LogFormat) -> Self {
        Self { format }
    }

    /// What to log of the request that was just answered.
    pub(crate) fn line(&self, sandbox: &Sandbox, request: &Request) -> Option<Line> {
        if self.format == LogFormat::Off || request.target.starts_with("/__sandbox") {
            return None;
        }
        let entry = sandbox.last_entry();
        Some(Line {
            format: self.format,
            method: request.method.clone(),
            path: request.target.split('?').next().unwrap_or_default().to_owned(),
            operation: entry.and_then(|e| e.operation.clone()),
            error: entry.and_then(|e| e.error.clone()),
        })
    }
}

impl Line {
    pub(crate) fn print(&self, status: u16, took: Duration) {
        let micros = took.as_micros();
        let (operation, error) = (self.operation.as_deref(), self.error.as_deref());
        if self.format == LogFormat::Json {
            let line = serde_json::json!({
                "method": self.method, "path": self.path, "operation": operation, "status": status, "error": error,
                "microseconds": u64::try_from(micros).unwrap_or(u64::MAX),
            });
            eprintln!("{line}");
        } else {
            let (operation, error) = (operation.unwrap_or("-"), error.unwrap_or_default());
            eprintln!("{status} {} {} {operation} {micros}us {error}", self.method, self.path);
        }
    }
}
