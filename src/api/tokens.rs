//! Tokens that the platform makes. Agora tokens are made locally: see [`crate::token`].

use crate::{endpoint, group, model, shape::Secret};

pub mod app;
pub mod user;

group! {
    "tokens", "https://docs.agora.io/en/agora-chat/develop/authentication":
    Exchange
}

/// Exchanges the Agora app token that the client carries for one of the chat service.
///
/// Optional: the platform takes the Agora token itself. No page documents it; the official Java SDK uses it.
#[endpoint(
    POST "/token", body = ExchangedToken, only = agora, envelope = bare, safe, constant(grant_type = "agora"),
    users(any)
)]
pub struct Exchange {}

/// A token of the chat service.
#[model]
pub struct ExchangedToken {
    /// The token.
    pub access_token: Secret,
    /// When it ends, in Unix milliseconds.
    pub expire_timestamp: u64,
}
