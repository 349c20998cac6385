//! The devices that a user is online with.

use crate::{endpoint, group, model};

group! {
    "users.devices", "https://doc.easemob.com/document/server-side/account_online_device_obtain.html":
    List
}

/// Lists the devices that a user is online with.
#[endpoint(GET "/users/{username}/resources", data = Vec<Device>, limit = "100/s", only = easemob, users("username"))]
pub struct List {
    /// The user ID.
    pub username: String,
}

/// A device that a user is online with.
#[model]
pub struct Device {
    /// The resource ID: `{device type}_{resource ID}`.
    pub res: String,
    /// The device's UUID.
    pub device_uuid: String,
    /// The device's name.
    pub device_name: String,
}
