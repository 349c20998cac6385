//! User accounts.

use crate::{
    endpoint, group, model,
    shape::{Scalar, Secret},
};

pub mod devices;
pub mod offline_messages;
pub mod status;

group! {
    "users", "https://docs.agora.io/en/agora-chat/restful-api/user-system-registration":
    Register, RegisterOpen, RegisterMany, Get, List, Delete, DeleteMany, SetPassword, Deactivate, Activate,
    Disconnect, DisconnectDevice
}

/// Registers one user.
///
/// User IDs are unique in the app and not case-sensitive: `Aa` and `aa` are the same user. Without a password the user
/// can log in only with a token made by the app.
#[endpoint(POST "/users", entity = User, limit = "100/s", pool = "users.register")]
pub struct Register {
    /// The user ID: letters, digits, `_`, `-` and `.`.
    #[limits(min = 1, max = 64)]
    pub username: String,
    /// The login password.
    #[limits(min = 1, max = 64)]
    pub password: Option<Secret>,
    /// The name that push notifications show; not the profile's nickname.
    #[limits(max = 100)]
    pub nickname: Option<String>,
}

/// Registers one user without a token.
///
/// Works only in apps that are set to open registration; meant for demos and tests.
#[endpoint(
    POST "/users", entity = User, limit = "100/s", pool = "users.register", auth = none, only = easemob,
    docs = "https://doc.easemob.com/document/server-side/account_system.html"
)]
pub struct RegisterOpen {
    /// The user ID.
    #[limits(min = 1, max = 64)]
    pub username: String,
    /// The login password.
    #[limits(min = 1, max = 64)]
    pub password: Secret,
    /// The name that push notifications show.
    #[limits(max = 100)]
    pub nickname: Option<String>,
}

/// Registers up to 60 users in one call.
///
/// Those that cannot be registered are reported in `data`; the others are registered all the same.
#[endpoint(POST "/users", body = Registered, limit = "100/s", pool = "users.register", batch(users, 60, unregistered))]
pub struct RegisterMany {
    /// The users to register.
    #[whole]
    #[limits(min = 1, max = 60)]
    pub users: Vec<NewUser>,
}

/// Fetches one user.
#[endpoint(GET "/users/{username}", entity = User, limit = "100/s", users("username"))]
pub struct Get {
    /// The user ID.
    pub username: String,
}

/// Lists the app's users, the first registered first.
#[endpoint(GET "/users", entities = Vec<User>, cursor(limit, cursor, "cursor"), limit = "100/s")]
pub struct List {
    /// How many users a page holds.
    #[limits(min = 1, max = 100, default = 10)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// Deletes one user, and the groups and chat rooms that the user owns.
#[endpoint(DELETE "/users/{username}", entity = User, limit = "100/s")]
pub struct Delete {
    /// The user ID.
    pub username: String,
}

/// Deletes users in the order in which they were registered, and the groups and chat rooms that they own.
///
/// The caller cannot choose whom: the answer tells who was deleted. Repeated with the cursor it deletes every user.
#[endpoint(DELETE "/users", entities = Vec<User>, cursor(limit, cursor, "cursor"), limit = "30/s", unsafe_to_repeat)]
pub struct DeleteMany {
    /// How many users to delete.
    #[limits(min = 1, max = 100, default = 10)]
    pub limit: Option<u32>,
    /// Where the previous call ended.
    pub cursor: Option<String>,
}

/// Sets a user's password. The user's tokens become invalid and online devices are logged out.
#[endpoint(PUT "/users/{username}/password", none, limit = "100/s", envelope = minimal)]
pub struct SetPassword {
    /// The user ID.
    pub username: String,
    /// The new password.
    #[limits(min = 1, max = 64)]
    pub newpassword: Secret,
}

/// Bans a user until [`Activate`]: logged out at once, and unable to log in.
#[endpoint(POST "/users/{username}/deactivate", entity = User, limit = "100/s", envelope = minimal, safe)]
pub struct Deactivate {
    /// The user ID.
    pub username: String,
}

/// Lifts a user's ban.
#[endpoint(POST "/users/{username}/activate", none, limit = "100/s", envelope = minimal, safe)]
pub struct Activate {
    /// The user ID.
    pub username: String,
}

/// Logs a user out of all devices. The user must log in again to receive messages.
#[endpoint(
    GET "/users/{username}/disconnect", data = Outcome, limit = "100/s", unsafe_to_repeat,
    forms("POST /users/{username}/disconnect")
)]
pub struct Disconnect {
    /// The user ID.
    pub username: String,
}

/// Logs a user out of one device.
#[endpoint(
    DELETE "/users/{username}/disconnect/{resource_id}", data = Outcome, limit = "100/s",
    only = easemob, forms("GET /users/{username}/disconnect/{resource_id}"),
    docs = "https://doc.easemob.com/document/server-side/account_offline_device_single.html"
)]
pub struct DisconnectDevice {
    /// The user ID.
    pub username: String,
    /// The device's resource ID, as `users.devices.list` gives it.
    pub resource_id: String,
}

/// A registered user.
#[model]
pub struct User {
    /// The UUID that the platform gave the user; it goes into Agora user tokens.
    pub uuid: String,
    /// Always `user`.
    #[wire("type")]
    #[sometimes]
    pub kind: String,
    /// When the user was registered, in Unix milliseconds.
    #[sometimes]
    pub created: u64,
    /// When the user was last changed, in Unix milliseconds.
    #[sometimes]
    pub modified: u64,
    /// The user ID, in lower case.
    pub username: String,
    /// Whether the user may log in; `false` for a banned one.
    pub activated: bool,
    /// The name that push notifications show.
    pub nickname: Option<String>,
    /// What push notifications show: 0 a general text, 1 the message.
    pub notification_display_style: Option<Scalar>,
    /// Whether push notifications are off.
    pub notification_no_disturbing: Option<bool>,
    /// When the daily quiet time begins: the hour.
    pub notification_no_disturbing_start: Option<Scalar>,
    /// When the daily quiet time ends: the hour.
    pub notification_no_disturbing_end: Option<Scalar>,
    /// The name of the push certificate.
    pub notifier_name: Option<String>,
    /// The device token that pushes go to.
    pub device_token: Option<String>,
}

/// One user to register.
#[model]
pub struct NewUser {
    /// The user ID.
    #[limits(min = 1, max = 64)]
    pub username: String,
    /// The login password; Easemob requires one.
    #[limits(min = 1, max = 64)]
    pub password: Option<Secret>,
    /// The name that push notifications show.
    #[limits(max = 100)]
    pub nickname: Option<String>,
}

/// Who of a batch was registered and who was not.
#[model]
pub struct Registered {
    /// The users that were registered.
    pub entities: Vec<User>,
    /// The users that were not.
    pub data: Vec<NotRegistered>,
}

/// A user that could not be registered.
#[model]
pub struct NotRegistered {
    /// The user ID.
    pub username: String,
    /// Why, for instance `the amy already exists`.
    #[wire("registerUserFailReason")]
    pub register_user_fail_reason: String,
}

/// Whether it was done.
#[model]
pub struct Outcome {
    /// Whether it was done.
    pub result: bool,
}
