//! Push bindings: which devices a user's notifications go to.

use crate::{endpoint, group, model};

group! {
    "push.bindings", "https://doc.easemob.com/document/server-side/push.html":
    Set, Get
}

/// Binds a user's device to a push token and certificate, or unbinds it. Returns what the device is then bound to.
///
/// The token is not checked now: when a push fails for it, the platform unbinds it.
#[endpoint(
    PUT "/users/{username}/push/binding", entities = Vec<PushBinding>, limit = "100/s", pool = "push.bindings",
    envelope = minimal, users("username")
)]
pub struct Set {
    /// The user ID.
    pub username: String,
    /// The device's ID, as the client SDK gives it.
    pub device_id: String,
    /// The name of the push certificate; an empty text unbinds the device from everything.
    pub notifier_name: String,
    /// The device's token at its vendor; an empty text unbinds it from this certificate.
    pub device_token: String,
}

/// Lists the push bindings of all of a user's devices.
#[endpoint(
    GET "/users/{username}/push/binding", entities = Vec<PushBinding>, limit = "100/s", pool = "push.bindings",
    envelope = minimal, users("username")
)]
pub struct Get {
    /// The user ID.
    pub username: String,
}

/// A device with its push token.
#[model]
pub struct PushBinding {
    /// The device's ID.
    pub device_id: String,
    /// Its token at its vendor.
    pub device_token: String,
    /// The name of the push certificate.
    pub notifier_name: String,
}
