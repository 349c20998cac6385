//! User tokens, with which users log in.

use crate::{
    api::users::User,
    endpoint, group, model,
    shape::{Scalar, Secret},
};

group! {
    "tokens.user", "https://doc.easemob.com/product/easemob_user_token.html":
    Create, CreateWithPassword
}

/// Makes a token for a user, without the user's password.
#[endpoint(
    POST "/token", body = UserToken, limit = "300/s", pool = "tokens", only = easemob, envelope = bare,
    constant(grant_type = "inherit"), safe
)]
pub struct Create {
    /// The user ID.
    #[limits(min = 1, max = 64)]
    pub username: String,
    /// Whether to register the user if there is none of that ID.
    #[wire("autoCreateUser")]
    pub auto_create_user: bool,
    /// For how many seconds it is valid; 0 is for ever. Milliseconds on the VIP5 cluster.
    pub ttl: Option<Scalar>,
}

/// Makes a token for a user from the user's password. Deprecated by Easemob in favour of [`Create`].
#[endpoint(
    POST "/token", body = UserToken, limit = "300/s", pool = "tokens", auth = none, only = easemob, envelope = bare,
    constant(grant_type = "password"), safe
)]
pub struct CreateWithPassword {
    /// The user ID.
    pub username: String,
    /// The user's password.
    pub password: Secret,
    /// For how many seconds it is valid; 0 is for ever. Milliseconds on the VIP5 cluster.
    pub ttl: Option<Scalar>,
}

/// A user token, and whose it is.
#[model]
pub struct UserToken {
    /// The token.
    pub access_token: Secret,
    /// For how many seconds it is valid. Milliseconds on the VIP5 cluster.
    pub expires_in: u64,
    /// The user.
    #[sometimes]
    pub user: User,
}
