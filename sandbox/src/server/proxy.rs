//! Passes on what is meant for a real host: browsers cannot call the vendors' hosts from other sites, but they can call
//! this one.

use super::{guard, respond};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::Response,
};
use reqwest::Url;
use std::{
    error::Error,
    hash::{BuildHasher, Hasher, RandomState},
    net::SocketAddr,
    time::Duration,
};

/// Headers of one connection, which the next has its own of.
const HOP: [&str; 6] = ["connection", "te", "trailer", "transfer-encoding", "upgrade", "keep-alive"];
/// What requests keep to themselves: headers that speak of the page, its browser and how it came here, or that were
/// answered here. A name that ends in `-` stands for all that begin so.
const REQUEST: [&str; 17] = [
    "host",
    "expect",
    "origin",
    "referer",
    "cookie",
    "user-agent",
    "accept-language",
    "dnt",
    "priority",
    "forwarded",
    "from",
    "upgrade-insecure-requests",
    "x-real-ip",
    "sec-",
    "proxy-",
    "x-forwarded-",
    "access-control-",
];
/// What answers keep to themselves: what would tell the browser how to treat this machine's address, or who may read it,
/// which is decided here.
const ANSWER: [&str; 13] = [
    "set-cookie",
    "set-cookie2",
    "strict-transport-security",
    "alt-svc",
    "clear-site-data",
    "service-worker-allowed",
    "nel",
    "report-to",
    "reporting-endpoints",
    "timing-allow-origin",
    "proxy-",
    "access-control-",
    "cross-origin-",
];

/// The one host.
#[derive(Debug)]
pub(crate) struct Proxy {
    host: Url,
    client: reqwest::Client,
    /// Its name in `Via`, which no other has: a request that carries it has been here.
    via: String,
}

impl Proxy {
    /// For that host: a scheme, a name, a port, and nothing else.
    pub(crate) fn new(host: &str) -> Result<Self, String> {
        let url = Url::parse(host).map_err(|e| format!("--proxy {host}: {e}"))?;
        let bare = matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !bare {
            return Err(
                "--proxy must be a host, such as https://a61.chat.agora.io, without a path or credentials".into()
            );
        }
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            // Where it sends its callers is for them to follow.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("agora-chat-sandbox/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|e| format!("--proxy: {}", causes(&e)))?;
        let via = format!("agora-chat-sandbox-{:016x}", RandomState::new().build_hasher().finish());
        Ok(Self { host: url, client, via })
    }

    /// Whether the host is what listens there.
    pub(crate) fn is(&self, local: SocketAddr) -> bool {
        let host = guard::plain(self.host.host_str().unwrap_or_default());
        let same = guard::loopback(&host) || host.parse() == Ok(local.ip());
        same && self.host.port_or_known_default() == Some(local.port())
    }

    /// Asks the host, and answers what it answers; both bodies go through as they come.
    pub(crate) async fn pass(&self, head: Parts, body: Body) -> Response {
        let host = self.host.host_str().unwrap_or_default();
        let seen = |value: &HeaderValue| value.to_str().is_ok_and(|v| v.contains(&self.via));
        if head.headers.get_all(header::VIA).iter().any(seen) {
            return respond::failure(508, "proxy", &format!("{host} is this sandbox, or passes on to it"));
        }
        let mut url = self.host.clone();
        url.set_path(head.uri.path());
        url.set_query(head.uri.query());
        let has_body =
            head.headers.contains_key(header::CONTENT_LENGTH) || head.headers.contains_key(header::TRANSFER_ENCODING);
        let request = self.client.request(head.method, url).headers(passed(head.headers, &REQUEST));
        let mut request = request.header(header::VIA, format!("1.1 {}", self.via));
        if has_body {
            request = request.body(reqwest::Body::wrap_stream(body.into_data_stream()));
        }
        match request.send().await {
            Ok(answer) => {
                let (mut parts, body) = axum::http::Response::from(answer).into_parts();
                parts.headers = passed(parts.headers, &ANSWER);
                Response::from_parts(parts, Body::new(body))
            }
            Err(e) => {
                let why = causes(&e.without_url());
                respond::failure(502, "proxy", &format!("{host} cannot be asked: {why}"))
            }
        }
    }
}

/// Headers without those of the connection, those that the connection names, and these.
fn passed(headers: HeaderMap, without: &[&str]) -> HeaderMap {
    let connection = headers.get_all(header::CONNECTION).iter().filter_map(|v| v.to_str().ok());
    let named: Vec<String> =
        connection.flat_map(|v| v.split(',')).map(|name| name.trim().to_ascii_lowercase()).collect();
    let stays = |name: &str| {
        let is = |own: &&str| if own.ends_with('-') { name.starts_with(*own) } else { name == *own };
        !(HOP.iter().chain(without).any(is) || named.iter().any(|n| n == name))
    };
    let mut kept = HeaderMap::new();
    let mut last = None;
    for (name, value) in headers {
        // A further value of the header before has no name.
        last = name.or(last);
        if let Some(name) = last.as_ref().filter(|name| stays(name.as_str())) {
            kept.append(name, value);
        }
    }
    kept
}

/// An error with what lies behind it: the outermost says only that a request failed.
fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
