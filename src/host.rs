//! What the client needs from where it runs: HTTP, a clock, a timer, chance.

use crate::{client::Begun, codec::Body, error::Error, operation::Method, shape::File};
use std::borrow::Cow;

#[cfg(not(target_arch = "wasm32"))]
pub mod native;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod web;

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
#[derive(Clone, Debug)]
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

/// An answer.
#[derive(Debug)]
pub struct Incoming<B> {
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// The body.
    pub body: B,
}

/// A body that a host read or kept.
pub trait Payload {
    /// It as text; empty for one that was handed over unread.
    fn text(&self) -> String;
    /// Its bytes; none for one that was handed over unread.
    fn into_bytes(self) -> Vec<u8>;
}

/// Where a client runs.
pub trait Host: MaybeSend + MaybeSync {
    /// What a host keeps for one call: an abort signal, a file, callbacks.
    type Call: MaybeSync;
    /// A response body.
    type Body: Payload + MaybeSend;

    /// Sends a request once. Its errors are of the kinds network, timeout and aborted.
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

    /// The time, in Unix milliseconds.
    fn now(&self) -> u64;

    /// A number in `[0, 1)`.
    fn random(&self) -> f64;

    /// Told before each retry.
    fn retrying(&self, _error: &Error, _delay: u64, _call: &Self::Call) {}
}
