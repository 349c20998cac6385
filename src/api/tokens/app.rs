//! App tokens, for the calls of a back end.

use crate::{
    endpoint, group, model,
    shape::{Scalar, Secret},
};

group! {
    "tokens.app", "https://doc.easemob.com/product/easemob_app_token.html":
    Create
}

/// Makes an app token from an app's client ID and secret.
///
/// The client does this by itself when it is given the two as `auth`. Keep the token until it ends: an app that asks too
/// often is blocked.
#[endpoint(
    POST "/token", body = AppToken, limit = "300/s", pool = "tokens", auth = none, only = easemob, envelope = bare,
    constant(grant_type = "client_credentials"), safe
)]
pub struct Create {
    /// The client ID.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
    /// For how many seconds it is valid; 0 is for ever. Milliseconds on the VIP5 cluster.
    pub ttl: Option<Scalar>,
}

/// An app token.
#[model]
pub struct AppToken {
    /// The token.
    pub access_token: Secret,
    /// For how many seconds it is valid. Milliseconds on the VIP5 cluster.
    pub expires_in: u64,
    /// The app's UUID.
    pub application: Option<String>,
}
