//! Passes on what is meant for a real host: browsers cannot call the vendors' hosts from other sites, but they can call
//! this one.

use super::respond;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, Method, Uri, header},
    response::Response,
};
use reqwest::Url;
use std::{error::Error, time::Duration};

/// Headers of one connection, which the next has its own of.
static HOP: [HeaderName; 8] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("keep-alive"),
];
/// Headers that speak of the page and its browser, or that were answered here.
static PAGE: [HeaderName; 5] = [header::HOST, header::ORIGIN, header::REFERER, header::COOKIE, header::EXPECT];

/// The one host.
#[derive(Debug)]
pub(crate) struct Proxy {
    host: Url,
    client: reqwest::Client,
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
            .build()
            .map_err(|e| format!("--proxy: {}", causes(&e)))?;
        Ok(Self { host: url, client })
    }

    /// Asks the host, and answers what it answers; both bodies go through as they come.
    pub(crate) async fn pass(&self, method: Method, uri: &Uri, headers: HeaderMap, body: Body) -> Response {
        let mut url = self.host.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        let has_body = headers.contains_key(header::CONTENT_LENGTH) || headers.contains_key(header::TRANSFER_ENCODING);
        let mut request = self.client.request(method, url).headers(passed(headers, &PAGE));
        if has_body {
            request = request.body(reqwest::Body::wrap_stream(body.into_data_stream()));
        }
        match request.send().await {
            Ok(answer) => {
                let answer = axum::http::Response::from(answer);
                let (mut parts, body) = answer.into_parts();
                parts.headers = passed(parts.headers, &[header::SET_COOKIE]);
                // Who may read the answer is decided here.
                let theirs: Vec<HeaderName> =
                    parts.headers.keys().filter(|k| k.as_str().starts_with("access-control-")).cloned().collect();
                for name in theirs {
                    parts.headers.remove(name);
                }
                respond::with_cors(Response::from_parts(parts, Body::new(body)))
            }
            Err(e) => {
                let e = e.without_url();
                let host = self.host.host_str().unwrap_or_default();
                respond::failure(502, "proxy", &format!("{host} cannot be asked: {}", causes(&e)))
            }
        }
    }
}

/// Headers without those of the connection, those that the connection names, and these.
fn passed(mut headers: HeaderMap, without: &[HeaderName]) -> HeaderMap {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&HOP).chain(without) {
        headers.remove(name);
    }
    headers
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
