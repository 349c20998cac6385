//! Where an app is: the base of every URL, and what may not be in one.

use super::Config;
use crate::{
    codec::escape::{escape, unescape},
    error::{Error, Kind},
};
use std::str::FromStr;

/// `base_url`, as the caller spells it.
pub(crate) const BASE_URL: &str = spelt("base_url", "baseUrl");

/// A name as the caller spells it: in Rust, or in JavaScript.
const fn spelt(rust: &'static str, js: &'static str) -> &'static str {
    if cfg!(all(target_arch = "wasm32", feature = "js")) { js } else { rust }
}

/// The app that a client looks after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum App {
    /// By organisation and name: `/{org}/{name}/…`.
    Key {
        /// The organisation.
        org: String,
        /// The app's name.
        name: String,
    },
    /// By its App ID: `/app-id/{id}/…`.
    Id(String),
}

impl App {
    /// An app by organisation and name.
    pub fn key(org: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Key { org: org.into(), name: name.into() }
    }

    fn path(&self) -> String {
        match self {
            Self::Key { org, name } => format!("/{}/{}", escape(org), escape(name)),
            Self::Id(id) => format!("/app-id/{}", escape(id)),
        }
    }
}

impl FromStr for App {
    type Err = Error;

    /// Reads an app key: `org#app`.
    fn from_str(key: &str) -> Result<Self, Error> {
        match key.split_once('#') {
            Some((org, name)) if !org.is_empty() && !name.is_empty() => Ok(Self::key(org, name)),
            _ => Err(Error::new(Kind::Invalid, "an app key is \"org#app\"").with(|d| d.field = Some("app".into()))),
        }
    }
}

/// The base of every URL of this app, or why there can be none.
pub(super) fn resolve(config: &Config) -> Result<String, Error> {
    let invalid = |field: &str, problem: &str| {
        Error::new(Kind::Invalid, format!("{field} {problem}")).with(|d| d.field = Some(field.into()))
    };
    let url = config.base_url.trim_end_matches('/');
    let (scheme, rest) = url
        .split_once(':')
        .and_then(|(scheme, rest)| Some((scheme, rest.strip_prefix("//")?)))
        .ok_or_else(|| invalid(BASE_URL, "must be a URL such as https://a61.chat.agora.io"))?;
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(invalid(BASE_URL, "must not hold white space or control characters"));
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || host.bytes().any(|b| b == b'@') || rest.bytes().any(|b| matches!(b, b'?' | b'#')) {
        return Err(invalid(BASE_URL, "must hold a host, and no user, query or fragment"));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => {}
        "http" if config.allow_http || is_loopback(host) => {}
        "http" => {
            // An address to listen at, such as 0.0.0.0, is none to send to.
            let problem = format!(
                "must be https://: over http:// anyone on the way could read the token. It is accepted for loopback \
                 (127.0.0.1, [::1] or localhost, not 0.0.0.0), and elsewhere with {}",
                spelt("allow_http", "allowHttp")
            );
            return Err(invalid(BASE_URL, &problem));
        }
        _ => return Err(invalid(BASE_URL, "must begin with https://")),
    }
    let parts = match &config.app {
        App::Key { org, name } => vec![("app.org", org), ("app.name", name)],
        App::Id(id) => vec![("app.id", id)],
    };
    for (field, part) in parts {
        if part.is_empty() || part == "." || part == ".." || part.chars().any(char::is_control) || part.trim() != part {
            return Err(invalid(
                field,
                "must not be empty, a dot segment, hold control characters, or begin or end with white space",
            ));
        }
    }
    Ok(format!("{url}{}", config.app.path()))
}

/// Whether a host, with or without a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let v4 =
        || name.starts_with("127.") && name.split('.').count() == 4 && name.split('.').all(|n| n.parse::<u8>().is_ok());
    // RFC 6761: so is whatever ends in `.localhost`.
    let last = name.rsplit('.').next().unwrap_or_default();
    last.eq_ignore_ascii_case("localhost") && !name.starts_with('.') || name == "::1" || v4()
}

/// Why a raw path cannot be sent.
pub(super) fn path_problem(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') {
        return Some("must begin with /");
    }
    if path.chars().any(|c| c.is_control() || c == ' ' || c == '#' || c == '\\') {
        return Some("must be encoded: no spaces, control characters, backslashes or fragments");
    }
    let segments = path.split('?').next().unwrap_or_default();
    let dots = |s: &str| matches!(unescape(s).as_str(), "." | "..");
    segments.split('/').any(dots).then_some("must not hold dot segments")
}

/// Refuses a header that cannot be sent.
pub(super) fn check_header(name: &str, value: &str) -> Result<(), Error> {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    let printable = |value: &str| value.bytes().all(|b| matches!(b, b' '..=b'~' | b'\t'));
    let problem = if name.is_empty() || !name.bytes().all(token) {
        format!("headers must have valid names, not `{name}`")
    } else if printable(value) {
        return Ok(());
    } else {
        format!("headers must hold printable ASCII only: {name}")
    };
    Err(Error::new(Kind::Invalid, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Auth, Dialect};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn base(url: &str) -> Result<String, Error> {
        resolve(&Config::new(url, App::key("org", "a b"), Auth::None))
    }

    #[test]
    fn joins_host_and_app() {
        assert_eq!(base("https://a61.chat.agora.io/").unwrap(), "https://a61.chat.agora.io/org/a%20b");
        assert_eq!(base("http://127.0.0.1:8080/x").unwrap(), "http://127.0.0.1:8080/x/org/a%20b");
        let by_id = Config::new("http://localhost", App::Id("970CA35".into()), Auth::None);
        assert_eq!(resolve(&by_id).unwrap(), "http://localhost/app-id/970CA35");
    }

    #[test]
    fn refuses_what_is_unsafe() {
        for url in [
            "http://a1.easemob.com",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "ftp://x",
            "a61.chat.agora.io",
            "https://",
            "https://user:pass@host",
            "https://host?x",
            "https://host ",
            "http://0.0.0.0:7007",
            "http://[::]:7007",
            "http://.localhost",
        ] {
            assert_eq!(base(url).unwrap_err().kind(), Kind::Invalid, "{url}");
        }
        let error = base("http://sandbox:7007").unwrap_err();
        assert_eq!(error.details().field.as_deref(), Some(BASE_URL));
        assert!(error.to_string().contains(spelt("allow_http", "allowHttp")), "{error}");
        for dialect in [Dialect::Agora, Dialect::Easemob] {
            let mut config = Config::new("http://sandbox:7007", App::key("o", "a"), Auth::None);
            (config.allow_http, config.dialect) = (true, dialect);
            assert!(resolve(&config).is_ok());
        }
        for part in ["", "..", " a", "a\n"] {
            let config = Config::new("https://host", App::key("o", part), Auth::None);
            assert_eq!(resolve(&config).unwrap_err().details().field.as_deref(), Some("app.name"), "{part:?}");
        }
    }

    #[test]
    fn whatever_is_below_localhost_is_this_machine() {
        for url in ["http://localhost:7007", "http://app.localhost", "http://a.b.LOCALHOST:80", "http://[::1]:7007"] {
            assert!(base(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn raw_paths_cannot_leave_the_app() {
        for path in ["x", "/../x", "/a/%2e%2E/b", "/a/.", "/a b", "/a#b", "/a\\..\\b"] {
            assert!(path_problem(path).is_some(), "{path}");
        }
        assert_eq!(path_problem("/chatgroups/1/roles?x=../y"), None);
    }
}
