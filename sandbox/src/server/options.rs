//! The command line.

use super::guard;
use agora_chat_admin::Dialect;
use agora_chat_sandbox::app::App;
use axum::http::Uri;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A stateful local stand-in for Agora Chat and Easemob IM.
///
/// Point any client at it: its base URL is printed when it is ready, its apps and their credentials are at
/// /__sandbox/health.
#[derive(Debug, Parser)]
#[command(version, name = "agora-chat-sandbox")]
pub(crate) struct Options {
    /// The address to listen on; loopback unless told otherwise.
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) host: String,
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 7007)]
    pub(crate) port: u16,
    /// An app, as org#app, or as org#app=easemob with a dialect of its own; can be given several times.
    #[arg(long = "app", value_name = "ORG#APP[=DIALECT]", default_value = "demo#chat")]
    apps: Vec<String>,
    /// Whose documentation the apps follow that name no dialect.
    #[arg(long, value_enum, default_value_t = DialectName::Agora)]
    dialect: DialectName,
    /// Lets users register without a token.
    #[arg(long)]
    open_registration: bool,
    /// Keeps the state in this file; in memory without it.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// Runs these JSON lines at start, in the first app, unless the data file holds something already:
    /// {"op": "users.register", "params": {...}}.
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Vec<PathBuf>,
    /// Passes requests for apps that it does not have on to this one real host, such as https://a61.chat.agora.io, which
    /// browsers cannot call by themselves.
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Answers requests that call this machine by that name, as other containers do; loopback names and the address that
    /// is listened on are known. Can be given several times.
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub(crate) allow_host: Vec<String>,
    /// Answers pages of that origin, such as https://console.example; those of this machine, at loopback names, are
    /// answered anyway. Can be given several times.
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub(crate) allow_origin: Vec<String>,
    /// How many seconds a connection may take for the head of a request.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) header_timeout: u64,
    /// Leaves documented limits unchecked: call rates, counts, sizes.
    #[arg(long)]
    pub(crate) loose: bool,
    /// The time zone of the hours of history files, in whole hours, such as +8, in which the official Java SDK asks.
    #[arg(long, value_name = "HOURS", value_parser = zone, default_value = "0", allow_hyphen_values = true)]
    pub(crate) history_zone: i8,
    /// What to log of each request, to standard error.
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(crate) log: LogFormat,
    /// Ends when its standard input does, and so with the program that started it, however that one ends.
    #[arg(long)]
    pub(crate) end_with_stdin: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What to do beside listening.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs a command with AGORA_CHAT_SANDBOX_URL and AGORA_CHAT_SANDBOX_APP set, and ends with it.
    Exec {
        /// The command and its arguments.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
    /// Gives back what is free in a data file that no sandbox uses, and ends.
    Compact {
        /// The file; else the one of --data.
        file: Option<PathBuf>,
    },
}

/// How a request is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// A line to read.
    Text,
    /// A line of JSON.
    Json,
    /// Nothing.
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DialectName {
    Agora,
    Easemob,
}

/// A name as requests are compared with.
fn name(text: &str) -> Result<String, String> {
    let name = guard::plain(text);
    let fits = name.parse::<std::net::IpAddr>().is_ok() || !(name.is_empty() || name.contains(['/', '@', '*', ':']));
    if fits { Ok(name) } else { Err("a name, such as sandbox, without a port".into()) }
}

/// A time zone of whole hours: `+8`, `UTC+8`, `+08:00`.
fn zone(text: &str) -> Result<i8, String> {
    let hours = text.strip_prefix("UTC").unwrap_or(text);
    let hours = hours.strip_suffix(":00").unwrap_or(hours);
    let hours = if hours.is_empty() || hours == "Z" { Some(0) } else { hours.parse().ok() };
    hours.filter(|h| (-12..=14).contains(h)).ok_or_else(|| "whole hours ahead of UTC, such as +8".into())
}

/// An origin as browsers write it.
fn origin(text: &str) -> Result<String, String> {
    let origin = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
    let uri = origin.parse::<Uri>();
    let whole = uri.is_ok_and(|u| u.scheme().is_some() && u.path() == "/" && u.query().is_none());
    let whole = whole && !origin.contains(['@', '*']);
    if whole || origin == "null" { Ok(origin) } else { Err("an origin, such as https://console.example".into()) }
}

impl Options {
    /// The apps to start with.
    pub(crate) fn apps(&self) -> Result<Vec<App>, String> {
        let app = |text: &String| {
            let (key, dialect) = match text.split_once('=') {
                None => (text.as_str(), Some(self.dialect)),
                Some((key, dialect)) => (key, DialectName::from_str(dialect, false).ok()),
            };
            match (key.split_once('#'), dialect) {
                (Some((org, name)), Some(dialect)) if !org.is_empty() && !name.is_empty() => Ok(App {
                    org: org.into(),
                    name: name.into(),
                    dialect: match dialect {
                        DialectName::Agora => Dialect::Agora,
                        DialectName::Easemob => Dialect::Easemob,
                    },
                    open_registration: self.open_registration,
                    ..App::default()
                }),
                _ => Err(format!("--app must be ORG#APP, or ORG#APP=agora or =easemob, not {text:?}")),
            }
        };
        self.apps.iter().map(app).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::zone;

    #[test]
    fn zones_are_whole_hours() {
        for (text, hours) in [("0", 0), ("+8", 8), ("UTC+8", 8), ("+08:00", 8), ("-3", -3), ("UTC", 0), ("Z", 0)] {
            assert_eq!(zone(text), Ok(hours), "{text}");
        }
        for text in ["+5:30", "+15", "-13", "PRC", "8.0", "+", "++8"] {
            assert!(zone(text).is_err(), "{text}");
        }
    }
}
