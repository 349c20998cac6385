//! The sandbox as a host of the Rust client: no socket, no clock but the sandbox's.

use crate::{Request, Response, Sandbox, http::Cut};
use agora_chat_admin::{
    codec::Body,
    error::{Error, Kind},
    host::{Head, Host, Incoming, Outgoing},
    shape::File,
};
use std::{
    sync::{Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

/// Answers a [`agora_chat_admin::Client`] in its own process.
///
/// Give it to `Client::with_host`, with any loopback base URL. Waiting moves the sandbox's clock instead of taking time.
#[derive(Debug)]
pub struct InProcess(Mutex<Sandbox>);

impl InProcess {
    /// A host around this sandbox. If it was not told the time, it starts at the real one.
    #[must_use]
    pub fn new(mut sandbox: Sandbox) -> Self {
        if sandbox.now() == 0 {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            sandbox.tick(u64::try_from(since.as_millis()).unwrap_or_default());
        }
        Self(Mutex::new(sandbox))
    }

    /// Looks into the sandbox, or changes it.
    pub fn with<T>(&self, look: impl FnOnce(&mut Sandbox) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Host for InProcess {
    type Call = ();
    type Body = Vec<u8>;

    async fn fetch(&self, request: &Outgoing<'_>, (): &()) -> Result<Incoming<Vec<u8>>, Error> {
        let response = self.with(|sandbox| sandbox.answer(&incoming(request)));
        if response.delay > request.timeout {
            return Err(Error::new(Kind::Timeout, "no answer in time"));
        }
        match response.cut {
            Some(Cut::Reset | Cut::Half) => Err(Error::new(Kind::Network, "the connection was reset")),
            None => Ok(answer(response)),
        }
    }

    async fn sleep(&self, milliseconds: u64, (): &()) -> Result<(), Error> {
        self.with(|sandbox| sandbox.advance(i64::try_from(milliseconds).unwrap_or(i64::MAX)));
        Ok(())
    }

    /// Nothing takes time here that could be over.
    async fn expire(&self, _: u64, (): &()) -> Result<(), Error> {
        std::future::pending().await
    }

    fn now(&self) -> u64 {
        self.with(|sandbox| sandbox.now())
    }

    fn random(&self) -> f64 {
        0.5
    }
}

fn answer(response: Response) -> Incoming<Vec<u8>> {
    let headers = response.headers.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    Incoming { status: response.status, head: Head(headers.collect()), body: response.body }
}

fn incoming(request: &Outgoing<'_>) -> Request {
    // The path behind `scheme://host`.
    let target = request.url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();
    let mut headers: Vec<_> = request.headers.iter().map(|(k, v)| (k.to_string(), v.clone())).collect();
    let body = match request.body {
        Body::Empty => Vec::new(),
        Body::Json(text) | Body::Form(text) => text.clone().into_bytes(),
        Body::Multipart { parts, file } => {
            headers.push(("content-type".into(), format!("multipart/form-data; boundary={BOUNDARY}")));
            multipart(parts, file, request.file)
        }
    };
    Request { method: request.method.as_str().into(), target, headers, body }
}

/// No file of a test holds it.
const BOUNDARY: &str = "----agora-chat-sandbox-in-process";

fn multipart(parts: &[(String, String)], name: &str, file: Option<&File>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in parts {
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some(File { name: filename, content_type, bytes }) = file {
        let content_type = content_type.as_deref().unwrap_or("application/octet-stream");
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\n\
             Content-Type: {content_type}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}
