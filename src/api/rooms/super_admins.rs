//! The chat room super admins of the app: the users who may create rooms from a client.

use crate::{endpoint, group, model};

group! {
    "rooms.superAdmins", "https://docs.agora.io/en/agora-chat/restful-api/chatroom-management/manage-chatroom-admins":
    Add, List, Remove
}

/// Makes a user a chat room super admin. The role is for the whole app, not for one room.
#[endpoint(POST "/chatrooms/super_admin", data = AddedSuperAdmin, limit = "100/s", safe)]
pub struct Add {
    /// The user ID.
    pub superadmin: String,
}

/// Lists the chat room super admins of the app.
///
/// The answer tells no total: a page with fewer entries than asked for is the last.
#[endpoint(GET "/chatrooms/super_admin", data = Vec<String>, pages(pagenum, pagesize, 1), limit = "100/s")]
pub struct List {
    /// The page, from 1.
    #[limits(min = 1, default = 1)]
    pub pagenum: Option<u32>,
    /// How many users a page holds.
    #[limits(min = 1, max = 1000, default = 10)]
    pub pagesize: Option<u32>,
}

/// Takes the role of chat room super admin from a user. A user without it is no error.
#[endpoint(DELETE "/chatrooms/super_admin/{superAdmin}", data = RemovedSuperAdmin, limit = "100/s")]
pub struct Remove {
    /// The user ID.
    #[wire("superAdmin")]
    pub super_admin: String,
}

/// That a user became a chat room super admin.
#[model]
pub struct AddedSuperAdmin {
    /// `success`.
    pub result: String,
    /// Always empty.
    pub resource: String,
}

/// A user who is a chat room super admin no more.
#[model]
pub struct RemovedSuperAdmin {
    /// The user ID.
    #[wire("newSuperAdmin")]
    pub new_super_admin: String,
    /// Always empty.
    pub resource: String,
}
