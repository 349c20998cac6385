//! One line per request, without secrets: the query and body are left out, the operation is named.

use super::options::LogFormat;
use agora_chat_sandbox::{Request, Sandbox};
use axum::http::Method;
use std::{fmt::Display, io::Write, time::Duration};

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

impl Log {
    /// What to log of a request that is passed on.
    pub(crate) fn passed(&self, method: &Method, path: &str) -> Option<Line> {
        (self.format != LogFormat::Off).then(|| Line {
            format: self.format,
            method: method.to_string(),
            path: path.to_owned(),
            operation: Some("proxy".into()),
            error: None,
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
            tell(&line);
        } else {
            let (operation, error) = (operation.unwrap_or("-"), error.unwrap_or_default());
            let line = format!("{status} {} {} {operation} {micros}us {error}", self.method, self.path);
            tell(&line.trim_end());
        }
    }
}

/// Whoever reads the log may be gone; the requests go on.
pub(crate) fn tell(line: &dyn Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
