//! The native host: reqwest with rustls.

use super::{Head, Host, Incoming, Outgoing, Payload};
use crate::{
    codec::Body,
    error::{Error, Kind},
    operation::Method,
};
use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// Sends requests with reqwest. Dropping a call's future aborts it.
#[derive(Clone, Debug)]
pub struct Native {
    client: reqwest::Client,
}

impl Default for Native {
    fn default() -> Self {
        // Redirects are judged here, since reqwest's policy cannot tell a GET from what must not go elsewhere. Nothing else
        // can fail but the TLS roots, of which a default client knows no better.
        let built = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
        Self { client: built.unwrap_or_default() }
    }
}

impl Native {
    /// A host with a connection pool of its own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A host that uses this client: for proxies, extra roots, a shared pool. Build it with
    /// [`Policy::none`](reqwest::redirect::Policy::none): what it follows by itself may take a write elsewhere.
    #[must_use]
    pub fn with_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Payload for Vec<u8> {
    fn text(&self) -> String {
        // A mark at its begin is no part of a text.
        String::from_utf8_lossy(self.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self)).into_owned()
    }

    fn into_bytes(self) -> Vec<u8> {
        self
    }
}

fn failure(error: reqwest::Error, status: Option<u16>) -> Error {
    let error = error.without_url();
    let (kind, what) = if error.is_timeout() {
        (Kind::Timeout, "no answer in time")
    } else {
        (Kind::Network, "the connection failed")
    };
    let mut message = format!("{what}: {error}");
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        message.push_str(": ");
        message.push_str(&inner.to_string());
        source = inner.source();
    }
    Error::new(kind, message).with(|d| {
        d.status = status;
        d.unknown = !error.is_connect() && !error.is_builder();
        d.cause = Some(Arc::new(error));
    })
}

/// How many redirects of a GET are followed.
const HOPS: usize = 5;

/// Where an answer redirects a GET to, if that is to be followed: never out of https.
fn redirect(method: Method, response: &reqwest::Response) -> Option<reqwest::Url> {
    if method != Method::GET || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let from = response.url();
    let to = from.join(response.headers().get("location")?.to_str().ok()?).ok()?;
    let safe = to.scheme() == "https" || to.scheme() == "http" && from.scheme() == "http";
    safe.then_some(to)
}

impl Native {
    /// Sends a request once to `url`; its token goes to the server it is meant for only.
    async fn send(
        &self,
        request: &Outgoing<'_>,
        url: &reqwest::Url,
        trusted: bool,
        within: Duration,
    ) -> Result<reqwest::Response, Error> {
        let method = match request.method {
            Method::GET => reqwest::Method::GET,
            Method::POST => reqwest::Method::POST,
            Method::PUT => reqwest::Method::PUT,
            Method::DELETE => reqwest::Method::DELETE,
        };
        let mut builder = self.client.request(method, url.clone()).timeout(within);
        for (name, value) in request.headers {
            if trusted || !matches!(name.as_ref(), "authorization" | "cookie") {
                builder = builder.header(name.as_ref(), value);
            }
        }
        builder = match request.body {
            Body::Empty => builder,
            Body::Json(text) | Body::Form(text) => builder.body(text.clone()),
            Body::Multipart { parts, file } => builder.multipart(form(parts, file, request)?),
        };
        builder.send().await.map_err(|e| failure(e, None))
    }
}

impl Host for Native {
    type Call = ();
    type Body = Vec<u8>;

    async fn fetch(&self, request: &Outgoing<'_>, (): &()) -> Result<Incoming<Vec<u8>>, Error> {
        let ends = Instant::now() + Duration::from_millis(request.timeout);
        let mut url = reqwest::Url::parse(request.url).map_err(|e| {
            Error::new(Kind::Invalid, format!("{}: {e}", request.url)).with(|d| d.cause = Some(Arc::new(e)))
        })?;
        let mut trusted = true;
        let mut hops = 0;
        let response = loop {
            let response = self.send(request, &url, trusted, ends.saturating_duration_since(Instant::now())).await?;
            match redirect(request.method, &response) {
                Some(next) if hops < HOPS => {
                    trusted &= next.origin() == url.origin();
                    url = next;
                    hops += 1;
                }
                _ => break response,
            }
        };
        let status = response.status().as_u16();
        if status == 101 {
            // Nobody asked for one, and no answer can follow.
            return Err(Error::new(Kind::Network, "the connection failed: the server went over to another protocol")
                .with(|d| d.unknown = true));
        }
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let head = Head(response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect());
        let body = response.bytes().await.map_err(|e| failure(e, Some(status)))?.into();
        Ok(Incoming { status, head, body })
    }

    async fn sleep(&self, milliseconds: u64, (): &()) -> Result<(), Error> {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        Ok(())
    }

    fn now(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn random(&self) -> f64 {
        // A hasher with random keys is the entropy that std offers; jitter and salts need no more.
        let bits = RandomState::new().hash_one(self.now()) >> 11;
        #[allow(clippy::cast_precision_loss)]
        let random = bits as f64 / (1_u64 << 53) as f64;
        random
    }
}

fn form(
    parts: &[(String, String)],
    file: &'static str,
    request: &Outgoing<'_>,
) -> Result<reqwest::multipart::Form, Error> {
    let mut form = reqwest::multipart::Form::new();
    for (name, value) in parts {
        form = form.text(name.clone(), value.clone());
    }
    let Some(content) = request.file else {
        return Err(Error::new(Kind::Invalid, format!("{file} is required")));
    };
    let mut part = reqwest::multipart::Part::bytes(content.bytes.clone()).file_name(content.name.clone());
    if let Some(content_type) = &content.content_type {
        part = part.mime_str(content_type).map_err(|e| {
            Error::new(Kind::Invalid, format!("{file}: {content_type:?} is no media type"))
                .with(|d| d.cause = Some(Arc::new(e)))
        })?;
    }
    Ok(form.part(file, part))
}
