//! Contacts: the users that a user has as friends.

use crate::{api::users::User, endpoint, group, model};

group! {
    "contacts", "https://docs.agora.io/en/agora-chat/restful-api/contact-management":
    Add, Import, Remove, List, ListPage, SetRemark
}

/// Adds a user to another user's contacts, without an invitation. Each is then a contact of the other.
///
/// How many contacts a user may have depends on the plan: 100 on the free one, thousands on the larger ones. Beyond
/// that the platform answers 403 `exceed_limit`.
#[endpoint(
    POST "/users/{owner_username}/contacts/users/{friend_username}", entity = User, limit = "100/s", safe,
    users("owner_username")
)]
pub struct Add {
    /// The user who gets the contact.
    pub owner_username: String,
    /// The user to add, of the same app.
    pub friend_username: String,
}

/// Adds up to 10 users to a user's contacts in one call.
///
/// The answer sorts them: who was added, who does not exist, whom the contact limit kept out, and who failed otherwise.
#[endpoint(
    POST "/users/{username}/contacts/import", data = ImportedContacts, limit = "100/s", batch(usernames, 10, lists),
    only = easemob, envelope = minimal, safe, docs = "https://doc.easemob.com/document/server-side/user_relationship.html"
)]
pub struct Import {
    /// The user who gets the contacts.
    pub username: String,
    /// Whether the users' clients are told; `false` by default.
    #[query]
    #[wire("isSendNotice")]
    pub is_send_notice: Option<bool>,
    /// The users to add.
    #[limits(max = 10)]
    pub usernames: Vec<String>,
}

/// Removes a user from another user's contacts.
#[endpoint(
    DELETE "/users/{owner_username}/contacts/users/{friend_username}", entity = User, limit = "100/s",
    users("owner_username")
)]
pub struct Remove {
    /// The user who loses the contact.
    pub owner_username: String,
    /// The contact to remove.
    pub friend_username: String,
}

/// Lists the IDs of all of a user's contacts, in one call.
#[endpoint(
    GET "/users/{owner_username}/contacts/users", data = Vec<String>, limit = "100/s", envelope = minimal,
    users("owner_username")
)]
pub struct List {
    /// The user whose contacts to list.
    pub owner_username: String,
}

/// Lists a user's contacts page by page, the latest first, with the user's remarks about them if asked for.
#[endpoint(
    GET "/user/{username}/contacts", at("data.contacts") = Vec<Contact>, cursor(limit, cursor, "cursor"), limit = "100/s",
    envelope = minimal, users("username"), forms("GET /users/{username}/contacts")
)]
pub struct ListPage {
    /// The user whose contacts to list.
    pub username: String,
    /// How many contacts a page holds.
    #[limits(min = 1, max = 50, default = 10)]
    #[alias("pageSize")]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
    /// Whether to return the remarks; `false` by default.
    #[wire("needReturnRemark")]
    pub need_return_remark: Option<bool>,
}

/// Sets the remark that a user keeps about a contact, such as another name. Answers `ok`.
///
/// The two must be contacts.
#[endpoint(
    PUT "/user/{owner_username}/contacts/users/{friend_username}", at("status") = String, limit = "100/s", only = easemob,
    envelope = minimal, docs = "https://doc.easemob.com/document/server-side/user_relationship.html",
    users("owner_username"),
    forms("PUT /users/{owner_username}/contacts/users/{friend_username}")
)]
pub struct SetRemark {
    /// The user who keeps the remark.
    pub owner_username: String,
    /// The contact that the remark is about.
    pub friend_username: String,
    /// The remark.
    #[limits(max = 100)]
    pub remark: String,
}

/// A contact of a user.
#[model]
pub struct Contact {
    /// The contact's user ID.
    pub username: String,
    /// What the user noted about the contact; `null` for nothing.
    pub remark: Option<String>,
}

/// Which users were made contacts and which were not, by user ID.
#[model]
pub struct ImportedContacts {
    /// Those that were added.
    pub success: Vec<String>,
    /// Those that do not exist.
    #[wire("NotExistFailed")]
    pub not_exist_failed: Vec<String>,
    /// Those that the contact limit kept out.
    #[wire("maxLimitFailed")]
    pub max_limit_failed: Vec<String>,
    /// Those that failed through an error of the platform.
    #[wire("UnKnowFailed")]
    pub unknown_failed: Vec<String>,
}
