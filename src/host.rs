//! What the client needs from where it runs: HTTP, a clock, a timer, chance.

use crate::{client::Begun, codec::Body, error::Error, operation::Method, shape::File};
use std::{borrow::Cow, fmt};

#[cfg(not(target_arch = "wasm32"))]
pub mod native;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod web;

/// The host of a client that names none.
#[cfg(not(target_arch = "wasm32"))]
pub type Own = native::Native;
/// The host of a client that names none.
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub type Own = web::Web;
/// The host of a client that names none: there is none.
#[cfg(all(target_arch = "wasm32", not(feature = "js")))]
pub type Own = std::convert::Infallible;

/// `Send` where there are threads, nothing in wasm.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send> MaybeSend for T {}
/// `Send` where there are threads, nothing in wasm.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSend {}
#[cfg(target_arch = "wasm32")]
impl<T> MaybeSend for T {}

/// `Sync` where there are threads, nothing in wasm.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSync: Sync {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Sync> MaybeSync for T {}
/// `Sync` where there are threads, nothing in wasm.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSync {}
#[cfg(target_arch = "wasm32")]
impl<T> MaybeSync for T {}

/// A request on its way out.
#[derive(Clone)]
pub struct Outgoing<'a> {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: &'a str,
    /// The headers.
    pub headers: &'a [(Cow<'static, str>, String)],
    /// The body.
    pub body: &'a Body,
    /// The file of a multipart body.
    pub file: Option<&'a File>,
    /// How long to wait for the whole answer, in milliseconds.
    pub timeout: u64,
    /// Whether the answer is a file, to be handed over unread if it is a success.
    pub bytes: bool,
}

/// Says nothing of what is in it: a token is among its headers.
impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, body, timeout, .. } = self;
        let mut debug = f.debug_struct("Outgoing");
        debug.field("method", method).field("body", body).field("timeout", timeout).finish_non_exhaustive()
    }
}

/// An answer's headers: pairs, or the `Response` that JavaScript keeps them in.
#[derive(Clone, Default)]
pub struct Head(
    #[cfg(not(all(target_arch = "wasm32", feature = "js")))] pub Vec<(String, String)>,
    #[cfg(all(target_arch = "wasm32", feature = "js"))] pub wasm_bindgen::JsValue,
);

#[cfg(not(all(target_arch = "wasm32", feature = "js")))]
impl Head {
    /// The value of a header.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    }
}

/// Says nothing of the values: cookies are among them.
impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(not(all(target_arch = "wasm32", feature = "js")))]
        return f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish();
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        f.write_str("Head")
    }
}

/// An answer.
pub struct Incoming<B> {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub head: Head,
    /// The body.
    pub body: B,
}

/// Says nothing of the body: there may be a token in it.
impl<B> fmt::Debug for Incoming<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Incoming");
        debug.field("status", &self.status).field("head", &self.head).finish_non_exhaustive()
    }
}

/// A body that a host read or kept.
pub trait Payload {
    /// It as text; empty for one that was handed over unread.
    fn text(&self) -> String;
    /// Its bytes; none for one that was handed over unread.
    fn into_bytes(self) -> Vec<u8>;
}

/// Where a client runs.
pub trait Host: MaybeSend + MaybeSync + 'static {
    /// What a host keeps for one call: an abort signal, a file, callbacks. The default is of work that no single call owns.
    type Call: Default + MaybeSend + MaybeSync;
    /// A response body.
    type Body: Payload + MaybeSend;

    /// Sends a request once, and follows no redirect but a GET's. Its errors are of the kinds network, timeout and aborted;
    /// what is known never to have left is [`unsent`](Error::unsent).
    fn fetch(
        &self,
        request: &Outgoing<'_>,
        call: &Self::Call,
    ) -> impl Future<Output = Result<Incoming<Self::Body>, Error>> + MaybeSend;

    /// The first attempt, where the host made it before the client was asked.
    fn begun(&self, _call: &Self::Call) -> Option<Begun<Self::Body>> {
        None
    }

    /// Waits, or fails with an abort.
    fn sleep(&self, milliseconds: u64, call: &Self::Call) -> impl Future<Output = Result<(), Error>> + MaybeSend;

    /// Waits until something else has taken too long. Not [`sleep`](Self::sleep) where that takes no time.
    fn expire(&self, milliseconds: u64, call: &Self::Call) -> impl Future<Output = Result<(), Error>> + MaybeSend {
        self.sleep(milliseconds, call)
    }

    /// Whether a call's request can be sent more than once.
    fn repeats(&self, _call: &Self::Call) -> bool {
        true
    }

    /// Waits for a retry's turn; false if it is not to be made.
    fn turn(&self, _call: &Self::Call) -> impl Future<Output = bool> + MaybeSend {
        std::future::ready(true)
    }

    /// The time, in Unix milliseconds.
    fn now(&self) -> u64;

    /// A number in `[0, 1)`.
    fn random(&self) -> f64;

    /// Told before each retry.
    fn retrying(&self, _error: &Error, _delay: u64, _call: &Self::Call) {}
}
